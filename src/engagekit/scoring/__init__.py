"""Pure scoring: agreement between codings, and judgements on scripts."""

from engagekit.scoring.agreement import cohen_kappa, compare, percent_agreement
from engagekit.scoring.judge import Assessment, judge, nothing_handed_in

__all__ = ["Assessment", "cohen_kappa", "compare", "judge", "nothing_handed_in", "percent_agreement"]

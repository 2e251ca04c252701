"""Pure scoring: agreement between codings, and judgements on scripts."""

from engagekit.scoring.agreement import cohen_kappa, compare, percent_agreement
from engagekit.scoring.assessment import Assessment
from engagekit.scoring.flags import raise_flags
from engagekit.scoring.holding import hold, own_words, reasons_to_hold
from engagekit.scoring.judge import judge, nothing_handed_in
from engagekit.scoring.words import NEAR_COPY, runs

__all__ = [
    "NEAR_COPY",
    "Assessment",
    "cohen_kappa",
    "compare",
    "hold",
    "judge",
    "nothing_handed_in",
    "own_words",
    "percent_agreement",
    "raise_flags",
    "reasons_to_hold",
    "runs",
]

"""Reports on a cohort for tutors and assessors: ``engagekit report``."""

from engagekit.reports.cohort.run import run_report

__all__ = ["run_report"]

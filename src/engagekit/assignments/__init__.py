"""From a form to a notebook that learners open, and from what they hand in back to plain answers."""

from engagekit.assignments.build import Product, build, build_all, form_data
from engagekit.assignments.reading import ANSWERS_FILE, Received, read_answers, read_submission

__all__ = [
    "ANSWERS_FILE",
    "Product",
    "Received",
    "build",
    "build_all",
    "form_data",
    "read_answers",
    "read_submission",
]

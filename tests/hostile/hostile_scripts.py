"""Every script that wants marks for nothing: name to case, out of the modules that make them."""

import hostile_boxes
import hostile_copies
import hostile_words
from hostile_boxes import DATES, MARKUP
from hostile_case import CASES, GATED, LOOKALIKES, NOTHING, SOME, off_topic, uncode

__all__ = ["CASES", "DATES", "GATED", "LOOKALIKES", "MARKUP", "NOTHING", "SOME", "off_topic", "uncode"]

MODULES = (hostile_words, hostile_copies, hostile_boxes)
"""Importing them fills the table."""

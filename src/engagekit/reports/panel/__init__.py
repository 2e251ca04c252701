"""The tutor panel: how far tutors agree, where they split, and the key that they would propose."""

from __future__ import annotations

from engagekit.reports.panel.run import run_panel
from engagekit.scoring.readings import bank_agreement

__all__ = ["bank_agreement", "run_panel"]

"""A panel to try things on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from panel_files import Tutors


@pytest.fixture
def tutors(tmp_path: Path) -> Tutors:
    """Give a small course and nobody's codings yet."""
    return Tutors(tmp_path)

"""A page carries what its exercises share once, and loses nothing by it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engagekit.frontend.assets import bundle_js
from engagekit.frontend.exercises import practice
from engagekit.frontend.sharing import share
from engagekit.model import LENSES
from realcourse import real_course

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("lens", LENSES)
def test_the_component_puts_everything_back(
    lens: str, root: Path, javascript_of: Callable[[str, Any], Any]
) -> None:
    """What the page carries, once put back, is the shelf as it was."""
    shelf = practice(real_course(), lens)
    back = javascript_of("engagekit.chooser.unshared(data)", share(shelf))
    assert {**back, "parts": None} == {**shelf, "parts": None}


def test_factors_are_carried_once(root: Path) -> None:
    """The shelf of desistance cases is far smaller on a page than in memory."""
    shelf = practice(real_course(), "desistance")
    assert len(json.dumps(share(shelf))) * 2 < len(json.dumps(shelf))


@pytest.fixture
def javascript_of(node: str, tmp_path: Path) -> Callable[[str, Any], Any]:
    """Return a function that evaluates an expression over the whole component, without a document."""

    def run(expression: str, data: Any) -> Any:
        script = tmp_path / "run.js"
        values = f"const data = {json.dumps(data)};\nprocess.stdout.write(JSON.stringify({expression}));\n"
        script.write_text(bundle_js("practice") + values, encoding="utf-8")
        done = subprocess.run([node, str(script)], capture_output=True, encoding="utf-8", timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run

"""A notebook's page is made anew at every build, because its cells show content files."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from engagekit.bookpages.shelf import _run_notebooks_again


@pytest.mark.parametrize(("path", "again"), [("notebooks/talk.ipynb", True), ("book/practice.md", False)])
def test_notebooks_are_read_at_every_build(path: str, again: bool) -> None:
    """A notebook is noted to be read again; a page, which names what it depends on, is not."""
    noted: list[str] = []
    env = SimpleNamespace(
        docname=path.rsplit(".", 1)[0], doc2path=lambda name: path, note_reread=lambda: noted.append(path)
    )
    app: Any = SimpleNamespace(env=env)
    document: Any = None
    _run_notebooks_again(app, document)
    assert bool(noted) is again

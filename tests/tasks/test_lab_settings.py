"""JupyterLab's settings for the course, as JupyterLab itself reads them."""

from __future__ import annotations

import pytest

from engagekit.tasks.serve import SETTINGS


def test_jupyterlab_asks_nobody_about_news(monkeypatch: pytest.MonkeyPatch) -> None:
    """The question about news from outside is switched off in the settings that serving adds."""
    from jupyterlab_server.config import get_page_config

    switch = "@jupyterlab/apputils-extension:announcements"
    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    assert switch not in get_page_config([]).get("disabledExtensions", {})
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(SETTINGS))
    assert switch in get_page_config([])["disabledExtensions"]

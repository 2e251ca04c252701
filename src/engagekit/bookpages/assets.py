"""The components' scripts and styles in the book: the same files that the widgets use, never a second copy.

Each component's scripts are joined into one file below the build folder, and a page loads it only where it
shows that component. They are written before Sphinx copies static files, so each has a version in its address
and a changed component is never served from a browser's cache.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engagekit.frontend.assets import bundle_css, bundle_js
from engagekit.model import content_hash

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

FOLDER = "engagekit-static"
COMPONENTS = {"practice": ("exercise", "practice", "progress"), "form": ("form",)}
"""What pages of the book may show: each component with the elements that need it."""


def setup(app: Sphinx) -> None:
    """Write the files when the configuration is known, and name them on the pages that need them."""
    # A change in a script or a style changes this value, and Sphinx then writes every page again. Of itself
    # it looks only at the pages' own text, and a second build would keep the old files.
    app.add_config_value("engagekit_static", "", "html", types=[str])
    app.connect("config-inited", _write)
    app.connect("html-page-context", _add)
    app.connect("html-page-context", _without_widget_state, priority=900)


def _write(app: Sphinx, config: Config) -> None:
    files: dict[str, str] = {}
    for component in COMPONENTS:
        files[f"engagekit-{component}.js"] = bundle_js(component)
        files[f"engagekit-{component}.css"] = bundle_css(component)
    folder = Path(app.doctreedir).parent / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    config["html_static_path"].append(str(folder))
    config["engagekit_static"] = content_hash(_checksums(app, config))


def _checksums(app: Sphinx, config: Config) -> list[str]:
    """Return a checksum of each file below the folders of static files."""
    folders = [Path(app.srcdir, folder) for folder in config["html_static_path"]]
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in paths]


def _add(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None) -> None:
    body = context.get("body", "")
    for component, elements in COMPONENTS.items():
        if any(f"<engagekit-{element}" in body for element in elements):
            app.add_css_file(f"engagekit-{component}.css")
            app.add_js_file(f"engagekit-{component}.js", loading_method="defer")


def _without_widget_state(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Take out what myst-nb writes for live widgets: a page shows their HTML, and has it all once."""
    files = context.get("script_files", [])
    files[:] = [file for file in files if _kind_of(file) != "application/vnd.jupyter.widget-state+json"]


def _kind_of(file: Any) -> str:
    return str(getattr(file, "attributes", {}).get("type", ""))

"""The course, loaded once for each build, and what every directive needs of it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sphinx.errors import ExtensionError

from engagekit.content import ContentError, load_course
from engagekit.content.validate import nearest
from engagekit.model import Course

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FILES = {
    "sources": ("source_material/sources.yaml",),
    "items": ("source_material/items/*.yaml", "source_material/standards/*.yaml"),
    "figures": ("source_material/figures/*.yaml",),
    "faults": ("source_material/faults.yaml",),
    "themes": ("source_material/themes/*.yaml",),
    "schemes": ("source_material/schemes/*.yaml",),
    "vignettes": ("source_material/vignettes/*/*/*.yaml",),
}
"""Which content files a page depends on when it shows something of this kind."""

# A course is large, so it is kept beside the build and not in the environment that Sphinx pickles.
_COURSES: WeakKeyDictionary[Any, Course] = WeakKeyDictionary()
# A build that met an unknown id fails even where warnings are only warnings.
_FAILED: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


def setup(app: Sphinx) -> None:
    """Load the course before the first page is read, and fail the build at its end if a page was wrong."""
    app.connect("builder-inited", _load)
    app.connect("build-finished", _fail)
    app.connect("doctree-read", _run_notebooks_again)


def course_root(app: Sphinx) -> Path:
    """Return the folder that holds ``source_material/``."""
    return Path(app.srcdir, app.config.engagekit_root).resolve()


def course_of(app: Sphinx) -> Course:
    """Return the course of a build."""
    return _COURSES[app]


def _load(app: Sphinx) -> None:
    try:
        _COURSES[app] = load_course(course_root(app))
    except ContentError as error:
        raise ExtensionError(f"the content files have problems:\n{error}") from error


def _fail(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and _FAILED.get(app):
        app.statuscode = 1


def depend_on(env: BuildEnvironment, *kinds: str) -> None:
    """Have the page that is being read built again when a content file of one of these kinds changes."""
    root = course_root(env.app)
    for kind in kinds:
        for pattern in FILES[kind]:
            for path in sorted(root.glob(pattern)):
                env.note_dependency(str(path))


def _run_notebooks_again(app: Sphinx, doctree: nodes.document) -> None:
    """Have every notebook read, and so run, at the next build too.

    What its cells show comes from the content files, and Sphinx cannot see which: a case that was added or
    mended would not reach its page.
    """
    if app.env.doc2path(app.env.docname).endswith(".ipynb"):
        app.env.note_reread()


def failed(env: BuildEnvironment, message: str) -> str:
    """Return a message for an author, and remember that the build has failed.

    The page is read again next time even if nobody touches it: Sphinx would otherwise take the damaged
    page from its cache and call the second build a success.
    """
    env.note_reread()
    _FAILED[env.app] = True
    return message


def unknown(env: BuildEnvironment, what: str, name: str, choices: Collection[str]) -> str:
    """Return the message for an id that is not there, and remember that the build has failed."""
    hint = nearest(name, choices)
    return failed(env, f'no {what} "{name}"' + (f"; {hint}" if hint else ""))

"""A small course with hostile words in it, and a way to build pages from it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))
from vignette_files import SCHEMES, VIGNETTES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HOSTILE = "<script>alert(1)</script> & \"x\" $y$ 'z'"

FILES = {
    "sources.yaml": f"""\
schema: sources/1
sources:
  - {{id: unit-guide, title: A unit guide, publisher: A press, date: "2020", kind: guide,
     licence: not stated, licence_note: "Cite it {HOSTILE.replace('"', "")}", checksum: "sha256:{"0" * 64}",
     cautions: [See item 1.]}}
  - {{id: compendium, title: The compendium, publisher: A press, date: "2010", kind: compendium,
     licence: not stated, licence_note: Cite it., checksum: "sha256:{"1" * 64}"}}
""",
    "standards/unit-guide.yaml": """\
schema: items/1
source: unit-guide
items:
  - {id: mp1, kind: marking-point, title: Listening, gist: Listens., lines: "2", anchor: Listen well}
  - {id: tip-1, kind: exam-tip, title: Show it, gist: Show., lines: "3", anchor: Show how}
  - {id: advice-giving, kind: misconception, title: Telling, gist: Tells., lines: "4", anchor: Tell them}
  - {id: pc03, kind: performance-criterion, number: "3", title: Two ways, gist: Talk., marking_points: [mp1],
     lines: "5", anchor: Talk both}
""",
    "items/compendium.yaml": """\
schema: items/1
source: compendium
items:
  - id: item-01
    kind: item
    number: "1"
    section: Articles
    title: HOSTILE
    authors: [Ann Able, Bo B. Baker]
    gist: HOSTILE
    caution: HOSTILE
    themes: [listening]
    lines: "1"
    anchor: First of all
  - {id: item-02, kind: item, number: "2", section: Articles, title: Other, authors: [A B, C D, E F],
     gist: G., themes: [planning, listening], lines: "2", anchor: Second of all}
""",
    "figures/compendium.yaml": """\
schema: figures/1
source: compendium
figures:
  - {id: told, item: item-01, quantity: HOSTILE, unit: percent, lines: "1", anchors: ["7"], caution: HOSTILE,
     values: [{label: HOSTILE, value: "25.3", n: "3819"}, {label: None at all, value: "0"}], use: chart}
  - {id: visits, item: item-02, quantity: Visits, unit: visits, lines: "2", anchors: ["7"], caution: Few.,
     n: "9", values: [{label: Before, value: "2"}, {label: After, value: "7"}], use: chart}
  - {id: not-drawn, item: item-02, quantity: Age, unit: years, lines: "2", anchors: ["7"], caution: One.,
     values: [{label: From, value: "18"}], use: text}
""",
    "themes/listening.yaml": """\
schema: theme/1
number: "1"
title: Listening
summary: Hearing people out.
outcomes: [{id: listen-1, text: HOSTILE}]
marking_points: [mp1]
vignettes: [first-visit]
""",
    "themes/planning.yaml": """\
schema: theme/1
number: "2"
title: Planning
summary: Making a plan.
outcomes: [{id: plan-1, text: You will plan.}]
""",
    "schemes/talk.yaml": """\
schema: scheme/1
title: Talk
unit: One turn
level: nominal
summary: What a turn does.
groups: [{id: asking, title: Asking}]
codes:
  - {id: question, label: Question, group: asking, letter: O, definition: Asks., use_when: [It asks.],
     near_misses: [{text: HOSTILE, code: reflection}], items: [item-01], evidence: See item 2.}
  - {id: reflection, label: Reflection, definition: HOSTILE, present: It is there.}
rules:
  - {id: last-act, text: HOSTILE, source: our own}
  - {id: tie-break, text: Look at last-act first., source: our own}
""",
    "vignettes/interviews/first-visit/vignette.yaml": """\
schema: interview/1
title: First visit
use: practice
scheme: talk
setting: An office
goal: Fewer nights out
introduction: HOSTILE
summary: A first visit.
people: {practitioner: {name: Jo}, person: {name: Sam}}
about: {age: 40, gender: man, ethnicity: white, offence: theft, setting: community-order, needs: [work]}
utterances:
  - {id: t01, speaker: practitioner, text: What brings you here?}
  - {id: t02, speaker: person, text: HOSTILE}
  - {id: t03, speaker: practitioner, text: You would rather not be here.}
""",
    "vignettes/interviews/first-visit/key.yaml": """\
schema: interview-key/1
basis: Our own.
turns:
  - {turn: t01, code: question, reason: It asks., rule: last-act}
  - {turn: t03, code: reflection, reason: It gives back.}
""",
    "vignettes/interviews/secret/vignette.yaml": """\
schema: interview/1
title: Secret
use: assessment
scheme: talk
setting: An office
goal: Work
introduction: Unseen.
summary: Unseen.
people: {practitioner: {name: Jo}, person: {name: Sam}}
about: {age: 40, gender: man, ethnicity: white, offence: theft, setting: community-order, needs: [work]}
utterances:
  - {id: t01, speaker: practitioner, text: Nobody should read this yet.}
  - {id: t02, speaker: person, text: No.}
""",
    "vignettes/interviews/secret/key.yaml": """\
schema: interview-key/1
basis: Our own.
turns: [{turn: t01, code: question, reason: It asks., rule: last-act}]
""",
}


# A case, and the schemes that its lenses need.
FILES |= {f"schemes/{name}.yaml": SCHEMES[name] for name in ("stages", "desistance")}
FILES |= {f"vignettes/{name}": text for name, text in VIGNETTES.items() if name.startswith("cases/")}


class Book(NamedTuple):
    """What a build left: its folder, what it said, and whether it called itself a success."""

    html: Path
    log: str
    status: int

    def page(self, name: str = "index") -> str:
        """Return the HTML of a page."""
        return (self.html / f"{name}.html").read_text("utf-8")


def write_course(folder: Path) -> Path:
    """Write the small course below a folder, with the hostile words put in."""
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    for name, text in FILES.items():
        path = folder / "source_material" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("HOSTILE", quoted), "utf-8")
    return folder


def make(source: Path, **pages: str) -> Sphinx:
    """Return a build of some pages over a course that stands in the same folder."""
    from sphinx.application import Sphinx

    for name, text in pages.items():
        (source / f"{name}.md").write_text(text, "utf-8")
    settings = {
        "extensions": ["myst_parser", "engagekit.bookpages"],
        "root_doc": "index",
        "nitpicky": True,
        "numfig": True,
        "myst_enable_extensions": ["colon_fence"],
        "exclude_patterns": ["out"],
        "html_static_path": [path.name for path in source.glob("_static")],
        "html_css_files": ["book.css"] if (source / "_static").exists() else [],
    }
    out = source / "out"
    return Sphinx(
        source, None, out / "html", out / "trees", "html", settings, status=None, warning=io.StringIO()
    )


def run(source: Path, **pages: str) -> Book:
    """Build pages over the course in a folder, and say how it went."""
    from sphinx.util.docutils import docutils_namespace

    with docutils_namespace():  # else each build would warn of what the one before it registered
        app = make(source, **pages)
        app.build()
    return Book(source / "out" / "html", app._warning.getvalue(), app.statuscode)


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Book]:
    """Return a function that builds pages over the small course; a second call builds only what changed."""
    return partial(run, write_course(tmp_path))


@pytest.fixture(scope="module")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Book]:
    """Return the same, for a book that several tests only look at."""
    return partial(run, write_course(tmp_path_factory.mktemp("course")))

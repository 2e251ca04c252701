"""A small valid course in a folder, and a way to spoil one file of it."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "source_material/sources.yaml": """\
schema: sources/1
sources:
  - id: unit-guide
    title: A unit guide
    publisher: A publisher
    date: 2020
    kind: unit guide
    licence: not stated
    licence_note: Cite it.
    checksum: sha256:{checksum}
    entry_patterns: ["^- "]
""",
    "source_material/standards/unit-guide.yaml": """\
schema: items/1
source: unit-guide
items:
  - {{id: mp1, kind: marking-point, title: Listening, gist: Listens., lines: "2", anchor: Listen well}}
""",
    "source_material/themes/listening.yaml": """\
schema: theme/1
number: 1
title: Listening
summary: Hearing people out.
outcomes:
  - {{id: listen-1, text: You will be able to listen.}}
marking_points: [mp1]
vignettes: [first-visit]
""",
    "source_material/schemes/talk.yaml": """\
schema: scheme/1
title: Talk
unit: turn
level: nominal
summary: What a turn does.
codes:
  - {{id: question, label: Question, definition: Asks.}}
  - {{id: reflection, label: Reflection, definition: Gives back.}}
rules:
  - {{id: last-act, text: The last act counts., source: our own}}
""",
    "source_material/vignettes/interviews/first-visit/vignette.yaml": """\
schema: interview/1
title: First visit
use: practice
scheme: talk
setting: An office
goal: Fewer nights out
introduction: Sam comes in.
summary: A first visit.
people: {{practitioner: {{name: Jo}}, person: {{name: Sam}}}}
about: {{age: 40, gender: man, ethnicity: white, offence: theft, setting: community-order, needs: [work]}}
utterances:
  - {{id: t01, speaker: practitioner, text: What brings you here?}}
  - {{id: t02, speaker: person, text: no}}
  - {{id: t03, speaker: practitioner, text: You would rather not be here.}}
""",
    "source_material/vignettes/interviews/first-visit/key.yaml": """\
schema: interview-key/1
basis: Our own.
turns:
  - {{turn: t01, code: question, reason: It asks., rule: last-act}}
  - {{turn: t03, code: reflection, reason: It gives back.}}
""",
}

DOCUMENT = "Title\n- Listen well to people\n- A second bullet\n"


def a_course(folder: Path, **changed: str) -> Path:
    """Write the small course below a folder; ``changed`` replaces files by the last part of their name."""
    import hashlib

    checksum = hashlib.sha256(DOCUMENT.encode()).hexdigest()
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(checksum=checksum), "utf-8")
    for name, text in changed.items():
        (path,) = [folder / known for known in FILES if Path(known).stem == name]
        path.write_text(text, "utf-8")
    return folder


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    """Replace words in one file; the words must be there."""
    (path,) = [folder / known for known in FILES if known.endswith(name)]
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")

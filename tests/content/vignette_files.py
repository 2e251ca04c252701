"""One small vignette of each kind with its key, in flow style so that a fault has a line of its own."""

from __future__ import annotations

from pathlib import Path

from builders import a_course

AREAS = ("home", "work", "money", "health", "mind", "drink", "drugs", "family", "friends", "time")
ABOUT = (
    "about: {age: 40, gender: woman, ethnicity: black, offence: fraud, setting: licence, needs: [money]}\n"
)

SCHEMES = {
    "stages": """\
schema: scheme/1
title: Stages
unit: behaviour
level: ordinal
summary: Where the person stands.
codes:
  - {id: contemplation, label: Contemplation, definition: Thinking.}
  - {id: action, label: Action, definition: Doing.}
  - {id: not-enough-information, label: Not enough information, definition: Guessing.}
rules:
  - {id: four-facts, text: Look for four facts., source: our own}
""",
    "desistance": """\
schema: scheme/1
title: Desistance
unit: factor
level: nominal
summary: What helps.
groups: [{id: outlook, title: Outlook}]
codes:
  - {id: b1-intention, label: Intention, group: outlook, definition: Means to., present: Yes., absent: No.,
     ambiguous: Perhaps.}
  - {id: b2-hope, label: Hope, group: outlook, definition: Hopes., present: Yes., absent: No., ambiguous: Eh.}
rules:
  - {id: stated-only, text: Go by the words., source: our own}
""",
    "web": """\
schema: scheme/1
title: The Web
unit: area
level: ordinal
summary: How it is managed.
areas:
"""
    + "".join(f"  - {{id: {area}, title: {area.title()}}}\n" for area in AREAS)
    + """\
codes:
  - {id: stuck, label: 1. Stuck, definition: No.}
  - {id: thinking, label: 2. Thinking, definition: Perhaps.}
  - {id: maintaining, label: 3. Maintaining, definition: Yes.}
rules:
  - {id: their-words, text: Go by their words., source: our own}
""",
    "client-talk": """\
schema: scheme/1
title: Client talk
unit: turn
level: nominal
summary: Which way it leans.
codes:
  - {id: change, label: Change talk, definition: Leans toward it.}
  - {id: sustain, label: Sustain talk, definition: Leans away.}
""",
}

VIGNETTES = {
    "cases/ana-letters/vignette.yaml": f"""\
schema: case/1
title: Ana's letters
use: practice
introduction: Ana does not exist.
summary: Ana and the post.
person: {{name: Ana}}
{ABOUT}behaviour: Opening her post.
sentences:
  - {{id: s01, text: She came in late.}}
  - {{id: s02, text: '"I opened the lot," she said.'}}
  - {{id: s03, text: That was nine weeks ago.}}
  - {{id: s04, text: Her brother rang twice.}}
  - {{id: s05, text: "She wants to, she said, if the dog lives."}}
  - {{id: s06, text: It rained.}}
responses:
  - {{id: r1, text: What helped you open them?}}
  - {{id: r2, text: You must open them.}}
  - {{id: r3, text: Do you want to open them?}}
""",
    "cases/ana-letters/key.yaml": """\
schema: case-key/1
basis: Our own.
stage:
  code: action
  shown_by: [s02, s03]
  reason: Nine weeks.
  rule: four-facts
  instead: {contemplation: She has begun.}
  missing: []
  missing_reason: All four are there.
  responses:
    - {response: r1, fits: true, reason: It helps.}
    - {response: r2, fits: false, reason: It tells.}
    - {response: r3, fits: false, reason: It goes back.}
factors:
  - {factor: b1-intention, answer: ambiguous, shown_by: [s05], reason: It hangs on an if., rule: stated-only}
  - {factor: b2-hope, answer: not-stated, shown_by: [], reason: Nothing said., rule: stated-only}
""",
    "replies/two-mornings/vignette.yaml": f"""\
schema: replies/1
title: Two mornings
use: practice
introduction: Neither exists.
summary: Two people and a morning.
prompts:
  - id: p1
    name: Bo
    {ABOUT}    situation: Bo is late.
    says: The bus again.
  - id: p2
    name: Cy
    {ABOUT}    situation: Cy is early.
    says: Could not sleep.
""",
    "replies/two-mornings/key.yaml": """\
schema: replies-key/1
basis: Our own.
prompts:
  - prompt: p1
    exemplars: [{text: The bus lets you down., why: It gives back.}, {text: What would help?, why: It asks.}]
    roadblock: {text: Get up earlier., kind: advice, why: It tells.}
  - prompt: p2
    exemplars: [{text: A long night., why: It gives back.}, {text: What kept you up?, why: It asks.}]
    roadblock: {text: You worry too much., kind: labelling, why: It labels.}
""",
    "webs/dee-spring/vignette.yaml": f"""\
schema: web/1
title: Dee's spring
use: practice
scheme: web
introduction: Dee does not exist.
summary: Two dates.
person: {{name: Dee}}
{ABOUT}dates: [3 March 2026, 9 June 2026]
areas:
"""
    + "".join(f"  - {{area: {area}, first: It was bad., second: It is better.}}\n" for area in AREAS),
    "webs/dee-spring/key.yaml": """\
schema: web-key/1
basis: Our own.
areas:
"""
    + "".join(
        f"  - {{area: {area}, first: {{code: stuck, reason: Bad., rule: their-words}}, "
        "second: {code: thinking, reason: Better., rule: their-words}}\n"
        for area in AREAS
    ),
    "goals/eli-mornings/vignette.yaml": f"""\
schema: goal/1
title: Eli's mornings
use: practice
introduction: Eli does not exist.
summary: A goal about mornings.
person: {{name: Eli}}
{ABOUT}situation: [Eli wants to be on time., The bus goes at seven.]
draft: Be better in the mornings.
""",
    "goals/eli-mornings/key.yaml": """\
schema: goal-key/1
basis: Our own.
faults:
  - {fault: vague, reason: Better is not an act.}
  - {fault: no-date, reason: No date.}
exemplar: {act: Catch the seven o'clock bus., test: Four days of five., by: 5 May, who: Eli.}
why: It can be seen.
""",
    "cases/ana-letters/second.yaml": """\
schema: second-reading/1
reader: Another reader.
answers: {stage: action, b1-intention: present}
settled:
  - {item: b1-intention, first: ambiguous, second: present, outcome: first, why: It hangs on an if.}
""",
}


def a_full_course(folder: Path) -> Path:
    """Write the small course with a vignette of every kind."""
    a_course(folder)
    texts = {f"source_material/schemes/{name}.yaml": text for name, text in SCHEMES.items()}
    texts |= {f"source_material/vignettes/{name}": text for name, text in VIGNETTES.items()}
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder

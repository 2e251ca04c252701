"""Rules for forms and marking schemes: whatever is named is there, and every mark can be earned."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from engagekit.content import check

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "scoring"))
from builders import a_course
from casefile import FORM, FULL, SCHEME

ITEMS = """
  - {id: pc01, kind: performance-criterion, number: "1", title: P, gist: P., lines: "3", anchor: Listen well}
  - {id: deficits-only, kind: misconception, title: D, gist: D., lines: "3", anchor: Listen well}
"""
WORDS = ("met", "partly", "not_met", "not_attempted")
FLAG = {
    "misconception": "deficits-only",
    "note": "n",
    "feedback": "f",
    "signs": [
        {"kind": "choices", "section": "needs", "field": "need", "any_of": ["alcohol"]},
        {"kind": "replies", "section": "goals", "fields": ["act"], "finds": ["advice"]},
        {"kind": "phrases", "section": "needs", "phrases": ["just lazy"]},
        {"kind": "missing", "section": "goals", "beside": "needs"},
    ],
}


class Files:
    """The form, the marking scheme and an exemplar as plain data, for a test to spoil."""

    def __init__(self) -> None:
        self.form = {**copy.deepcopy(FORM), "marking_point": "mp1"}
        self.scheme = {**copy.deepcopy(SCHEME), "marking_point": "mp1", "flags": [copy.deepcopy(FLAG)]}
        self.scheme["checks"][0] |= {
            "evidences": ["pc01"],
            "theme": "listening",
            "practise": "talk.first-visit",
        }
        ids = [check["id"] for check in self.scheme["checks"]]
        self.script: dict[str, Any] = {
            "commentary": "Why.",
            "answers": copy.deepcopy(FULL),
            "expected": dict.fromkeys(ids, "met"),
            "flags": ["deficits-only"],
        }

    def problems(self, folder: Path) -> list[str]:
        """Write the course and return what the check says of these files."""
        root = a_course(folder)
        register = root / "source_material" / "standards" / "unit-guide.yaml"
        register.write_text(register.read_text("utf-8").rstrip() + ITEMS, "utf-8")
        marking = root / "source_material" / "marking" / "plan"
        places = {
            root / "assignments" / "plan" / "form.yaml": ("form/1", self.form),
            marking / "marking.yaml": ("marking/1", self.scheme),
            marking / "exemplars" / "strong.yaml": ("script/1", self.script),
        }
        for path, (schema, data) in places.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            given = {"schema": schema, **{key: value for key, value in data.items() if key != "id"}}
            path.write_text(json.dumps(given, indent=1, default=str), "utf-8")
        names = ("form.yaml", "marking.yaml", "strong.yaml")
        return [str(one) for one in check(root).problems if one.path.endswith(names)]


def test_a_sound_assignment_has_no_problem(tmp_path: Path) -> None:
    """What the tests below spoil is sound to begin with."""
    assert Files().problems(tmp_path) == []


GONE = object()
SPOILT: list[tuple[str, str, object, str, str]] = [
    ("form", "marking_point", "mp9", 'no marking point "mp9"', "mp1"),
    ("form", "case.documents.1.id", "d1", 'the document "d1" is given twice', ""),
    ("form", "case.documents.1.passages.0.id", "p01", 'the passage "p01" is given twice', "first in d1"),
    ("form", "sections.1.id", "needs", 'the section "needs" is given twice', ""),
    ("form", "sections.0.fields.1.id", "why", "two fields of this section share an id", ""),
    ("form", "sections.0.min_rows", 7, "min_rows is above max_rows", ""),
    ("form", "sections.0.fields.1.min_words", 13, "min_words is above max_words", ""),
    ("form", "sections.0.fields.0.options", [], "needs options of its own", ""),
    ("form", "sections.0.fields.0.options.1.id", "housing", 'the option "housing" is given twice', ""),
    ("form", "sections.1.fields.0.section", "need", 'no section "need"', "needs"),
    ("form", "sections.1.fields.0.field", "shows", '"shows" is a quote field', "choice"),
    ("form", "sections.4.fields.3.out_of", "prat", 'no field of the section looking-back "prat"', "part"),
    ("form", "sections.4.fields.3.out_of", "seen", '"seen" is a quote field', "words"),
    ("marking", "marking_point", "mp2", "the form is about mp1", ""),
    ("marking", "checks.0.section", "neds", 'no section "neds"', "needs"),
    ("marking", "checks.3.section", "looking-back", "a log check cannot read a fields section", ""),
    ("marking", "checks.1.id", "find-needs", 'the check "find-needs" is given twice', ""),
    ("marking", "checks.0.evidences", ["pc02"], 'no standard "pc02"', "pc01"),
    ("marking", "checks.0.theme", "listning", 'no theme "listning"', "listening"),
    ("marking", "checks.0.practise", "stage.first-visit", "no practice exercise", "talk.first-visit"),
    ("marking", "checks.0.practise", "talk.first-vist", "no practice exercise", "talk.first-visit"),
    ("marking", "checks.0.by", "ned", 'no field of the section needs "ned"', "need"),
    ("marking", "checks.0.by", "why", '"why" is a words field', "choice"),
    ("marking", "checks.0.words", ["shows"], '"shows" is a quote field', "words"),
    ("marking", "checks.0.count", 7, "the section holds no more than 6", ""),
    ("marking", "checks.0.count", 4, "only 3 different entries are accepted", ""),
    ("marking", "checks.4.count", 2, "the section holds no more than 1", ""),
    (
        "marking",
        "checks.0.accept.hosing",
        {"quotes": {"shows": ["p01"]}},
        'no option of need "hosing"',
        "housing",
    ),
    ("marking", "checks.0.accept.housing", {}, "a guess would earn this", "quotes"),
    ("marking", "checks.0.accept.housing.quotes.shows", [], "no passage is accepted", ""),
    ("marking", "checks.0.accept.housing.quotes.shows", ["p01", "p91"], '"p91" is not a passage', "p01"),
    ("marking", "checks.0.accept.housing.quotes.why", ["p01"], '"why" is a words field', "quote"),
    ("form", "sections.0.fields.1.min_words", 12, "none of these has 12 words", ""),
    (
        "marking",
        "checks.4.accept.sofa.quotes.changed",
        ["p01"],
        '"changed" is quoted out of part',
        "use tied",
    ),
    (
        "marking",
        "checks.3.accept.council.choices.consent",
        ["maybe"],
        'no option of consent "maybe"',
        "no, yes",
    ),
    ("marking", "checks.3.accept.council.choices.consent", [], "no option is accepted", ""),
    ("marking", "checks.3.accept.council.dates.first.0", "2026-11-25", "2026-11-25 is after 2026-11-24", ""),
    (
        "marking",
        "checks.3.accept.council.dates.said",
        ["2026-11-17", "2026-11-18"],
        '"said" is a words field',
        "date",
    ),
    ("marking", "checks.3.anchor", "said", '"said" is a words field', "quote"),
    ("marking", "checks.4.anchor", "changed", "has no accepted quotation here", "under quotes"),
    ("marking", "checks.3.order", ["first"], "one date has no order", ""),
    ("marking", "checks.3.order.1", "said", '"said" is a words field', "date"),
    ("marking", "checks.4.tied", {"seen": "part"}, 'asks for "seen" out of the case', ""),
    ("marking", "checks.4.tied.changed", "seen", '"seen" is a quote field', "words"),
    ("form", "sections.1.fields.1.id", "do", 'needs a words field "act"', ""),
    ("form", "sections.1.fields.3.kind", "words", '"by" is a words field', "date field"),
    ("marking", "checks.1.who", ["you"], 'no option of who "you"', "me, mo, nobody"),
    ("marking", "checks.1.first", "2027-03-01", "first is after last", ""),
    ("marking", "checks.1.count", 4, "find-needs accepts only 3 entries", ""),
    ("marking", "checks.1.follow.check", "find-need", 'elements check "find-need"', "find-needs"),
    (
        "marking",
        "checks.1.follow.check",
        "keep-log",
        'the link "for" offers needs.need, and "keep-log" is about log.agency',
        "",
    ),
    ("marking", "checks.2.follow.1.field", "agancy", 'no field of the section threads "agancy"', "agency"),
    ("marking", "checks.2.follow.0.check", "set-goals", 'elements check "set-goals"', ""),
    ("marking", "flags.0.misconception", "deficit", 'no misconception "deficit"', "deficits-only"),
    ("marking", "flags.1", FLAG, "is given twice", "join their signs"),
    ("marking", "flags.0.signs.0.any_of", ["ale"], 'no option of need "ale"', ""),
    ("marking", "flags.0.signs.0.field", "why", '"why" is a words field', "choice"),
    ("marking", "flags.0.signs.1.fields", ["by"], '"by" is a date field', "own words"),
    ("marking", "flags.0.signs.1.fields", ["ax"], 'no field of the section goals "ax"', ""),
    ("marking", "flags.0.signs.2.section", "threads", "asks for no own words", ""),
    ("marking", "flags.0.signs.2.section", "need", 'no section "need"', "needs"),
    ("marking", "flags.0.signs.3.beside", "nedes", 'no section "nedes"', "needs"),
    ("marking", "flags.0.signs.3.beside", "goals", "missing beside itself", ""),
    ("script", "answers.need", [], 'no section "need"', "needs"),
    ("script", "answers.needs.0.ned", "x", 'no field of the section needs "ned"', "need"),
    ("script", "answers.needs", {"need": "x"}, "answered by a list of entries", ""),
    ("script", "expected.tie", GONE, 'does not say what "tie" should find', ""),
    ("script", "expected.tye", "met", 'no check "tye"', "tie"),
    ("script", "flags", ["deficits"], 'no flag of the marking scheme "deficits"', ""),
    ("script", "commentary", GONE, "needs a commentary", ""),
]


def put(data: Any, steps: str, value: object) -> None:
    """Put a value at a place in plain data, or take away what stands there."""
    *way, last = [int(step) if step.isdigit() else step for step in steps.split(".")]
    for step in way:
        data = data[step]
    if value is GONE:
        del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(value)
    else:
        data[last] = value


@pytest.mark.parametrize(
    ("name", "steps", "value", "message", "hint"), SPOILT, ids=[f"{one[1]}-{one[3]}" for one in SPOILT]
)
def test_a_loose_end_is_found(
    tmp_path: Path, name: str, steps: str, value: object, message: str, hint: str
) -> None:
    """Each thing that does not fit is a problem with its place and the nearest choice."""
    files = Files()
    put({"form": files.form, "marking": files.scheme, "script": files.script}[name], steps, value)
    found = files.problems(tmp_path)
    fitting = [line for line in found if message in line and hint in line]
    assert fitting, found
    line, column = (int(number) for number in fitting[0].split(".yaml:", 1)[1].split(":")[:2])
    assert line >= 1 and column >= 1


@pytest.mark.parametrize("outcome", WORDS)
def test_each_outcome_has_its_words(tmp_path: Path, outcome: str) -> None:
    """A check without words for an outcome would leave the learner without a next step."""
    files = Files()
    del files.scheme["checks"][2][outcome]
    (found,) = files.problems(tmp_path)
    assert f'the check "tie" has no words for {outcome}' in found


def test_only_what_a_person_marks_needs_words_for_waiting(tmp_path: Path) -> None:
    """Checks for a person always end with them; the others seldom do, and have words of the kit's own."""
    files = Files()
    del files.scheme["checks"][0]["needs_assessor"]
    assert files.problems(tmp_path / "a") == []
    person = {
        key: value for key, value in files.scheme["checks"][2].items() if key not in ("count", "follow")
    }
    files.scheme["checks"][2] = {**person, "kind": "person"}
    del files.scheme["checks"][2]["needs_assessor"]
    (found,) = files.problems(tmp_path / "b")
    assert "no words for needs_assessor" in found


def test_a_problem_stands_where_its_value_stands(tmp_path: Path) -> None:
    """A wrong passage is pointed at by its own line, not by that of its check."""
    files = Files()
    put(files.scheme, "checks.0.accept.housing.quotes.shows", ["p01", "p91"])
    (found,) = files.problems(tmp_path)
    line = int(found.split(".yaml:", 1)[1].split(":")[0])
    text = (tmp_path / "source_material/marking/plan/marking.yaml").read_text("utf-8").splitlines()
    assert "p91" in text[line - 1]

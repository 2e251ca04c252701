"""Who the people are moves no outcome: other names, the other pronouns, and all stays the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engagekit.model import Answers, CaseFile, Interview, Script
from engagekit.scoring import Assessment, judge, own_words, raise_flags
from realcourse import real_course, real_desk
from turns import in_turn

ROOT = Path(__file__).resolve().parents[2]
COURSE = real_course()
OTHERS = {
    "asian": ("Amina", "Rahman", "Sunil", "Mei-Ling", "Harpreet", "Farida"),
    "black": ("Oluwaseun", "Adeyemi", "Winston", "Chiamaka", "Tendai", "Precious"),
    "irish-and-traveller": ("Siobhán", "O'Donoghue", "Paddy", "Bridie", "Aoife", "Martin"),
    "polish": ("Żaneta", "Wójcik", "Łukasz", "Zofia", "Grzegorz", "Kinga"),
}
_PAIRS = (
    "he she,him her,his her,himself herself,he's she's,he'd she'd,he'll she'll,man woman,men women,mum dad,"
    "son daughter,brother sister,girlfriend boyfriend,mr ms"
)
PRONOUNS = {old: new for pair in _PAIRS.split(",") for old, new in (pair.split(), reversed(pair.split()))} | {
    "her": "his",
    "hers": "his",
    "mrs": "mr",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def names_in(assessment: Assessment) -> list[str]:
    """Return the names of everybody in an assignment: in its case, and in what its form lets people say."""
    case, names = assessment.case, []
    if isinstance(case, CaseFile):
        names += case.person.split()
        text = " ".join(passage.text for passage in case.passages())
        names += re.findall(r"\b(?:Mr|Mrs|Ms|Dr) ([A-Z]\w+)", text)
    else:
        names += [case.people.person.name, case.people.practitioner.name]
    for section in assessment.form.sections:
        names += [prompt.who for prompt in getattr(section, "prompts", ())]
    return list(dict.fromkeys(names))


def swapper(names: list[str], others: tuple[str, ...]) -> Callable[[str], str]:
    """Return what puts other names and the other pronouns into a text, word by word."""
    new = {
        name: f"{others[index % len(others)]}{'' if index < len(others) else index}"
        for index, name in enumerate(names)
    }

    def word(match: re.Match[str]) -> str:
        old = match[0].replace("’", "'")
        for name, other in new.items():
            if old in (name, f"{name}'s"):
                return old.replace(name, other)
        found = PRONOUNS.get(old.lower(), old)
        return found.capitalize() if old[:1].isupper() and found != old else found

    return lambda text: _WORD.sub(word, text)


def swapped(value: Any, swap: Callable[[str], str], *, keys: tuple[str, ...]) -> Any:
    """Return plain data with its texts swapped under the given keys, and everything else as it was."""
    if isinstance(value, dict):
        return {
            key: _swap_all(one, swap) if key in keys else swapped(one, swap, keys=keys)
            for key, one in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [swapped(one, swap, keys=keys) for one in value]
    return value


def _swap_all(value: Any, swap: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return swap(value)
    return [swap(one) for one in value] if isinstance(value, (list, tuple)) else value


def in_other_words(assessment: Assessment, swap: Callable[[str], str]) -> Assessment:
    """Return the assessment with other people in it."""
    texts = (
        "text",
        "introduction",
        "said",
        "who",
        "instructions",
        "intro",
        "label",
        "help",
        "person",
        "title",
    )
    form = type(assessment.form).model_validate(swapped(assessment.form.model_dump(), swap, keys=texts))
    case = assessment.case
    if isinstance(case, Interview):
        changed = swapped(case.model_dump(), swap, keys=texts)
        changed["people"] = case.people.model_dump()
        case = Interview.model_validate(changed)
    elif form.case:
        case = form.case
    exemplars = tuple(map(swap, assessment.exemplars))
    scheme = swapped(assessment.scheme.model_dump(), swap, keys=("phrases",))
    scheme = type(assessment.scheme).model_validate(scheme)
    return Assessment(form, scheme, case, assessment.key, assessment.coding, exemplars)


def options_of(assessment: Assessment) -> set[str]:
    """Return every answer that is chosen and not written."""
    return {
        option
        for section, fields in assessment.fields.items()
        for field in fields
        for option in assessment.options(section, field)
    }


def outcomes(assessment: Assessment, answers: Answers) -> list[tuple[object, ...]]:
    """Return everything that was decided about a script."""
    found = [(one.check, one.outcome, one.marks, len(one.flags)) for one in judge(assessment, answers)]
    return [*found, *((flag.misconception, len(flag.evidence)) for flag in raise_flags(assessment, answers))]


def without(assessment: Assessment, script: Script) -> Assessment:
    """Return the assessment as if a script were no exemplar."""
    answers = Answers(assignment=assessment.form.id, answers=script.answers)
    own = set(own_words(assessment.form, answers))
    kept = tuple(text for text in assessment.exemplars if text not in own)
    return Assessment(
        assessment.form, assessment.scheme, assessment.case, assessment.key, assessment.coding, kept
    )


@pytest.mark.parametrize(("assignment", "group"), in_turn(OTHERS, COURSE.marking))
def test_other_names_and_pronouns_change_no_outcome(assignment: str, group: str) -> None:
    """Every exemplar of every assignment comes out the same, check by check and flag by flag."""
    base = real_desk(assignment).assessment
    names = names_in(base)
    assert len(names) >= 2
    swap = swapper(names, OTHERS[group])
    chosen, changed = options_of(base), 0
    for script in COURSE.exemplars[assignment]:
        assessment = without(base, script)
        data = {
            section: {field: text if text in chosen else swap(text) for field, text in response.items()}
            if isinstance(response, dict)
            else [
                {field: text if text in chosen else swap(text) for field, text in row.items()}
                for row in response
            ]
            for section, response in script.answers.items()
        }
        before = Answers(assignment=assignment, answers=script.answers)
        after = Answers.model_validate({"assignment": assignment, "answers": data})
        changed += before.answers != after.answers
        assert outcomes(in_other_words(assessment, swap), after) == outcomes(assessment, before), script.id
    assert changed >= 4


def test_the_swap_reaches_names_and_pronouns() -> None:
    """Names with their endings, and pronouns with theirs, are other ones afterwards."""
    swap = swapper(["Marcus", "Steph"], OTHERS["polish"])
    told = swap("Marcus’s dad says he's late. Steph waits for him.")
    assert told == "Żaneta's mum says she's late. Wójcik waits for her."

"""No key depends on who the person is: not in its reasons, not in its answers, not in the bank as a whole."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from engagekit.model import About, Case, CaseKey, Course
from engagekit.scoring.bank import band, people_of
from engagekit.scoring.readings import NOT_SWAPPED, SWAPPED, bank_agreement
from realcourse import real_course

ROOT = Path(__file__).resolve().parents[2]

# --- (a) what reasons may rest on ---

WORDS = {
    "age": r"age|ages|aged|ageing|older|elderly|young|younger|youngsters?|youths?|teen\w*|middle-aged|"
    r"pension\w*|old (?:man|woman|lady|people|person)",
    "sex": r"m[ae]n|wom[ae]n|male|female|boys?|girls?|lads?|lad(?:y|ies)|sex|gender\w*|masculin\w*|"
    r"feminin\w*|gay|lesbian|trans(?:gender)?|non-binary",
    "ethnicity": r"ethnic\w*|rac(?:e|es|ial|ist|ism)|black|white|asian|brown|mixed(?:-| )(?:race|heritage)|"
    r"travell?ers?|gyps(?:y|ies)|roma|irish|african|caribbean|polish|foreign\w*|migra\w*|immigra\w*|"
    r"national(?:ity|ities)|cultur\w*|accent",
    "faith": r"faith\w*|religio\w*|church\w*|mosques?|temples?|cathedral|muslims?|islam\w*|christians?|"
    r"hindus?|sikhs?|jew\w*|catholic|god|pray\w*",
    "family": r"mother\w*|father\w*|mums?|dads?|parents?|parenthood|wife|wives|husbands?|married|marriage|"
    r"single(?! fact| day)|unmarried|divorc\w*|widow\w*|childless|pregnan\w*|"
    r"grand(?:mother|father|ma|dad)\w*|nan",
}
"""Words that could make a reason rest on a group."""

FACTORS = {
    "a1-maturation": {"age"},
    "b10-meaning": {"faith"},
    "c1-partner": {"family"},
    "c2-parenthood": {"family", "sex"},
    "c3-family": {"family"},
}
"""Factors of the scheme that are about such a thing in themselves: what the person says it means to them."""

ALLOWED = {
    # The word is somebody's in the text, and the reason is about what they do with it.
    ("callum-start-at-the-neck", "turns/t31/reason"): "men",
    ("dean-missed-appointments", "turns/t05/reason"): "man",
    ("dean-missed-appointments", "turns/t21/reason"): "girl",
    ("dean-missed-appointments", "turns/t23/instead/affirmation"): "dad",
    ("kelvin-a-door-of-his-own", "turns/t23/instead/reflection"): "man",
    ("nadine-carrier-bag", "person/t32/reason"): "woman",
    ("vicky-taxi-queue", "turns/t23/reason"): "girl",
    ("vicky-taxi-queue", "person/t22/reason"): "girl",
    ("gareth-straight-chairs", "factors/f11-attitudes/reason"): "man",
    ("soraya-parrot", "factors/b4-identity/reason"): "woman",
    # Somebody else of whom the text speaks.
    ("hubert-the-keys", "turns/t13/reason"): "mother",
    ("hubert-the-keys", "turns/t17/reason"): "husband",
    ("ravi-home-by-eight", "turns/t35/reason"): "mum",
    ("serena-the-early-shift", "turns/t07/instead/advice"): "dad",
    ("desmond-parcels", "stage/reason"): "boy",
    ("desmond-parcels", "stage/responses/r3/reason"): "boy",
    ("ishaan-print-shop", "factors/b1-intention/instead/absent"): "lads",
    ("ishaan-print-shop", "factors/c4-friends/reason"): "lads",
    ("jalal-market-stall", "factors/b3-agency/reason"): "man",
    ("rosaleen-wednesday-visit", "factors/b5-generativity/reason"): "women",
    ("web-alwyn-hen-run", "areas/alcohol/second/instead/taking-action"): "lad",
    ("web-alwyn-hen-run", "areas/family/first/reason"): "boy",
    ("web-emeka-bicycle-tools", "areas/work-and-learning/second/instead/taking-action"): "man",
    ("web-noreen-sewing-machine", "areas/family/second/reason"): "mother",
    ("web-rowan-half-a-plot", "areas/time/second/instead/taking-action"): "woman",
    ("goal-sunday-dinner", "faults/out-of-their-hands/reason"): "father",
    # It says that such a thing shows nothing.
    ("ghazala-tenants-meeting", "factors/c2-parenthood/reason"): "age",
    ("robbie-night-eleven", "factors/d5-health/instead/absent"): "age",
    # The word means something else: a club, a change that is new, money on a known date, "him".
    ("delphine-group-chat", "factors/b5-generativity/instead/present"): "youth",
    ("soraya-parrot", "stage/responses/r2/reason"): "young",
    ("gareth-straight-chairs", "factors/d4-income/reason"): "pension",
    ("reply-mixed-two", "prompts/p3/exemplars/1/why"): "man",
    ("reply-mixed-two", "prompts/p4/roadblock/why"): "man",
    ("reply-ups-and-downs", "prompts/p5/roadblock/why"): "man",
}
"""Vignette and place to the words that were looked at there. What is not in use any more has to go."""

TOLD = {"reason", "discuss", "missing_reason", "why", "instead"}
"""Fields of a key in which a reason is given."""

OWN = ("turn", "factor", "area", "fault", "prompt", "response")
"""Fields that name an entry of a key."""

Place = tuple[str, str]


def reasons(value: Any, path: str = "", told: bool = False) -> Iterator[tuple[str, str]]:
    """Give every text of a key that gives a reason, with its place."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from reasons(each, f"{path}/{name}" if path else name, told or name in TOLD)
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            own = [each[name] for name in OWN if name in each] if isinstance(each, dict) else []
            yield from reasons(each, f"{path}/{own[0] if own else index}", told)
    elif isinstance(value, str) and told:
        yield path, value


def groups_in(text: str) -> list[tuple[str, str]]:
    """Return the words of a text that could be about a group: which kind, and the word."""
    return [
        (kind, found.lower())
        for kind, words in WORDS.items()
        for found in re.findall(rf"\b(?:{words})\b", text, re.IGNORECASE)
    ]


def found_in(course: Course) -> dict[Place, set[str]]:
    """Return where keys give reasons with such words, leaving out factors that are about the thing itself."""
    found: dict[Place, set[str]] = {}
    for key in course.keys.values():
        for path, text in reasons(key.model_dump()):
            about: set[str] = set()
            if isinstance(key, CaseKey) and path.startswith("factors/"):
                about = FACTORS.get(path.split("/")[1], set())
            words = {word for kind, word in groups_in(text) if kind not in about}
            if words:
                found[key.id, path] = words
    return found


@pytest.fixture(scope="module")
def course() -> Course:
    """Give the real course, assessments too."""
    return real_course()


def test_no_reason_rests_on_a_group(course: Course) -> None:
    """Age, sex, ethnicity, faith and family are no grounds; each such word was looked at and is listed."""
    unlooked = {
        place: words - set(ALLOWED.get(place, "").split())
        for place, words in found_in(course).items()
        if words - set(ALLOWED.get(place, "").split())
    }
    assert unlooked == {}


def test_no_exception_is_left_over(course: Course) -> None:
    """An exception that nothing needs would hide the next one."""
    found = found_in(course)
    unused = {
        place: set(words.split()) - found.get(place, set())
        for place, words in ALLOWED.items()
        if set(words.split()) - found.get(place, set())
    }
    assert unused == {}


def test_rules_of_the_schemes_name_no_group(course: Course) -> None:
    """Rules tell codes apart by words and never by who says them. One rule says so, and names the groups."""
    named = {
        f"{scheme.id}/{rule.id}"
        for scheme in course.schemes.values()
        for rule in scheme.rules
        if groups_in(rule.text)
    }
    assert named == {"desistance/no-group-inference"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("At his age he will have grown out of it.", "age"),
        ("As a woman she is likely to be the victim.", "sex"),
        ("Young Black men often distrust the service.", "ethnicity"),
        ("Travellers move on, so no home is stated.", "ethnicity"),
        ("She goes to the mosque, so there is support.", "faith"),
        ("A single mother has no time for it.", "family"),
    ],
)
def test_a_reason_that_rests_on_a_group_would_be_found(text: str, kind: str) -> None:
    """The word list sees what it is there for, so its silence means something."""
    assert kind in {each for each, _ in groups_in(text)}
    assert groups_in("No single fact settles it; it is three weeks old.") == []


# --- (b) answers beside groups ---

GROUPS: dict[str, Callable[[About], str | None]] = {
    "gender": lambda about: about.gender if about.gender in ("woman", "man") else None,
    "ethnicity": lambda about: "white" if about.ethnicity == "white" else "other",
    "age": lambda about: "under 35" if about.age < 35 else "35 and over",
}
"""Two large groups each: with so few cases, smaller ones would say nothing."""

MOST = {"stage": 0.3, "answer": 0.1, "subject": 0.15}
"""The largest association allowed. Cramer's V is 0 where a group tells nothing and 1 where it tells all;
under .1 is commonly called negligible and .3 medium. There are 24 stages, so that bound has to be wide."""

Pairs = list[tuple[str, str]]


def association(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cramer's V with Bergsma's correction (2013), without which few cases look alike by chance."""
    rows, columns, cells = Counter(a for a, _ in pairs), Counter(b for _, b in pairs), Counter(pairs)
    total = len(pairs)
    if total < 2 or len(rows) < 2 or len(columns) < 2:
        return 0.0
    squared = sum(
        (cells[a, b] - rows[a] * columns[b] / total) ** 2 / (rows[a] * columns[b])
        for a in rows
        for b in columns
    )
    height, width = len(rows), len(columns)
    corrected = max(0.0, squared - (height - 1) * (width - 1) / (total - 1))
    smaller = min(height - (height - 1) ** 2 / (total - 1) - 1, width - (width - 1) ** 2 / (total - 1) - 1)
    return math.sqrt(corrected / smaller)


def keyed(course: Course, group: str, what: str) -> Pairs:
    """Return group and keyed answer of each case: its stage, its answers, or what its answers are about."""
    pairs: Pairs = []
    for vignette in course.vignettes.values():
        key = course.keys.get(vignette.id)
        if not isinstance(vignette, Case) or not isinstance(key, CaseKey):
            continue
        mine = GROUPS[group](vignette.about)
        if mine is None:
            continue
        if what == "stage":
            pairs.append((mine, key.stage.code))
        elif what == "answer":
            pairs += [(mine, each.answer) for each in key.factors]
        else:  # a to f: the six groups of factors, each with its answer
            pairs += [(mine, f"{each.factor[0]} {each.answer}") for each in key.factors]
    return pairs


@pytest.mark.parametrize("what", MOST)
@pytest.mark.parametrize("group", GROUPS)
def test_no_answer_can_be_told_from_a_group(course: Course, group: str, what: str) -> None:
    """Knowing somebody's group helps nobody to guess stage, answers, or which factors help or hinder."""
    pairs = keyed(course, group, what)
    assert len(pairs) >= 20
    assert association(pairs) < MOST[what]


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_every_answer(course: Course, group: str) -> None:
    """Each group has all four desistance answers in about the same shares, and five of six stages or more."""
    answers, stages = Counter(keyed(course, group, "answer")), set(keyed(course, group, "stage"))
    for mine in {name for name, _ in stages}:
        counts = [answers[mine, answer] for answer in ("present", "absent", "ambiguous", "not-stated")]
        assert max(counts) <= 1.2 * min(counts)
        assert sum(name == mine for name, _ in stages) >= 5


def test_an_association_would_be_seen() -> None:
    """What follows the group is far above the bound, two answers of three too, and an even spread is 0."""
    stages = ["a", "b", "c", "d", "e", "f"]
    follows = [("woman" if index % 2 else "man", stage) for index, stage in enumerate(stages * 4)]
    even = [(name, stage) for stage in stages for name in ("woman", "man") * 2]
    assert association(follows) > 0.85
    assert association(even) == 0
    assert (
        association([("w", "present"), ("m", "absent")] * 40 + [("w", "absent"), ("m", "present")] * 20)
        > MOST["answer"]
    )


# --- (c) groups beside offences and needs ---

KINDS: dict[str, Callable[[About], str]] = {
    "gender": lambda about: about.gender,
    "ethnicity": lambda about: about.ethnicity,
    "age": lambda about: band(about.age),
}


def everyone(course: Course) -> list[About]:
    """Return everybody in the bank, assessments too."""
    return [about for vignette in course.vignettes.values() for about in people_of(vignette)]


@pytest.mark.parametrize("kind", KINDS)
def test_each_group_has_several_offences_needs_and_settings(course: Course, kind: str) -> None:
    """Nobody of one group is there for one thing."""
    groups: dict[str, list[About]] = {}
    for about in everyone(course):
        groups.setdefault(KINDS[kind](about), []).append(about)
    for name, people in groups.items():
        assert len({about.offence for about in people}) >= 4, name
        assert len({need for about in people for need in about.needs}) >= 5, name
        assert len({about.setting for about in people}) >= 2, name


@pytest.mark.parametrize("kind", KINDS)
def test_no_offence_and_no_need_belongs_to_one_group(course: Course, kind: str) -> None:
    """What five people or more have in common is shared by more than one group."""
    shared: dict[str, list[About]] = {}
    for about in everyone(course):
        for name in (f"offence {about.offence}", *(f"need {need}" for need in about.needs)):
            shared.setdefault(name, []).append(about)
    alone = {
        name: KINDS[kind](people[0])
        for name, people in shared.items()
        if len(people) >= 5 and len({KINDS[kind](about) for about in people}) == 1
    }
    assert alone == {}


# --- the swap ---


def test_exchanging_names_and_groups_changes_no_reading(course: Course) -> None:
    """The second reader agreed as often where names and groups were exchanged as where they were not."""
    found = bank_agreement(course)
    swapped = {row.measure.id: row.percent for row in found.of(SWAPPED)}
    others = {row.measure.id: row.percent for row in found.of(NOT_SWAPPED)}
    assert {"talk", "stage", "desistance"} <= swapped.keys() & others.keys()
    for measure in swapped.keys() & others.keys():
        assert (swapped[measure] or 0) >= (others[measure] or 0) - 0.05, measure

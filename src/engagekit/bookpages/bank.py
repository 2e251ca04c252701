"""What is in the bank of vignettes, in numbers, so that a tutor can see how evenly it is spread."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.pieces import folded, paragraph, strong, table
from engagekit.frontend.exercises import LENS_NAMES
from engagekit.frontend.exercises.goal import FAULTS
from engagekit.model import Course, Lens
from engagekit.scoring.bank import USES, Balance, Table, balance

ASSESSMENTS = (
    "Vignettes for assessment are counted here and nowhere else on this page: what their keys say stays with "
    "the markers."
)
ANSWERS: dict[Lens, str] = {
    "talk": "Talk: how often each code is keyed",
    "stage": "Stage: how often each answer is keyed",
    "desistance": "Desistance: how often each answer is keyed",
    "reply": "Reply: how often each roadblock tempts",
    "web": "Web: how often each score is keyed",
    "goal": "Goal: how often each fault is keyed",
}
ABOUT = {
    "age": "Age",
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "offence": "Offence",
    "setting": "Setting",
    "needs": "Needs (a person may have several)",
}


class Bank(CourseDirective):
    """``{bank}``: counts by lens and use, by keyed answer, and by who the people are."""

    required_arguments = 0
    kinds = ("vignettes", "schemes")

    def build(self) -> list[nodes.Node]:
        """Return the counts by lens and use, and the rest folded away below them."""
        found = balance(self.course)
        return [
            nodes.container(
                "",
                _uses(found),
                paragraph(ASSESSMENTS),
                *[
                    folded(title, [_counts("Answer", found.answers[lens], names_of(self.course, lens))])
                    for lens, title in ANSWERS.items()
                    if sum(found.answers[lens].values())
                ],
                folded("Desistance: how often each factor is keyed", [
                    _counts("Factor", found.factors, names_of(self.course, "desistance"))
                ]),
                folded("Who the people are", _about(found)),
                classes=["ek-bank"],
            )
        ]  # fmt: skip


def _uses(found: Balance) -> nodes.table:
    heads = ["Lens", *[use.capitalize() for use in USES], "Items for discussion"]
    rows = [
        [LENS_NAMES[lens], *[str(uses[use]) for use in USES], str(found.contested[lens])]
        for lens, uses in found.uses.items()
    ]
    return table(heads, rows)


def _counts(head: str, counts: Table, names: Mapping[str, str]) -> nodes.table:
    return table([head, "How often"], [[names.get(name, words(name)), str(n)] for name, n in counts.items()])


def _about(found: Balance) -> list[nodes.Node]:
    built: list[nodes.Node] = [
        paragraph(
            f"{found.people} people in vignettes for practice and retest. None of this is shown to learners "
            "in an exercise, and no key may rest on it."
        )
    ]
    for field, title in ABOUT.items():
        built += [paragraph(strong(title)), _counts(title.split(" (")[0], found.about[field], {})]
    return built


def names_of(course: Course, lens: str) -> dict[str, str]:
    """Return what learners call each answer or factor of a lens."""
    if lens == "goal":
        return {each["id"]: each["label"] for each in FAULTS}
    scheme = course.schemes.get({"stage": "stages"}.get(lens, lens))
    return {code.id: code.label for code in scheme.codes} if scheme else {}


def words(name: str) -> str:
    """Return an id as words.

    Examples:
        >>> words("community-order")
        'Community order'
    """
    return name.replace("-", " ").capitalize()

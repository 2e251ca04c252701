"""When a script waits for a person whatever the checks found: nothing declared, or words of an exemplar."""

from __future__ import annotations

from collections.abc import Sequence

from engagekit.model import (
    Answers,
    EntriesSection,
    FieldsSection,
    Form,
    Judgement,
    Outcome,
    RepliesSection,
    WordsField,
)
from engagekit.scoring.assessment import Assessment
from engagekit.scoring.words import NEAR_COPY, is_blank, runs

ENOUGH = 20
"""Runs of four own words from which a script can be called a near copy of an exemplar."""

HELD = "This waits for your assessor, who looks at your script before any mark is given."
"""What the learner is told for a check that is held."""


def own_words(form: Form, answers: Answers) -> tuple[str, ...]:
    """Return everything that was written in own words: never quotations, choices, links, dates or codes.

    Args:
        form: The form, which says what each answer is.
        answers: What the learner handed in.

    Returns:
        The texts in the form's order, without blank ones.
    """
    return tuple(
        text for section in form.sections for text in _written(section, answers) if not is_blank(text)
    )


def _written(section: object, answers: Answers) -> list[str]:
    if isinstance(section, RepliesSection):
        given = answers.named(section.id)
        return [given.get(prompt.id, "") for prompt in section.prompts]
    if isinstance(section, EntriesSection | FieldsSection):
        names = [field.id for field in section.fields if isinstance(field, WordsField)]
        most = section.max_rows if isinstance(section, EntriesSection) else 1
        return [row.get(name, "") for row in answers.rows(section.id)[:most] for name in names]
    return []


def reasons_to_hold(assessment: Assessment, answers: Answers, content: str) -> tuple[str, ...]:
    """Return why a script may earn nothing until a person has looked, one sentence each.

    Args:
        assessment: For the exemplars.
        answers: What the learner handed in.
        content: Hash of the answers as they stood in the file.

    Returns:
        No reason for a script that is in order, and none for one without a single answer.
    """
    if not any(_said(response) for response in answers.answers.values()):
        return ()
    return (*_declared(answers, content), *_copied(assessment, answers))


def _said(response: object) -> bool:
    rows = [response] if isinstance(response, dict) else response
    return any(not is_blank(text) for row in rows for text in row.values())  # type: ignore[attr-defined]


def _declared(answers: Answers, content: str) -> tuple[str, ...]:
    declaration = answers.declaration
    if declaration is None:
        return ("There is no declaration of own work.",)
    if not declaration.own_work:
        return ("The declaration does not say that this is the learner's own work.",)
    if declaration.ai is None:
        return ("The declaration does not say whether an AI tool helped.",)
    if declaration.content != content:
        return ("The declaration was made for other answers than these.",)
    return ()


def _copied(assessment: Assessment, answers: Answers) -> tuple[str, ...]:
    own = runs(own_words(assessment.form, answers)) - assessment.given_runs
    if len(own) >= ENOUGH and len(own & assessment.exemplar_runs) >= NEAR_COPY * len(own):
        return ("Much of this stands in an exemplar.",)
    return ()


def hold(judgements: Sequence[Judgement], reasons: Sequence[str]) -> tuple[Judgement, ...]:
    """Return the judgements of a script that is held: whatever would earn marks waits for a person.

    Args:
        judgements: What the checks came to.
        reasons: Why the script is held; without any, nothing changes.

    Returns:
        The judgements in order. What earned nothing stays, and so does all evidence.
    """
    if not reasons:
        return tuple(judgements)
    return tuple(_held(one, reasons) if one.marks else one for one in judgements)


def _held(judgement: Judgement, reasons: Sequence[str]) -> Judgement:
    found = f"The check alone comes to {judgement.marks:g} of {judgement.max_marks:g}: {judgement.reason}"
    return judgement.model_copy(
        update={
            "outcome": Outcome.NEEDS_ASSESSOR,
            "marks": None,
            "reason": f"Held for a person. {' '.join(reasons)} {found}",
            "feedback": HELD,
        }
    )

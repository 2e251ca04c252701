"""Judge what learners wrote: list what is seen, flag what is odd, and leave the mark to a person.

Free text earns no machine marks. Every automatic approach that was tried looked right on the answers it
was built on and failed on fresh ones; see docs/decisions/0004-free-text-earns-no-machine-marks.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from engagekit.model import Answers, Evidence, Form, Outcome, PersonCheck, ReplyCheck, Row
from engagekit.model.forms import EntriesSection, RepliesSection
from engagekit.scoring.parts import Finding
from engagekit.scoring.words import NEAR_COPY, copied_share, is_blank, normalise, too_thin, words_of

ROADBLOCKS = ("advice", "confrontation")
ROADBLOCK_SHARE = 1 / 3
"""Share of a session's coded turns from which advice and confrontation raise the advice-giving flag."""

_OPENERS = frozenset({"what", "how", "who", "where", "when", "which", "why", "tell", "describe"})
_ADVICE = re.compile(
    r"\b(?:you (?:should|must|need to|have to|ought to)|if i were you|why don't you)\b", re.IGNORECASE
)
_SKILL_NAMES = frozenset(
    {"oars", "mi", "open", "question", "questions", "reflection", "reflections", "reflective", "listening"}
    | {"active", "affirmation", "affirmations", "summary", "summaries", "empathy", "desistance"}
)


def judge_replies(form: Form, check: ReplyCheck, answers: Answers, sources: Sequence[str]) -> Finding:
    """List what stands in each reply; a person gives the mark.

    Args:
        form: The form, for what each person said.
        check: The check.
        answers: What the learner handed in.
        sources: Texts that a reply may have been copied from: the case, the brief, exemplars.

    Returns:
        ``not_attempted`` with no marks when every reply is blank; otherwise ``needs_assessor``, marks None.
    """
    section = form.section(check.section)
    prompts = section.prompts if isinstance(section, RepliesSection) else ()
    given = answers.named(check.section)
    if all(is_blank(given.get(prompt.id, "")) for prompt in prompts):
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "No reply was written.")
    evidence, flags = [], []
    replies = [given.get(prompt.id, "") for prompt in prompts]
    for number, prompt in enumerate(prompts):
        reply = replies[number]
        others = [text for index, text in enumerate(replies) if index != number]
        odd = _oddities(reply, [*sources, prompt.said], others)
        seen = "; ".join([*_seen(reply), *odd])
        evidence.append(Evidence(label=f"{prompt.who}: {prompt.said}", words=reply, remark=seen))
        flags += [f"Reply {number + 1}: {remark}" for remark in odd]
    written = sum(not is_blank(reply) for reply in replies)
    reason = (
        f"{written} of {len(prompts)} replies were written. A person judges how well they listen and open up."
    )
    return Finding(Outcome.NEEDS_ASSESSOR, None, reason, tuple(evidence), tuple(flags))


def judge_person(
    form: Form,
    check: PersonCheck,
    answers: Answers,
    sources: Sequence[str],
    misconceptions: Collection[str],
    labels: Mapping[str, str],
) -> Finding:
    """Report how complete a session table is; a person gives the mark.

    Args:
        form: The form, for how many rows are asked for.
        check: The check.
        answers: What the learner handed in.
        sources: Texts that may not be handed in as the learner's own session.
        misconceptions: Ids of the misconceptions that this assignment can surface.
        labels: Code id to its name.

    Returns:
        ``not_attempted`` with no marks when nothing was written; otherwise ``needs_assessor``, marks None.
    """
    section = form.section(check.section)
    rows = [
        row
        for row in answers.rows(check.section)
        if not (is_blank(row.get("mine", "")) and is_blank(row.get("person", "")))
    ]
    if not rows:
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "No turn of an own session was written.")
    least = section.min_rows if isinstance(section, EntriesSection) else 1
    flags = [f"Only {len(rows)} of at least {least} turns."] if len(rows) < least else []
    evidence = []
    for number, row in enumerate(rows, 1):
        odd = _oddities(
            row.get("mine", ""), sources, [other.get("mine", "") for other in rows if other is not row]
        )
        flags += [f"Turn {number}: {remark}" for remark in odd]
        code = row.get("code", "")
        remark = "; ".join([f"Coded: {labels.get(code, code) or 'nothing'}", *odd])
        evidence.append(
            Evidence(
                label=f"After: {normalise(row.get('person', '')) or '(nothing)'}",
                words=row.get("mine", ""),
                remark=remark,
            )
        )
    if "advice-giving" in misconceptions:
        flags += _advice_flag(rows)
    reason = (
        f"{len(rows)} turns of an own session. "
        "A person must judge it, because no machine can tell whether it took place."
    )
    return Finding(Outcome.NEEDS_ASSESSOR, None, reason, tuple(evidence), tuple(flags))


def _advice_flag(rows: Sequence[Row]) -> list[str]:
    blocked = [number for number, row in enumerate(rows, 1) if row.get("code", "") in ROADBLOCKS]
    if len(blocked) < ROADBLOCK_SHARE * len(rows):
        return []
    listed = ", ".join(str(number) for number in blocked)
    return [
        f"Misconception, advice-giving: {len(blocked)} of {len(rows)} turns are coded as advice "
        f"or confrontation (turns {listed})."
    ]


def _seen(reply: str) -> list[str]:
    """Name the features that stand out, with the words that show them. None of them moves a mark."""
    text = normalise(reply)
    seen = []
    for sentence in re.findall(r"[^.?!]*\?", text[:2000]):
        first = next(iter(words_of(sentence)), "")
        kind = "open" if first in _OPENERS else "closed or unclear"
        seen.append(f"question, {kind} (starts with “{first}”)" if first else "question mark")
    advice = _ADVICE.search(text)
    if advice:
        seen.append(f"may be advice (“{advice.group(0)}”)")
    return seen


def _oddities(text: str, sources: Sequence[str], siblings: Sequence[str]) -> list[str]:
    """Say what makes a text doubtful as a learner's own words."""
    if is_blank(text):
        return []
    odd = []
    thin = too_thin(text)
    if thin:
        odd.append(thin)
    if copied_share(text, sources) >= NEAR_COPY:
        odd.append("Nearly a copy of the case, the brief or an exemplar.")
    if not thin and any(words_of(text) == words_of(other) for other in siblings):
        odd.append("The same words as another answer.")
    words = words_of(text)
    if len(words) >= 4 and sum(word in _SKILL_NAMES for word in words) / len(words) > 0.3:
        odd.append("Names skills rather than using them.")
    return odd

"""Judge what learners wrote: list what is seen, say what is odd, and leave the mark to a person.

Free text earns no machine marks. Every automatic approach that was tried looked right on the answers it
was built on and failed on fresh ones; see docs/decisions/0004-free-text-earns-no-machine-marks.md.
"""

from __future__ import annotations

from functools import lru_cache

from engagekit.model import (
    EntriesSection,
    Evidence,
    Outcome,
    PersonCheck,
    RepliesSection,
    ReplyCheck,
    WordsField,
)
from engagekit.scoring.assessment import Assessment
from engagekit.scoring.entries import label_of, rows_of, shown
from engagekit.scoring.gates import doubts
from engagekit.scoring.parts import Finding
from engagekit.scoring.reading import Reading
from engagekit.scoring.reply import Reading as ReplyReading
from engagekit.scoring.reply import cues_value, cut_out, read_reply
from engagekit.scoring.words import is_blank

# The checks and the flags both read a script's replies: read each once.
read_once = lru_cache(maxsize=256)(read_reply)


def judge_replies(reading: Reading, check: ReplyCheck) -> Finding:
    """List what stands in each reply; a person gives the mark.

    Args:
        reading: The script being read.
        check: The check.

    Returns:
        ``not_attempted`` with no marks when every reply is blank; otherwise ``needs_assessor``, marks None.
    """
    section = reading.assessment.form.section(check.section)
    prompts = section.prompts if isinstance(section, RepliesSection) else ()
    given = reading.answers.named(check.section)
    replies = [given.get(prompt.id, "") for prompt in prompts]
    if all(map(is_blank, replies)):
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "No reply was written.")
    evidence, flags = [], []
    for number, (prompt, reply) in enumerate(zip(prompts, replies, strict=True)):
        odd = _oddities(reading.assessment, reply, 3, [*replies[:number], *replies[number + 1 :]])
        remark = "; ".join([*seen_in(reply), *odd])
        evidence.append(Evidence(label=f"{prompt.who}: {prompt.said}", words=reply, remark=remark))
        flags += [f"Reply {number + 1}: {one}" for one in odd]
    written = sum(not is_blank(reply) for reply in replies)
    reason = (
        f"{written} of {len(prompts)} replies were written. A person judges how well they listen and open up."
    )
    return Finding(Outcome.NEEDS_ASSESSOR, None, reason, tuple(evidence), tuple(flags))


def judge_person(reading: Reading, check: PersonCheck) -> Finding:
    """Report how complete a section is, with all that was written in it; a person gives the mark."""
    assessment = reading.assessment
    rows = rows_of(assessment, check.section, reading.answers)
    fields = assessment.fields.get(check.section, {})
    if not rows:
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "Nothing was written.")
    section = assessment.form.section(check.section)
    least = section.min_rows if isinstance(section, EntriesSection) else 1
    flags = [f"Only {len(rows)} of at least {least} entries."] if len(rows) < least else []
    evidence, written = [], dict[str, list[str]]()
    for number, row in rows:
        for name, field in fields.items():
            words, remark = row.get(name, ""), ""
            label = label_of(assessment, check.section, number, name)
            if isinstance(field, WordsField):
                others = written.setdefault(name, [])
                odd = _oddities(assessment, words, field.least, others)
                others.append(words)
                flags += [f"{label}: {one}" for one in odd]
                remark = "; ".join(odd)
            elif field.kind in ("choice", "link"):
                words = shown(assessment.options(check.section, name), words.strip())
            evidence.append(Evidence(label=label, words=words, remark=remark))
    many = f"{len(rows)} {'entry' if len(rows) == 1 else 'entries'}. " if least > 1 else ""
    reason = f"{many}A person judges this: what is written in own words is not for a machine to mark."
    return Finding(Outcome.NEEDS_ASSESSOR, None, reason, tuple(evidence), tuple(flags))


def seen_in(reply: str) -> list[str]:
    """Name what the reply rules see, with the words that show it. None of it moves a mark."""
    reading: ReplyReading = read_once(reply)
    seen = []
    for one in reading.findings:
        words = " … ".join(cut_out(reply, span.start, span.end) for span in one.words)
        label = _code_labels().get(one.code, one.code)
        seen.append(
            f"{label if one.certain == 'clear' else f'perhaps {label}'}" + (f" (“{words}”)" if words else "")
        )
    return seen


@lru_cache(maxsize=1)
def _code_labels() -> dict[str, str]:
    return {code["id"]: code["label"].lower() for code in cues_value()["codes"]}


def _oddities(assessment: Assessment, text: str, least: int, siblings: list[str]) -> list[str]:
    """Say what makes a text doubtful as a learner's own words; a blank is not odd."""
    return [] if is_blank(text) else [one.text for one in doubts(assessment, text, least, siblings)]

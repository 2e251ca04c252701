"""Where words can be quoted from, and where a quotation stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engagekit.model import CaseFile, Interview
from engagekit.scoring.words import bare, is_blank, normalise, spans, words_of


@dataclass(frozen=True, slots=True)
class Place:
    """A turn of the person, or a passage of the case file. ``label`` says where it stands, in words."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation stands: places that hold all of it, and places that hold words of it (how many)."""

    whole: tuple[str, ...]
    parts: Mapping[str, int]

    def __bool__(self) -> bool:
        return bool(self.whole or self.parts)


# Not slotted: the papers are laid out once.
@dataclass(frozen=True, eq=False)
class Places:
    """The papers of a case, each in its places. A quotation may run on from one place of a paper to the next.

    Attributes:
        papers: The places of each paper. Each turn of an interview is a paper of its own.
        numbers: Turn id to the number that the form gives it; empty for a case file.
        whose: How the words are spoken of: ``The person's own words``.
    """

    papers: tuple[tuple[Place, ...], ...]
    numbers: Mapping[str, int]
    whose: str
    nowhere: str

    @cached_property
    def by_id(self) -> Mapping[str, Place]:
        """Return place id to place."""
        return {place.id: place for paper in self.papers for place in paper}

    @cached_property
    def _laid_out(self) -> tuple[tuple[str, tuple[tuple[int, int, str], ...]], ...]:
        laid_out = []
        for paper in self.papers:
            at, stretches = 0, []
            for place in paper:
                stretches.append((at, at + len(place.text), place.id))
                at += len(place.text) + 1
            laid_out.append((" ".join(place.text for place in paper), tuple(stretches)))
        return tuple(laid_out)

    def find(self, quotation: str) -> Found:
        """Return where a quotation stands, word for word and from whole word to whole word."""
        needle = bare(quotation)
        whole: dict[str, None] = {}
        parts: dict[str, int] = {}
        if is_blank(needle):
            return Found((), parts)
        for text, stretches in self._laid_out:
            for start, end in spans(text, needle):
                touched = [one for one in stretches if one[0] < end and start < one[1]]
                if len(touched) == 1:
                    whole[touched[0][2]] = None
                    continue
                for first, last, name in touched:
                    count = len(words_of(text[max(first, start) : min(last, end)]))
                    parts[name] = max(parts.get(name, 0), count)
        return Found(tuple(whole), parts)


def read_quotation(
    places: Places,
    quotation: str,
    accepted: Collection[str],
    least: int,
    most: int,
    used: set[str] | None = None,
) -> tuple[str, bool]:
    """Say whether a quotation is exact words out of a place that is accepted, and why not.

    Args:
        places: Where it can stand.
        quotation: What the learner copied.
        accepted: Ids of the places that show what was asked for.
        least: The fewest words.
        most: The most words.
        used: Places that another answer has taken already; the place of this one is added, and every place
            where the same words stand. None when a place may be quoted twice.

    Returns:
        A remark, and whether the quotation counts.
    """
    if is_blank(quotation):
        return "Nothing was quoted.", False
    count = len(words_of(quotation))
    if count < least:
        return f"Only {count} word{'s' if count > 1 else ''}; quote at least {least}.", False
    if count > most:
        return f"{count} words; quote no more than {most}, just the words that show it.", False
    found = places.find(quotation)
    if not found:
        return places.nowhere, False
    # Of words that run over several places, those count that hold half of them: a wide net shows nothing.
    mostly = (name for name, words in found.parts.items() if words >= least and 2 * words >= count)
    standing = [*found.whole, *mostly]
    fitting = [name for name in standing if name in accepted]
    free = [name for name in fitting if used is None or name not in used]
    if free:
        if used is not None:
            used.update((free[0], *found.whole))
        return f"{places.whose}, {places.by_id[free[0]].label}.", True
    if fitting:
        return "These words were already quoted for another answer; find others.", False
    return f"{places.whose}, but they show something else.", False


def places_of(case: Interview | CaseFile) -> Places:
    """Return where words can be quoted from in a case."""
    if isinstance(case, CaseFile):
        papers = tuple(
            tuple(Place(one.id, f"in “{paper.title}”", normalise(one.text)) for one in paper.passages)
            for paper in case.documents
        )
        return Places(papers, {}, "The case's own words", "These words are not in the case.")
    numbers = dict(_numbers(case))
    return Places(
        tuple(
            (Place(turn.id, f"just before turn {numbers[turn.id]}", normalise(turn.text)),)
            for turn in case.turns("person")
        ),
        numbers,
        "The person's own words",
        "These words are not in what the person says.",
    )


def _numbers(interview: Interview) -> Iterator[tuple[str, int]]:
    """Number turns as the form does: the practitioner's in order, the person's by the one that follows."""
    number = 1
    for turn in interview.utterances:
        yield turn.id, number
        number += turn.speaker == "practitioner"

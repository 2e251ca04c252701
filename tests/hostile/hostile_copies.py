"""The brief, the case and exemplars handed in as one's own, as they are or in disguise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from hostile_case import LOOKALIKES, case, family, gated_only, uncode
from subjects import Slot, Subject, prose

# ---- copies ------------------------------------------------------------------------------------------------


@case()
def the_brief_in_every_box(one: Subject) -> Any:
    return one.fill(every=one.brief[:3_900])


@case()
def the_brief_beside_the_right_choices(one: Subject) -> Any:
    paragraphs = [part for part in one.brief.split("\n\n") if len(part.split()) > 15]
    copied = one.change(
        one.strong,
        words=lambda slot: Random(slot.seed).choice(paragraphs),
        quote=lambda slot: " ".join(Random(slot.seed).choice(paragraphs).split()[:30]),
    )
    return uncode(one, copied)


@case()
def the_questions_in_every_box(one: Subject) -> Any:
    asked = {section.id: section.instructions for section in one.form.sections}
    return one.fill(every=lambda slot: asked[slot.section][:3_900])


@case()
def whole_papers_in_every_box(one: Subject) -> Any:
    return one.fill(every=lambda slot: one.papers[slot.row % len(one.papers)][:3_900])


@case()
def whole_papers_beside_the_right_choices(one: Subject) -> Any:
    papers = one.papers
    copied = one.change(one.strong, quote=lambda slot: papers[slot.row % len(papers)][:3_900])
    return uncode(one, one.own_words(copied))


@case()
def the_case_as_own_words(one: Subject) -> Any:
    """Right choices and quotations, and the case typed out where own words should be."""
    texts = [text for text in one.passages.values() if len(text.split()) > 7]
    copied = one.change(
        one.strong,
        words=lambda slot: " ".join(Random(slot.seed).sample(texts, 3 + slot.least // 7))[:3_900],
    )
    return gated_only(one, copied)


@case()
def one_passage_in_every_box(one: Subject) -> Any:
    """One true quotation everywhere, with the same choice in every entry, and it in place of own words."""
    text = next(text for text in one.passages.values() if 8 <= len(text.split()) <= 40)
    return one.fill(every=text, choice=lambda slot: slot.options[0], code=lambda slot: slot.options[0])


@case()
def every_passage_in_turn(one: Subject) -> Any:
    """A passage a box, and the options in turn: a guess all along the line, with the case as own words."""
    texts = list(one.passages.values())
    turn = iter(range(10_000))

    def next_text(slot: Slot) -> str:
        return texts[next(turn) % len(texts)]

    return gated_only(
        one,
        one.fill(
            every=next_text,
            choice=lambda slot: slot.options[slot.row % len(slot.options)],
            code="other",
            date="2026-11-23",
        ),
    )


def copied(one: Subject, change: Callable[[str], str] = str) -> Any:
    """Return the strongest exemplar with its own words, or what is left of them, and quotations to match."""
    changed = one.map(one.strong, "words", change)
    for slot in one.slots(answers=changed):
        if slot.out_of and one.get(changed, slot):
            one.put(changed, slot, change(one.get(changed, slot)))
    return changed


@case(held="exemplar")
def an_exemplar(one: Subject) -> Any:
    return one.strong


@case(held="exemplar")
def an_exemplar_with_every_tenth_word_changed(one: Subject) -> Any:
    def change(text: str) -> str:
        words = text.split()
        return " ".join("really" if number % 10 == 9 else word for number, word in enumerate(words))

    return copied(one, change)


@case(held="exemplar")
def an_exemplar_in_capitals_without_stops(one: Subject) -> Any:
    return copied(one, lambda text: text.upper().replace(".", "").replace(",", ""))


@case(held="exemplar")
def an_exemplar_in_another_order(one: Subject) -> Any:
    """The same entries the other way round, and the same sentences in each box the other way round."""
    turned = copied(
        one, lambda text: " ".join(reversed([f"{part}." for part in text.split(".") if part.strip()]))
    )
    return {name: value[::-1] if isinstance(value, list) else value for name, value in turned.items()}


@case(held="exemplar")
def an_exemplar_with_more_prose_after_it(one: Subject) -> Any:
    longer = one.map(
        one.strong, "words", lambda text: f"{text} {prose(text[:20], len(text.split()) // 3)}"[:3_900]
    )
    return longer


@case(held="exemplar")
def two_exemplars_mixed(one: Subject) -> Any:
    """Half the boxes out of the strongest exemplar, and half out of the one that wrote the most."""
    written = {name: sum(map(len, _texts(script.answers))) for name, script in one.exemplars.items()}
    most = max((name for name in written if name != "strong"), key=lambda name: written[name])
    mixed = dict(one.strong)
    for number, (section, value) in enumerate(one.exemplars[most].answers.items()):
        if number % 2:
            mixed[section] = [dict(row) for row in value] if not isinstance(value, dict) else dict(value)
    return mixed


def _texts(answers: Mapping[str, Any]) -> list[str]:
    rows = [row for value in answers.values() for row in ([value] if isinstance(value, dict) else value)]
    return [text for row in rows for text in row.values()]


_CYRILLIC = frozenset("aceiopxys")


def _whole_words(text: str) -> str:
    """Write in Cyrillic only the words that can be written in it from end to end."""
    return " ".join(
        word.translate(LOOKALIKES) if set(word.strip(".,").lower()) <= _CYRILLIC else word
        for word in text.split()
    )


def _first(text: str, change: Callable[[str], str]) -> str:
    """Change the first letter of every third word."""
    return " ".join(
        change(word[0]) + word[1:] if number % 3 == 2 else word for number, word in enumerate(text.split())
    )


def _after_first(mark: str) -> Callable[[str], str]:
    return lambda text: " ".join(word[0] + mark + word[1:] for word in text.split())


DISGUISES: dict[str, Callable[[str], str]] = {
    "cyrillic-letters": lambda text: text.translate(LOOKALIKES),
    "cyrillic-words": _whole_words,
    "zero-width-spaces": _after_first("\u200b"),
    "soft-hyphens": _after_first("\u00ad"),
    "joiners": _after_first("\u2060"),
    "tag-characters": _after_first("\U000e0061"),
    "variation-selectors": _after_first("\U000e0101"),
    "annotation-marks": _after_first("\ufff9"),
    "combining-dots": _after_first("\u0323"),
    "hair-spaces": _after_first("\u200a"),
    "full-width-letters": lambda text: _first(
        text, lambda letter: chr(ord(letter) + 0xFEE0) if letter.isascii() and letter.isalpha() else letter
    ),
    "mathematical-letters": lambda text: _first(
        text, lambda letter: chr(0x1D41A + ord(letter) - 97) if "a" <= letter <= "z" else letter
    ),
    "dotless-letters": lambda text: text.replace("i", "ı").replace("g", "ɡ").replace("a", "ɑ"),
    "greek-letters": lambda text: text.translate(str.maketrans("oavuABEHIKMNOTXYZ", "οανυΑΒΕΗΙΚΜΝΟΤΧΥΖ")),
    "small-capitals": lambda text: text.translate(
        str.maketrans("abcdeghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ")
    ),
    "capitals-and-digits-for-letters": lambda text: text.replace("l", "I").replace("o", "0"),
    "two-letters-for-one": lambda text: text.replace("m", "rn"),
    "narrow-gaps": lambda text: "\u2009".join(text),
    "accents": lambda text: text.replace("e", "ė").replace("a", "ạ"),
}
family("an-exemplar-in", DISGUISES, copied, held="exemplar")


@case()
def the_case_in_cyrillic_as_own_words(one: Subject) -> Any:
    texts = [text for text in one.passages.values() if len(text.split()) > 7]
    disguised = one.change(
        one.strong,
        words=lambda slot: _whole_words(" ".join(Random(slot.seed).sample(texts, 3 + slot.least // 7)))[
            :3_900
        ],
    )
    return gated_only(one, disguised)

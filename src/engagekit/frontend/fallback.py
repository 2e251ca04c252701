"""What a page shows where JavaScript is off: the text to read and what to think about, and never a key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

Exercise = Mapping[str, Any]
WITHOUT = (
    "Answering and feedback need JavaScript, which is off or did not load. You can still read and think."
)


def exercise_words(exercise: Exercise, level: int) -> str:
    """Return an exercise's introduction, its text and its questions as HTML.

    Args:
        exercise: Schema ``exercise/1``.
        level: The level of its heading.
    """
    facts = "".join(
        f"<div><dt>{escape(fact['term'])}</dt><dd>{escape(fact['text'])}</dd></div>"
        for fact in exercise["facts"]
    )
    return (
        f'<h{level} class="ek-title">{escape(exercise["title"])}</h{level}>\n'
        f'<p class="ek-lead">{escape(exercise["introduction"])}</p>\n'
        + (f'<dl class="ek-facts">{facts}</dl>\n' if facts else "")
        + f"<p>{WITHOUT}</p>\n{_TEXT[exercise['lens']](exercise)}"
    )


def practice_words(shelf: Mapping[str, Any], level: int) -> str:
    """Return the titles and summaries of a shelf as HTML."""
    lines = "".join(
        f"<li><b>{escape(each['title'])}</b>: {escape(each['summary'])}</li>\n" for each in shelf["exercises"]
    )
    return (
        f'<h{level} class="ek-title">{escape(shelf["title"])}</h{level}>\n'
        f'<p class="ek-lead">{escape(shelf["introduction"])}</p>\n'
        "<p>Opening one needs JavaScript, which is off or did not load. This is what there is:</p>\n"
        f"<ul>\n{lines}</ul>\n"
    )


def progress_words(catalogue: Mapping[str, Any], level: int) -> str:
    """Return what there is to practise as HTML, each with a link to its page."""
    lines = "".join(f"<li>{_linked(each)}</li>\n" for each in catalogue["exercises"])
    return (
        f'<h{level} class="ek-title">Your progress</h{level}>\n'
        "<p>Your progress is worked out in this page, from answers that never leave your computer. That "
        "needs JavaScript, which is off or did not load. This is what there is to practise:</p>\n"
        f"<ul>\n{lines}</ul>\n"
    )


def _linked(entry: Mapping[str, Any]) -> str:
    title = f"{escape(entry['title'])} ({escape(entry['lens'])})"
    if not entry["page"]:
        return title
    return f'<a href="{escape(entry["page"])}#{escape(entry["lens"])}.{escape(entry["id"])}">{title}</a>'


def _talk(exercise: Exercise) -> str:
    people = exercise["body"]["people"]
    turns = (
        f'<li class="ek-says ek-says-{escape(turn["speaker"])}">'
        f'<p class="ek-speaker">{escape(people[turn["speaker"]])}:</p>'
        f'<p class="ek-words">{escape(turn["text"])}</p></li>\n'
        for turn in exercise["body"]["utterances"]
    )
    return f'<ol class="ek-transcript">\n{"".join(turns)}</ol>\n' + _questions(
        [f"For each turn of {people['practitioner']}: which of these is it?"], exercise["scheme"]["codes"]
    )


def _stage(exercise: Exercise) -> str:
    codes = exercise["scheme"]["codes"]
    questions = "".join(
        f"<li>{escape(item['question'])}{_choices(item['choices'] or codes)}</li>\n"
        for item in exercise["items"]
    )
    return _sentences(exercise) + f"<ol>\n{questions}</ol>\n"


def _desistance(exercise: Exercise) -> str:
    asked = [item for item in exercise["items"] if not item["optional"]]
    lines = "".join(
        f"<li><b>{escape(item['label'])}</b>: {escape(item['question'])}</li>\n" for item in asked
    )
    question = (
        "For each of these: is it present, absent, ambiguous or not stated, and which sentence shows it?"
    )
    return _sentences(exercise) + f"<p>{question}</p>\n<ul>\n{lines}</ul>\n"


def _reply(exercise: Exercise) -> str:
    questions = {item["id"]: item["question"] for item in exercise["items"]}
    prompts = (
        f'<li><p>{escape(each["situation"])}</p><p class="ek-speaker">{escape(each["name"])}:</p>'
        f'<p class="ek-words">{escape(each["says"])}</p><p>{escape(questions[each["id"]])}</p></li>\n'
        for each in exercise["body"]["prompts"]
    )
    return f"<ol>\n{''.join(prompts)}</ol>\n"


def _web(exercise: Exercise) -> str:
    body = exercise["body"]
    dates = "".join(f'<th scope="col">{escape(date)}</th>' for date in body["dates"])
    rows = "".join(
        f'<tr><th scope="row">{escape(area["title"])}</th>'
        f"<td>{escape(area['first'])}</td><td>{escape(area['second'])}</td></tr>\n"
        for area in body["areas"]
    )
    table = (
        f'<table class="ek-table"><caption>What {escape(body["person"])} said</caption>\n'
        f'<thead><tr><th scope="col">Area</th>{dates}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n'
    )
    return table + _questions(["For each area and date: which score fits?"], exercise["scheme"]["codes"])


def _goal(exercise: Exercise) -> str:
    faults, goal = exercise["items"]
    said = "".join(f"<p>{escape(part)}</p>\n" for part in exercise["body"]["situation"])
    fields = [{"label": each["label"], "definition": each["hint"]} for each in goal["fields"]]
    return (
        f"{said}<p>The goal as first written:</p>\n"
        f'<p class="ek-quoted">{escape(exercise["body"]["draft"])}</p>\n'
        + _questions([faults["question"]], faults["choices"])
        + _questions([goal["question"]], fields)
    )


def _sentences(exercise: Exercise) -> str:
    lines = "".join(f"<li>{escape(sentence['text'])}</li>\n" for sentence in exercise["body"]["sentences"])
    return f'<ol class="ek-case-text">\n{lines}</ol>\n'


def _questions(questions: Iterable[str], choices: Iterable[Mapping[str, str]]) -> str:
    return "".join(f"<p>{escape(question)}</p>\n" for question in questions) + _choices(choices)


def _choices(choices: Iterable[Mapping[str, str]]) -> str:
    lines = "".join(
        f"<li><b>{escape(each['label'])}</b>"
        + (f": {escape(each['definition'])}" if each["definition"] else "")
        + "</li>\n"
        for each in choices
    )
    return f"<ul>\n{lines}</ul>\n" if lines else ""


_TEXT: dict[str, Callable[[Exercise], str]] = {
    "talk": _talk,
    "stage": _stage,
    "desistance": _desistance,
    "reply": _reply,
    "web": _web,
    "goal": _goal,
}

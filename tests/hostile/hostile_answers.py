"""Damaged and hostile answers files, one function each. None may earn a mark."""

import gzip
import json
import os
import pickle

CASES = {}


def case(outcome, says=""):
    """Register a case: ``read``, ``refused`` or ``missing``, and words that the assessor must be told."""

    def register(function):
        CASES[function.__name__.replace("_", "-")] = (function, outcome, says)
        return function

    return register


def put(folder, data, name="answers.json"):
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def reply(world, text):
    """An honest-looking file in which one reply is the text under trial."""
    return world.answers({"replies": {"r1": text}})


@case("read")
def honest_but_empty(folder, world):
    put(folder, world.answers({}))


@case("missing", "no answers.json")
def missing_file(folder, world):
    put(folder, "my answers are in the notebook", "notes.txt")


@case("missing", "no answers.json")
def file_in_a_subfolder(folder, world):
    (folder / "interview").mkdir()
    put(folder / "interview", world.strong.read_bytes())


@case("refused", "empty")
def empty_file(folder, world):
    put(folder, b"")


@case("refused", "not JSON")
def not_json(folder, world):
    put(folder, "answers: {coding: {t01: other}}")


@case("refused", "not JSON")
def truncated(folder, world):
    put(folder, world.strong.read_bytes()[:-200])


@case("refused", "not JSON")
def two_documents(folder, world):
    put(folder, world.answers({}) + world.strong.read_bytes())


@case("refused", "form")
def a_list(folder, world):
    put(folder, b"[" + world.strong.read_bytes() + b"]")


@case("refused", "form")
def a_string(folder, world):
    put(folder, json.dumps(world.strong.read_text("utf-8")))


@case("refused", "larger than")
def five_megabytes(folder, world):
    put(folder, reply(world, "a" * 5_000_000))


@case("read", "10,000 rows")
def ten_thousand_rows(folder, world):
    put(folder, world.answers({"session": [{"person": "Yes", "mine": "Go on", "code": "other"}] * 10_000}))


@case("read", "does not have")
def ten_thousand_sections(folder, world):
    put(folder, world.answers({f"s{number}": {} for number in range(10_000)}))


@case("read", "does not ask")
def ten_thousand_questions(folder, world):
    put(folder, world.answers({"coding": {f"t{number}": "met" for number in range(100, 10_100)}}))


@case("refused", "nested")
def nested_200_000_deep(folder, world):
    put(folder, b'{"answers":' + b"[" * 200_000 + b"]" * 200_000 + b"}")


@case("refused", "nested")
def unclosed_nesting(folder, world):
    put(folder, b'{"a":' * 150_000)


@case("read", "shape")
def sections_of_wrong_types(folder, world):
    put(folder, world.answers({"coding": "met", "hearing": 12, "replies": [["r1"]], "session": {"0": {}}}))


@case("read", "not text")
def answers_of_wrong_types(folder, world):
    wrong = {"coding": {"t01": True, "t03": 1}, "hearing": {"value-1": ["I", "keep"], "goal-1": {"a": 1}}}
    put(folder, world.answers({**wrong, "session": [{"person": 1, "mine": None, "code": []}, 5, None]}))


@case("refused", "NaN")
def not_a_number(folder, world):
    put(folder, b'{"schema": "answers/1", "assignment": "interview", "answers": {"coding": {"t01": NaN}}}')


@case("refused", "Infinity")
def infinity(folder, world):
    put(
        folder,
        b'{"schema": "answers/1", "assignment": "interview", "answers": {"coding": {"t01": Infinity}}}',
    )


@case("refused", "too large")
def huge_whole_number(folder, world):
    put(folder, b'{"schema": "answers/1", "score": ' + b"9" * 100_000 + b"}")


@case("refused", "too large")
def huge_fraction(folder, world):
    put(folder, b'{"schema": "answers/1", "score": 1e99999}')


@case("refused", "twice")
def the_same_name_twice(folder, world):
    strong = world.strong.read_text("utf-8").strip()
    put(folder, strong[:-1] + ', "answers": {}}')


@case("read", "Fields")
def marks_given_to_oneself(folder, world):
    marks = {"marks": 38, "outcome": "met", "judgements": [{"check": "code-turns", "marks": 8}]}
    put(folder, world.answers({"code-turns": {"marks": "8", "outcome": "met"}}, **marks))


@case("refused", "UTF-8")
def utf_16(folder, world):
    put(folder, world.strong.read_text("utf-8").encode("utf-16"))


@case("refused", "UTF-8")
def latin_1(folder, world):
    put(folder, '{"schema": "answers/1", "saved": "é"}'.encode("latin-1"))


@case("read")
def byte_order_mark(folder, world):
    put(folder, b"\xef\xbb\xbf" + world.answers({}))


@case("refused", "UTF-8")
def compressed(folder, world):
    put(folder, gzip.compress(world.strong.read_bytes()))


class _Bomb:
    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return (os.mkdir, (str(self.marker),))


@case("refused")
def a_pickle(folder, world):
    put(folder, pickle.dumps(_Bomb(world.marker)))


@case("refused", "link")
def link_to_somebody_elses(folder, world):
    (folder / "answers.json").symlink_to(world.strong)


@case("refused", "link")
def link_to_nowhere(folder, world):
    (folder / "answers.json").symlink_to(folder / "answers.json")


@case("refused", "ordinary")
def a_folder_of_that_name(folder, world):
    (folder / "answers.json").mkdir()
    put(folder / "answers.json", world.strong.read_bytes())


@case("refused", "ordinary")
def a_pipe(folder, world):
    os.mkfifo(folder / "answers.json")


@case("refused", "folder")
def submission_is_a_link(folder, world):
    elsewhere = world.strong.with_name("elsewhere")
    elsewhere.mkdir(exist_ok=True)
    put(elsewhere, world.strong.read_bytes())
    folder.rmdir()
    folder.symlink_to(elsewhere, target_is_directory=True)


@case("refused", "folder")
def submission_is_a_file(folder, world):
    folder.rmdir()
    folder.write_bytes(world.strong.read_bytes())


@case("read")
def script_in_a_reply(folder, world):
    put(folder, reply(world, "<script>alert('met')</script><img src=x onerror=alert(1)></td></table>"))


@case("read")
def markup_for_templates(folder, world):
    put(folder, reply(world, "{{ 7*7 }} {% raw %} ${7*7} $$x$$ [x](javascript:alert(1)) ```\n</pre>"))


@case("read", "cannot be shown")
def escapes_and_nulls(folder, world):
    put(folder, reply(world, "\x1b[31mred\x1b]0;owned\x07 \x00 \x08\x08\x08 \x9b31m"))


@case("read", "cannot be shown")
def half_a_pair(folder, world):
    put(
        folder,
        b'{"schema": "answers/1", "assignment": "interview", "form": "%s", '
        b'"answers": {"replies": {"r1": "\\ud800 half \\udfff"}}}' % world.form.encode(),
    )


@case("read", "cannot be shown")
def text_that_runs_backwards(folder, world):
    put(folder, reply(world, "\u202eton era sdrow eseht\u202c \u2066x\u2069"))


@case("read")
def formulas(folder, world):
    rows = [{"person": "=1+1", "mine": "+cmd|' /C calc'!A0", "code": "@SUM(A1)"}]
    put(folder, world.answers({"session": rows, "replies": {"r1": '=HYPERLINK("http://x")', "r2": "-2+3"}}))


@case("refused", "another assignment")
def another_assignments_file(folder, world):
    put(folder, world.answers({}, assignment="plan"))


@case("read", "another version")
def wrong_form(folder, world):
    put(folder, world.answers({}, form="0" * 16))


@case("read", "does not ask")
def path_like_names(folder, world):
    odd = {
        "../../../source_material/vignettes/interviews/marcus-supervision-review/key.yaml": "x",
        "__class__": "x",
    }
    put(folder, world.answers({"coding": odd, "replies": {"__proto__": "x", "constructor": "x"}, "/etc": {}}))


@case("read")
def judgements_brought_along(folder, world):
    put(folder, world.answers({}))
    put(folder, json.dumps({"schema": "judgements/1", "judgements": [{"marks": 8}]}), "judgements.json")


@case("read", "cut at")
def one_endless_word(folder, world):
    put(folder, reply(world, "a" * 900_000))


@case("read")
def slow_for_regular_expressions(folder, world):
    put(folder, reply(world, ("a?" * 1999) + " " + '"' * 50))


@case("read")
def a_code_of_every_turn_at_once(folder, world):
    codes = ["open-question", "closed-question", "reflection"]
    put(folder, world.answers({"coding": {f"t{number:02}": ",".join(codes) for number in range(1, 40, 2)}}))


@case("read")
def only_invisible_characters(folder, world):
    put(
        folder,
        world.answers({"hearing": {"value-1": "\u200b\u200b \u00ad"}, "replies": {"r1": "\u2060" * 50}}),
    )


@case("read")
def thousands_of_other_files(folder, world):
    put(folder, world.answers({}))
    for number in range(3_000):
        put(folder, b"", f"<b>{number}</b>.txt".replace("/", "-"))


@case("read")
def time_and_secret_are_rubbish(folder, world):
    put(folder, world.answers({}))
    put(folder, b"\xff\xfe the day after tomorrow", "timestamp.txt")
    (folder / "submission_secret.txt").symlink_to(world.strong)

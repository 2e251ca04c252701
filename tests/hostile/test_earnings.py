"""What a script earns that is honest in part: exactly that part, and no trick makes more of it."""

import json
from collections import Counter

import pytest
from hostile_files import honest
from hostile_scripts import CASES, DATES, GATED, off_topic, uncode
from subjects import ASSIGNMENTS, subject

from engagekit.model import Answers
from engagekit.scoring import judge
from engagekit.scoring.words import words_of
from turns import in_turn


@pytest.fixture(params=ASSIGNMENTS)
def one(request):
    return subject(request.param)


def those_with(kind):
    """Return the assignments whose form has boxes of a kind."""
    return [name for name in ASSIGNMENTS if subject(name).has(kind)]


def earned(one, answers):
    """Return check to what it earns before anything is held."""
    found = judge(one.desk.assessment, Answers(assignment=one.id, answers=answers))
    return {judgement.check: judgement.marks or 0.0 for judgement in found}


def entry_checks(one):
    """Return the checks that count entries of a list."""
    lists = {section.id for section in one.form.sections if section.kind == "entries"}
    return [check for check in one.scheme.checks if check.kind in GATED and check.section in lists]


def test_a_good_entry_repeated_counts_once(one):
    """Filling every row with the same good entry earns what the one entry earns."""
    again = earned(one, CASES["one-good-entry-again-and-again"].make(one))
    for check in entry_checks(one):
        assert again[check.id] == round(check.points / check.count, 2), check.id


def test_a_good_entry_among_thousands_counts_once(one):
    """One honest entry and 9,999 others earn what the one entry earns."""
    answers = CASES["one-good-entry-before-many-bad-ones"].make(one)
    name = next(iter(answers))
    alone = earned(one, {name: answers[name][:1]})
    section = one.form.section(name)
    cut = {name: answers[name][: section.max_rows]}
    assert earned(one, cut) == alone
    for check in entry_checks(one):
        expected = round(check.points / check.count, 2) if check.section == name else 0.0
        assert alone[check.id] == expected


def test_the_same_words_in_two_entries_are_no_evidence_for_both(one):
    """One passage as the quotation of every entry, with every choice right, bears out one of them at most."""
    for text in one.passages.values():
        quoted = " ".join(text.split()[:30])
        answers = uncode(
            one, one.change(honest(one), quote=lambda slot, q=quoted: None if slot.out_of else q)
        )
        found = earned(one, answers)
        for check in entry_checks(one):
            assert found[check.id] <= round(check.points / check.count, 2) + 0.01, (check.id, text)


@pytest.mark.slow
def test_a_guess_all_along_the_line_earns_next_to_nothing(one):
    """A passage in all quotation boxes, the options in turn and idle prose: hardly a mark on average."""
    marks = []
    for text in one.passages.values():
        quoted = " ".join(text.split()[:30])
        answers = one.fill(
            words=off_topic,
            quote=quoted,
            code=lambda slot: slot.options[0],
            date="2026-12-01",
            choice=lambda slot: slot.options[slot.row % len(slot.options)],
        )
        marks.append(sum(earned(one, answers).values()))
    assert sum(marks) / len(marks) < one.machine / 15
    assert max(marks) < one.machine / 4


@pytest.mark.slow
def test_a_wide_window_earns_no_more_than_what_it_is_mostly_made_of(one):
    """Forty words that run over several passages show one thing at most, and not each thing they touch."""
    for paper in one.papers:
        words = paper.split()
        for start in range(0, len(words) - 39, 13):
            window = " ".join(words[start : start + 40])
            answers = one.change(honest(one), quote=lambda slot, q=window: None if slot.out_of else q)
            found = earned(one, uncode(one, answers))
            for check in entry_checks(one):
                assert found[check.id] <= round(check.points / check.count, 2) + 0.01, (check.id, window)


@pytest.mark.slow
def test_common_words_earn_next_to_nothing(one):
    """The three words that stand in the most places, in all quotation boxes, bear out one entry at most."""
    threes = Counter(
        " ".join(words[at : at + 3])
        for words in (text.split() for text in one.passages.values())
        for at in range(len(words) - 2)
    )
    for words, _ in threes.most_common(40):
        answers = uncode(one, one.change(honest(one), quote=lambda slot, q=words: None if slot.out_of else q))
        found = earned(one, answers)
        for check in entry_checks(one):
            assert found[check.id] <= round(check.points / check.count, 2) + 0.01, (check.id, words)


def test_no_choice_earns_by_itself(one):
    """Every kind of entry that counts has to be shown by a quotation out of the case."""
    for check in one.scheme.checks:
        for about, accepted in getattr(check, "accept", {}).items() if check.kind in GATED else ():
            assert accepted.quotes, (check.id, about)
            assert all(accepted.quotes.values()), (check.id, about)


@pytest.mark.parametrize(("one", "name"), in_turn(DATES, those_with("date")), indirect=["one"])
def test_a_day_that_never_was_is_no_day(one, name):
    """All right but the dates: what has to have a date earns none of what the date is worth."""
    dated = earned(one, uncode(one, one.change(honest(one), date=DATES[name])))
    right = earned(one, uncode(one, honest(one)))
    for check in one.scheme.checks:
        days = (
            any(accepted.dates for accepted in getattr(check, "accept", {}).values())
            if check.kind in GATED
            else False
        )
        if check.kind == "fields" and days:
            assert dated[check.id] == 0.0
        elif days or check.kind == "goal":
            assert dated[check.id] < right[check.id]
        else:
            assert dated[check.id] == right[check.id]


def linked(one):
    """Return the links check and the sections and fields that its links lead to."""
    checks = {check.id: check for check in one.scheme.checks}
    for check in one.scheme.checks:
        if check.kind == "links":
            return check, [(follow.field, checks[follow.check]) for follow in check.follow]
    raise AssertionError("links that no check is about")


@pytest.mark.parametrize("one", those_with("link"), indirect=True)
def test_links_to_nothing_add_nothing(one):
    """One thing that the case bears out, linked again and again beside links to nothing, counts once."""
    check, ways = linked(one)
    field, leads = ways[0]
    good = honest(one)
    first = good[leads.section][0]
    row = {name: words for name, words in good[check.section][0].items() if name not in dict(ways)}
    for rubbish in ("x", "", "__proto__", " "):
        rows = [
            {**row, field: first[leads.by], **{name: f"{rubbish}{number}" for name, _ in ways[1:]}}
            for number in range(check.count)
        ]
        found = earned(one, {leads.section: [first], check.section: rows})
        once = earned(one, {leads.section: [first], check.section: rows[:1]})
        assert found[check.id] == once[check.id] == round(check.points / check.count / len(ways), 2)


@pytest.mark.parametrize("one", those_with("link"), indirect=True)
def test_one_of_each_in_many_rows_counts_once(one):
    """One good entry in each list, linked in every combination, earns what one whole entry earns.

    Without the whole one, a second row counts for the one link that it adds, and a third adds none.
    """
    check, ways = linked(one)
    good = honest(one)
    lists = {leads.section: [good[leads.section][0]] for _, leads in ways}
    whole = {field: lists[leads.section][0][leads.by] for field, leads in ways}
    row = {name: words for name, words in good[check.section][0].items() if name not in whole}
    rows = [{**row, **{name: link for name, link in whole.items() if name != left}} for left in whole]
    once = earned(one, {**lists, check.section: [{**row, **whole}]})
    assert once[check.id] == round(check.points / check.count, 2)
    assert earned(one, {**lists, check.section: [{**row, **whole}, *rows]})[check.id] == once[check.id]
    in_parts = earned(one, {**lists, check.section: rows})[check.id]
    assert in_parts <= round(once[check.id] * (2 * len(ways) - 2) / len(ways), 2)


@pytest.mark.parametrize("one", those_with("link"), indirect=True)
def test_a_link_to_a_wrong_entry_earns_nothing(one):
    """Entries that links lead to are there, and are not borne out: the links earn nothing."""
    check, _ = linked(one)
    wrong = one.change(honest(one), quote=lambda slot: None if slot.out_of else one.wrong_quote(slot))
    assert earned(one, wrong)[check.id] == 0.0
    goals = [each.id for each in one.scheme.checks if each.kind == "goal"]
    assert {name: earned(one, wrong)[name] for name in goals} == dict.fromkeys(goals, 0.0)


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\U000e0061", "\U000e0101"])
def test_an_honest_quotation_may_hold_what_nobody_sees(one, mark):
    """Invisible characters, as a copy from a page may bring along, cost an honest learner nothing."""
    marked = one.map(honest(one), "quote", lambda words: words[:4] + mark + words[4:])
    assert earned(one, marked) == earned(one, honest(one))


@pytest.mark.parametrize(
    "change",
    [
        lambda words: f"  {words}\n",
        lambda words: f"\u201c{words}\u201d",
        lambda words: words.replace(" ", "\u00a0"),
        lambda words: words.replace("'", "\u2019"),
        lambda words: f"\u2026{words}\u2026",
    ],
    ids=["spaces", "quotation-marks", "hard-spaces", "apostrophes", "dots"],
)
def test_an_honest_quotation_may_be_set_differently(one, change):
    """White space, quotation marks and dots around it are forgiven."""
    assert earned(one, one.map(honest(one), "quote", change)) == earned(one, honest(one))


def test_blank_boxes_cost_what_they_are_worth_and_no_more(one):
    """Leaving out one section takes its own marks, and those that rest on it, and adds none."""
    whole = earned(one, honest(one))
    for name in honest(one):
        rest = {section: value for section, value in honest(one).items() if section != name}
        found = earned(one, rest)
        assert all(found[check] <= whole[check] for check in whole)
        assert all(found[check.id] == 0 for check in one.scheme.checks if check.section == name)


def test_adding_an_answer_never_costs_a_mark(one):
    """Beside full marks, more rows of rubbish take nothing away: a learner may always try."""
    good = json.loads(json.dumps(honest(one)))
    whole = earned(one, good)
    for section in one.form.sections:
        if section.kind == "entries":
            rows = good[section.id]
            rows += [dict.fromkeys(rows[0], "rubbish")] * (section.max_rows - len(rows))
    assert earned(one, good) == whole


def test_two_good_entries_about_the_same_count_once(one):
    """Another passage that fits, and other words, make no second need, strength or service of it."""
    for check in entry_checks(one):
        row = honest(one)[check.section][0]
        accepted = check.accept[row[check.by]].quotes
        rows = []
        for number in range(min(len(places) for places in accepted.values())):
            quoted = {name: one.passages[places[number]] for name, places in accepted.items()}
            fresh = one.own_words({check.section: [row]}, f"row {number}")[check.section][0]
            rows.append({**fresh, **{name: " ".join(text.split()[:30]) for name, text in quoted.items()}})
        found = earned(one, {check.section: rows[: one.form.section(check.section).max_rows]})
        assert found[check.id] <= round(check.points / check.count, 2), check.id


def test_other_choices_have_to_be_the_options_as_they_are(one):
    """Where an entry is about something that counts, its other choices count only as the form saved them."""
    good = honest(one)
    whole = earned(one, good)
    about = {(check.section, check.by) for check in one.scheme.checks if check.kind in GATED}
    for bent in (
        str.upper,
        lambda value: f"{value}\u200b",
        lambda value: f"{value},{value}",
        lambda value: "0",
    ):
        answers = one.change(
            good,
            choice=lambda slot, bent=bent: (
                one.get(good, slot) if (slot.section, slot.field) in about else bent(one.get(good, slot))
            ),
        )
        found = earned(one, answers)
        for check in one.scheme.checks:
            asked = check.kind == "goal"
            if check.kind in GATED:
                asked = any(accepted.choices for accepted in check.accept.values())
            if asked:
                assert found[check.id] < whole[check.id], check.id
            else:
                assert found[check.id] == whole[check.id], check.id


def longest(one, slot):
    """Return the most words that a box takes as a quotation."""
    field = one.desk.assessment.fields.get(slot.section, {}).get(slot.field)
    return field.max_words if field else 40


def test_no_more_words_than_the_form_allows(one):
    """A whole long turn or passage is no quotation, though what was asked for stands in it."""
    long = {name: text for name, text in one.passages.items() if len(words_of(text)) > 40}
    for name, text in long.items():
        answers = one.change(
            honest(one),
            quote=lambda slot, name=name, text=text: (
                text if not slot.out_of and longest(one, slot) == 40 else None
            ),
        )
        quotes = [check.id for check in one.scheme.checks if check.kind in ("quote", *GATED)]
        found = earned(one, answers)
        assert {check: found[check] for check in quotes if found[check]} == {}

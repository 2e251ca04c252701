"""What keeps own words from counting: each reason by itself, and honest words that none of them catches."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from casefile import an_assessment

from engagekit.scoring.gates import doubts

BRIEF = "Write down what you would put into the plan, and say which paper shows it to you."
EXEMPLAR = "He is about to lose the only bed he has, and everything else hangs on that."
ASSESSMENT = an_assessment(exemplars=(BRIEF, EXEMPLAR))


def told(text: str, least: int = 3, others: tuple[str, ...] = ()) -> list[str]:
    """Return the doubts about a text, in words."""
    return [one.text for one in doubts(ASSESSMENT, text, least, others)]


@pytest.mark.parametrize(
    "text",
    [
        "He will have nowhere to sleep at the weekend.",
        "No bed from Friday on.",
        "Rang council, left message, no answer yet, trying tomorrow morning.",
        "I asked an open question and then gave a reflection, and he went quiet.",
        "I used an open question and then a reflection.",
        "I never used open questions, I just told him what to do.",
        "Zoë said the café would take him on; he’s over the moon — truly.",
        "I don't know, and I'd rather say so than make it up.",
        "His Mum's cooking is the strength here: she won't have him at the table drunk.",
        "Żaneta from the clinic rang and said that she can see him on Monday.",
    ],
)
def test_honest_words_raise_no_doubt(text: str) -> None:
    """Short notes, plain talk, names with accents and honest claims go through."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Nothing was written."),
        (" \u200b … ", "Nothing was written."),
        ("Housing", "Only 1 word. Write at least 3."),
        ("need need need need", "The same word again and again."),
        ("he needs a bed " * 6, "The same words again and again."),
        ("Since the depot closed he drinks most evenings", "Nearly a copy of the case"),
        ("Si\u200bnce the dep\u00adot closed he drinks most evenings", "Nearly a copy of the case"),
        ("say which paper shows it to you please", "Nearly a copy of the case"),
        ("he is about to lose the only bed", "Nearly a copy of the case"),
        ("open questions, reflections, affirmations, summaries", "Names skills"),
        ("smart specific measurable achievable relevant goals and needs", "Names skills"),
        ("sofa Friday depot evenings mother Sundays letter November", "Reads as a list of words"),
        ("He n\u0435eds a bed by the weekend", "Letters of another alphabet"),
        ("He needs \u03bfne before the weekend", "Letters of another alphabet"),
        ("Ему негде жить после пятницы и он пьёт", "does not look like English"),
        ("Mae angen rhywle i fyw ar ôl dydd Gwener ac nid oes ganddo arian", "does not look like English"),
        ("Il n'a pas de logement après vendredi et il est seul dans la ville", "does not look like English"),
        ("Er hat nach Freitag keine Wohnung und das ist für ihn nicht leicht", "does not look like English"),
        ("Nie ma gdzie mieszkać po piątku i to jest dla niego bardzo trudne", "does not look like English"),
        ("qwe rty uio asd fgh jkl zxc vbn mnb", "does not look like English"),
        ("𝐇𝐞 𝐰𝐢𝐥𝐥 𝐥𝐨𝐬𝐞 𝐭𝐡𝐞 𝐨𝐧𝐥𝐲 𝐛𝐞𝐝 𝐡𝐞 𝐡𝐚𝐬", "does not look like English"),
    ],
)  # fmt: skip
def test_each_gate_says_why(text: str, reason: str) -> None:
    """Blank, thin, copied, stuffed, disguised and foreign words each get a plain sentence."""
    assert any(reason in one for one in told(text)), told(text)


def test_only_another_language_asks_for_a_person() -> None:
    """Everything else fails the gate; a language that nobody here reads is not a fault."""
    asking = [one.asks for one in doubts(ASSESSMENT, "Ему негде жить после пятницы и он пьёт")]
    assert asking == [True]
    assert not any(one.asks for text in ("", "Housing", "a a a a") for one in doubts(ASSESSMENT, text))


def test_a_few_words_of_the_case_may_be_a_name() -> None:
    """Where few words are asked for, six of them may stand in the case; where more are, they may not."""
    assert told("on Sundays he cooks for") == []
    assert "Nearly a copy of the case, the brief or an exemplar." in told("on Sundays he cooks for", least=5)


def test_the_same_words_as_another_answer_are_noticed() -> None:
    """Also with a word changed; a few short words may well come twice."""
    first = "He told me on Monday that there is no bed for him after Friday and he is worried."
    assert told(first, others=(first.upper(),)) == ["The same words as another answer."]
    assert told(first.replace("worried", "afraid"), others=(first,)) == ["The same words as another answer."]
    assert told(first, others=("He has a bed.",)) == []
    assert told("I rang them", others=("I rang them",)) == []

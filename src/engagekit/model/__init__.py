"""The domain in frozen types. No files, clock or randomness here."""

from engagekit.model.agreement import Agreement, CodeAgreement, Confusion, NextStep
from engagekit.model.answers import MAX_TEXT, Answers, Learner, Script, TurnRow
from engagekit.model.base import Frozen, content_hash
from engagekit.model.course import Course
from engagekit.model.forms import (
    CodingSection,
    Form,
    QuotesSection,
    RepliesSection,
    Section,
    TurnsSection,
)
from engagekit.model.judgements import Evidence, Judgement, Outcome
from engagekit.model.marking import (
    Check,
    CodingCheck,
    MarkingScheme,
    PersonCheck,
    QuoteCheck,
    ReplyCheck,
)
from engagekit.model.problems import Problem
from engagekit.model.schemes import Code, CodingScheme, DecisionRule
from engagekit.model.sources import (
    Figure,
    FigureRegister,
    FigureValue,
    ItemRegister,
    Source,
    SourceItem,
    SourceRegister,
    first_and_last,
)
from engagekit.model.themes import LearningOutcome, Theme
from engagekit.model.vignettes import KeyTurn, ReferenceCoding, Utterance, Vignette

__all__ = [
    "MAX_TEXT",
    "Agreement",
    "Answers",
    "Check",
    "Code",
    "CodeAgreement",
    "CodingCheck",
    "CodingScheme",
    "CodingSection",
    "Confusion",
    "Course",
    "DecisionRule",
    "Evidence",
    "Figure",
    "FigureRegister",
    "FigureValue",
    "Form",
    "Frozen",
    "ItemRegister",
    "Judgement",
    "KeyTurn",
    "Learner",
    "LearningOutcome",
    "MarkingScheme",
    "NextStep",
    "Outcome",
    "PersonCheck",
    "Problem",
    "QuoteCheck",
    "QuotesSection",
    "ReferenceCoding",
    "RepliesSection",
    "ReplyCheck",
    "Script",
    "Section",
    "Source",
    "SourceItem",
    "SourceRegister",
    "Theme",
    "TurnRow",
    "TurnsSection",
    "Utterance",
    "Vignette",
    "content_hash",
    "first_and_last",
]

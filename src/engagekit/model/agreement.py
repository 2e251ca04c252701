"""How far two codings of the same turns agree."""

from __future__ import annotations

from pydantic import Field

from engagekit.model.base import Frozen


class CodeAgreement(Frozen):
    """One code: how often the reference gave it, the learner gave it, and both did."""

    code: str
    reference: int = Field(ge=0)
    learner: int = Field(ge=0)
    agreed: int = Field(ge=0)


class Confusion(Frozen):
    """How often the learner gave one code where the reference has another (or the same)."""

    reference: str
    learner: str
    count: int = Field(ge=1)


class NextStep(Frozen):
    """A code to practise: how often it was mistaken, and for what most often."""

    code: str
    confused_with: str
    count: int = Field(ge=1)


class Agreement(Frozen):
    """The comparison of a learner's coding with the reference.

    ``percent`` is a share in [0, 1] and None when nothing was compared; ``kappa`` is in [-1, 1] and None
    when there is not enough variety to say.
    """

    compared: int = Field(ge=0)
    agreed: int = Field(ge=0)
    missing: tuple[str, ...] = ()
    percent: float | None
    kappa: float | None
    per_code: tuple[CodeAgreement, ...] = ()
    confusion: tuple[Confusion, ...] = ()
    next: tuple[NextStep, ...] = ()

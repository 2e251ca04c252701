"""The whole course as one frozen value: the only thing that anything downstream sees."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from engagekit.model.answers import Script
from engagekit.model.base import Frozen
from engagekit.model.faults import Fault
from engagekit.model.forms import Form
from engagekit.model.keys import Key, ReferenceCoding, SecondReading
from engagekit.model.marking import MarkingScheme
from engagekit.model.schemes import CodingScheme
from engagekit.model.sources import Figure, FigureRegister, ItemRegister, Source, SourceItem
from engagekit.model.themes import Theme
from engagekit.model.vignettes import Interview, Vignette


class Course(Frozen):
    """Everything the content files say, by id.

    ``marking``, ``exemplars``, ``cohort`` and assessment keys are empty in a learner bundle.
    """

    sources: dict[str, Source] = Field(default_factory=dict)
    registers: dict[str, ItemRegister] = Field(default_factory=dict)
    figure_registers: dict[str, FigureRegister] = Field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    themes: dict[str, Theme] = Field(default_factory=dict)
    schemes: dict[str, CodingScheme] = Field(default_factory=dict)
    vignettes: dict[str, Vignette] = Field(default_factory=dict)
    keys: dict[str, Key] = Field(default_factory=dict)
    readings: dict[str, SecondReading] = Field(default_factory=dict)
    forms: dict[str, Form] = Field(default_factory=dict)
    marking: dict[str, MarkingScheme] = Field(default_factory=dict)
    exemplars: dict[str, tuple[Script, ...]] = Field(default_factory=dict)
    cohort: dict[str, tuple[Script, ...]] = Field(default_factory=dict)

    def items(self) -> Iterator[SourceItem]:
        """Give every located item of every source, register by register."""
        for register in self.registers.values():
            yield from register.items

    def figures(self) -> Iterator[Figure]:
        """Give every figure of every source."""
        for register in self.figure_registers.values():
            yield from register.figures

    def interview(self, vignette_id: str) -> Interview:
        """Return an interview by id; ``KeyError`` when there is none of that name."""
        found = self.vignettes.get(vignette_id)
        if not isinstance(found, Interview):
            raise KeyError(vignette_id)
        return found

    def interview_key(self, vignette_id: str) -> ReferenceCoding:
        """Return the key of an interview; ``KeyError`` when there is none, as in a learner bundle."""
        found = self.keys.get(vignette_id)
        if not isinstance(found, ReferenceCoding):
            raise KeyError(vignette_id)
        return found

    def item(self, item_id: str) -> SourceItem:
        """Return an item by id; ``KeyError`` when no register has it."""
        for item in self.items():
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def figure(self, figure_id: str) -> Figure:
        """Return a figure by id; ``KeyError`` when no register has it."""
        for figure in self.figures():
            if figure.id == figure_id:
                return figure
        raise KeyError(figure_id)

    def source_of(self, item_id: str) -> Source:
        """Return the source that holds an item; ``KeyError`` when none does."""
        for source_id, register in self.registers.items():
            if any(item.id == item_id for item in register.items):
                return self.sources[source_id]
        raise KeyError(item_id)

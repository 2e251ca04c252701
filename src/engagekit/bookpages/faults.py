"""The faults of the sources: a list with an anchor each, and some of them to find for oneself."""

from __future__ import annotations

from docutils import nodes

from engagekit.bookpages.citations import cite, link, to_page
from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.pieces import definition, definitions, folded, paragraph, section, separated, strong
from engagekit.model import Fault, FindTheFault

GLOSSARY = "book/glossary"
KIND_WORDS = {
    "error": "a mistake",
    "tension": "at odds",
    "misattribution": "wrongly credited",
    "dated": "out of date",
    "unverified": "claimed and not shown",
    "unclear": "left unclear",
    "misprint": "printed wrongly",
    "easily-misread": "easy to misread",
}
HANDLING_WORDS = {
    "caution-in-register": "a caution stands with the entry",
    "exercise": "to find for yourself, above",
    "not-used": "we do not use it",
}


class Faults(CourseDirective):
    """``{faults} [exercises]``: every fault by source; or those that a reader can look for."""

    required_arguments = 0
    optional_arguments = 1
    kinds = ("faults", "sources", "items", "themes")

    def build(self) -> list[nodes.Node]:
        """Return a section for each source that has faults, or the exercises."""
        if self.arguments:
            self.known("part", ["exercises"])
            chosen = [(fault, fault.exercise) for fault in self.course.faults if fault.exercise]
            return [self._exercise(number, *each) for number, each in enumerate(chosen, start=1)]
        found: list[nodes.Node] = []
        for source in self.course.sources.values():
            faults = [fault for fault in self.course.faults if fault.source == source.id]
            if faults:
                entries = definitions([self._entry(fault) for fault in faults], classes=["ek-faults"])
                found.append(section(source.title, f"faults-{source.id}", [entries]))
        return found

    def _entry(self, fault: Fault) -> nodes.definition_list_item:
        self.env.domains["std"].anonlabels[fault.id] = (self.env.docname, fault.id)
        kind = nodes.inline("", f" ({KIND_WORDS[fault.kind]})", classes=["ek-entry-number"])
        body: list[nodes.Node] = [
            self.prose(fault.what),
            self.prose(fault.instead, strong("Instead."), " "),
            paragraph(*self._places(fault), classes=["ek-themes"]),
            paragraph(*self._handled(fault), classes=["ek-themes"]),
        ]
        return definition([fault.title, kind], body, target=fault.id)

    def _places(self, fault: Fault) -> list[str | nodes.Node]:
        if not fault.where:
            return ["Where: on the cover"]
        return ["Where: ", *separated([cite(self.course, name, self.env.docname) for name in fault.where])]

    def _handled(self, fault: Fault) -> list[str | nodes.Node]:
        parts: list[str | nodes.Node] = []
        if "caution-in-register" in fault.handled:
            parts.append(HANDLING_WORDS["caution-in-register"])
        if "chapter" in fault.handled:
            parts += [self._chapter(name) for name in fault.chapters]
        if "glossary" in fault.handled:
            parts.append(to_page(self.env, GLOSSARY, "the glossary"))
        parts += [HANDLING_WORDS[way] for way in ("exercise", "not-used") if way in fault.handled]
        return ["How we handle it: ", *separated(parts)]

    def _chapter(self, name: str) -> str | nodes.Node:
        theme = self.course.themes[name]
        words = f"the chapter “{theme.title}”"
        return to_page(self.env, theme.page.removesuffix(".md"), words) if theme.page else words

    def _exercise(self, number: int, fault: Fault, exercise: FindTheFault) -> nodes.Element:
        answer = [
            self.prose(exercise.answer),
            paragraph("In the list: ", link(fault.title, fault.id, self.env.docname)),
        ]
        claim = paragraph(strong(f"Claim {number}."), " ", exercise.claim)
        fold = folded(f"What is wrong with claim {number}?", answer)
        return nodes.container("", claim, fold, classes=["ek-find"])

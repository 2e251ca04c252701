"""A coding scheme as a page: the codes with their limits, and the rules for choosing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docutils import nodes

from engagekit.bookpages.citations import cite
from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.pieces import (
    bullets,
    definition,
    definitions,
    folded,
    paragraph,
    section,
    separated,
    strong,
)
from engagekit.model import Code, CodingScheme


class Scheme(CourseDirective):
    """``{scheme} <scheme>``: the codebook. Its groups and its rules become sections of the page."""

    kinds = ("schemes", "items")

    def prose(self, text: str, *before: str | nodes.Node, classes: Sequence[str] = ()) -> nodes.paragraph:
        """Return a paragraph in which a rule that is named by its id is a link to that rule."""
        node = super().prose(text, *before, classes=classes)
        rules = {rule.id for rule in self.course.schemes[self.arguments[0]].rules}
        for leaf in list(node.findall(nodes.Text)):
            parts = re.split(r"\b([a-z]+(?:-[a-z]+)+)\b", str(leaf))
            if rules.intersection(parts):
                leaf.parent.replace(
                    leaf, [self._rule(part) if part in rules else nodes.Text(part) for part in parts]
                )
        return node

    def _rule(self, rule_id: str) -> nodes.reference:
        target = f"rule-{self.arguments[0]}-{rule_id}"
        return nodes.reference("", rule_words(rule_id), internal=True, refid=target)

    def build(self) -> list[nodes.Node]:
        """Return what is coded, the codes by group, and the rules."""
        scheme = self.course.schemes[self.known("scheme", self.course.schemes)]
        found: list[nodes.Node] = [
            self.prose(scheme.summary),
            paragraph(strong("What is coded."), " ", scheme.unit),
        ]
        if scheme.areas:
            titles = "; ".join(area.title.lower() for area in scheme.areas)
            found.append(paragraph(strong("The areas."), f" {titles.capitalize()}."))
        found += [self._codes(scheme, title, codes) for title, codes in grouped(scheme)]
        if scheme.rules:
            rules = [
                definition(
                    [rule_words(rule.id)],
                    [self.prose(rule.text), self.prose(rule.source, classes=["ek-rule-source"])],
                    target=f"rule-{scheme.id}-{rule.id}",
                )
                for rule in scheme.rules
            ]
            title = "Rules for choosing"
            found.append(
                section(title, f"scheme-{scheme.id}-rules", [definitions(rules, classes=["ek-rules"])])
            )
        return found

    def _codes(self, scheme: CodingScheme, title: str, codes: Iterable[Code]) -> nodes.section:
        entries = [self._code(scheme, code) for code in codes]
        target = f"scheme-{scheme.id}-" + title.lower().replace(" ", "-")
        return section(title, target, [definitions(entries, classes=["ek-codes"])])

    def _code(self, scheme: CodingScheme, code: Code) -> nodes.definition_list_item:
        term: list[str | nodes.Node] = [code.label]
        if code.letter:
            mark = f" ({code.letter} in OARS)"
            term.append(nodes.inline(mark, mark, classes=["ek-letter"]))
        body: list[nodes.Node] = [paragraph(code.definition)]
        for name, told in (
            ("Present", code.present),
            ("Absent", code.absent),
            ("Ambiguous", code.ambiguous),
        ):
            if told:
                body.append(self.prose(told, strong(f"{name}."), " "))
        body += self._under("Use it when", code.use_when)
        body += self._under("Not when", code.not_when)
        body += self._under("Examples", code.examples, classes=["ek-said"])
        if code.near_misses:
            lines = [paragraph(miss.text, " ", _other(scheme, miss.code)) for miss in code.near_misses]
            body += [paragraph(strong("Near misses")), bullets(lines, classes=["ek-said"])]
        behind: list[nodes.Node] = []
        if code.maps_to:
            behind.append(self.prose(code.maps_to, strong("In other manuals."), " "))
        if code.evidence:
            behind.append(self.prose(code.evidence, strong("How reliable."), " "))
        if code.items:
            cited = separated(cite(self.course, item, self.env.docname) for item in code.items)
            behind.append(paragraph(strong("Read."), " ", *cited))
        if behind:
            body.append(folded(f"Behind the code: {code.label.lower()}", behind))
        return definition(term, body, target=f"code-{scheme.id}-{code.id}")

    def _under(self, title: str, lines: Sequence[str], classes: Sequence[str] = ()) -> list[nodes.Node]:
        return [paragraph(strong(title)), self.listed(lines, classes)] if lines else []


def grouped(scheme: CodingScheme) -> list[tuple[str, list[Code]]]:
    """Return the codes by group, in order; all of them under one heading where there are no groups."""
    named = [
        (group.title, [code for code in scheme.codes if code.group == group.id]) for group in scheme.groups
    ]
    known = {group.id for group in scheme.groups}
    loose = [code for code in scheme.codes if code.group not in known]
    return [
        (title, codes)
        for title, codes in [*named, ("The codes" if not named else "More codes", loose)]
        if codes
    ]


def rule_words(rule_id: str) -> str:
    """Return a rule's id as words: ``last-act-counts`` becomes ``Last act counts``."""
    return rule_id.replace("-", " ").capitalize()


def _other(scheme: CodingScheme, code_id: str) -> nodes.inline:
    words = f"({scheme.code(code_id).label.lower()})"
    return nodes.inline(words, words, classes=["ek-instead"])

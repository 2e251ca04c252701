"""Rules across files. Each is a small function; ``RULES`` is the whole list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engagekit.content.load import KINDS, Library
from engagekit.content.rules_coverage import COVERAGE_RULES
from engagekit.content.rules_faults import FAULT_RULES
from engagekit.content.rules_marking import MARKING_RULES
from engagekit.content.rules_vignettes import VIGNETTE_RULES
from engagekit.content.unknown import unknown
from engagekit.content.validate import nearest
from engagekit.model import Problem

Rule = Callable[[Library], Iterator[Problem]]
SOURCES = "source_material/sources.yaml"


def check_rules(library: Library) -> list[Problem]:
    """Return every problem that shows only when files are seen together."""
    return [problem for rule in RULES for problem in rule(library)]


def registers_name_sources(library: Library) -> Iterator[Problem]:
    """A register belongs to a source that ``sources.yaml`` lists."""
    known = library.course.sources
    missing = ("sources", "sources") not in library.documents and not library.problems_in(SOURCES)
    if missing and library.files:
        message = "the register of sources is missing"
        yield Problem(SOURCES, 0, 0, message, "every course needs it; restore it or write it again")
    for kind, shelf in (("items", library.course.registers), ("figures", library.course.figure_registers)):
        for name in shelf:
            if known and name not in known:
                yield library.problem(kind, name, ("source",), f'no source "{name}"', nearest(name, known))


def files_are_read(library: Library) -> Iterator[Problem]:
    """No file is passed over because its name ends in .yml or it lies in a folder that nobody reads."""
    read = {path for kind in KINDS for path in library.root.glob(kind.glob)}
    for folder in ("source_material", "assignments"):
        for pattern in ("**/*.yaml", "**/*.yml"):
            for path in sorted((library.root / folder).glob(pattern)):
                if path not in read and ".ipynb_checkpoints" not in path.parts:
                    hint = "name it .yaml" if path.suffix == ".yml" else "move it to where such files belong"
                    name = path.relative_to(library.root).as_posix()
                    yield Problem(name, 0, 0, "this file is not read", hint)


def ids_are_unique(library: Library) -> Iterator[Problem]:
    """No two items, no two figures and no two learning outcomes share an id."""
    seen: dict[str, str] = {}
    for source, register in library.course.registers.items():
        for index, item in enumerate(register.items):
            yield from _once(library, seen, item.id, "items", source, ("items", index, "id"))
    seen = {}
    for source, figures in library.course.figure_registers.items():
        for index, figure in enumerate(figures.figures):
            yield from _once(library, seen, figure.id, "figures", source, ("figures", index, "id"))
    seen = {}
    for theme in library.course.themes.values():
        for index, outcome in enumerate(theme.outcomes):
            yield from _once(library, seen, outcome.id, "theme", theme.id, ("outcomes", index, "id"))


def _once(
    library: Library, seen: dict[str, str], value: str, kind: str, name: str, loc: tuple[str | int, ...]
) -> Iterator[Problem]:
    if value in seen:
        yield library.problem(kind, name, loc, f'the id "{value}" is used twice', f"first in {seen[value]}")
    else:
        seen[value] = library.documents[kind, name].path


def items_name_themes_and_points(library: Library) -> Iterator[Problem]:
    """Themes and marking points that an item names exist."""
    themes, points = library.there("theme", library.course.themes), _marking_points(library)
    for source, register in library.course.registers.items():
        for index, item in enumerate(register.items):
            here = ("items", index)
            yield from unknown(library, "items", source, (*here, "themes"), item.themes, themes, "theme")
            yield from unknown(
                library,
                "items",
                source,
                (*here, "marking_points"),
                item.marking_points,
                points,
                "marking point",
            )


def figures_name_items(library: Library) -> Iterator[Problem]:
    """A figure stands in an item of its own source."""
    for source, register in library.course.figure_registers.items():
        items = library.course.registers.get(source)
        if items is None:
            continue
        known = {item.id for item in items.items}
        for index, figure in enumerate(register.figures):
            yield from unknown(
                library, "figures", source, ("figures", index, "item"), [figure.item], known, "item"
            )


def themes_resolve(library: Library) -> Iterator[Problem]:
    """A theme's vignettes, marking points and page exist, and its number is its own."""
    numbers: dict[int, str] = {}
    for theme in library.course.themes.values():
        vignettes = library.vignettes_there()
        yield from unknown(library, "theme", theme.id, ("vignettes",), theme.vignettes, vignettes, "vignette")
        yield from unknown(
            library,
            "theme",
            theme.id,
            ("marking_points",),
            theme.marking_points,
            _marking_points(library),
            "marking point",
        )
        if theme.page and not (library.root / theme.page).is_file():
            yield library.problem(
                "theme",
                theme.id,
                ("page",),
                f"there is no page {theme.page}",
                "write it, or leave the field out",
            )
        if theme.number in numbers:
            yield library.problem(
                "theme", theme.id, ("number",), f"number {theme.number} is taken by {numbers[theme.number]}"
            )
        numbers[theme.number] = theme.id


def schemes_resolve(library: Library) -> Iterator[Problem]:
    """Codes are unique; the groups, codes and items that they name exist."""
    items = {item.id for item in library.course.items()}
    for scheme in library.course.schemes.values():
        codes = [code.id for code in scheme.codes]
        groups = {group.id for group in scheme.groups}
        for index, code in enumerate(scheme.codes):
            here = ("codes", index)
            if codes.index(code.id) != index:
                yield library.problem(
                    "scheme", scheme.id, (*here, "id"), f'the code "{code.id}" is given twice'
                )
            if code.group:
                yield from unknown(
                    library, "scheme", scheme.id, (*here, "group"), [code.group], groups, "group"
                )
            for number, miss in enumerate(code.near_misses):
                loc = (*here, "near_misses", number, "code")
                yield from unknown(library, "scheme", scheme.id, loc, [miss.code], codes, "code")
            if items:
                yield from unknown(library, "scheme", scheme.id, (*here, "items"), code.items, items, "item")
        rules = [rule.id for rule in scheme.rules]
        for index, rule in enumerate(scheme.rules):
            if rules.index(rule.id) != index:
                yield library.problem(
                    "scheme", scheme.id, ("rules", index, "id"), f'the rule "{rule.id}" is given twice'
                )


def _marking_points(library: Library) -> set[str]:
    return {item.id for item in library.course.items() if item.kind == "marking-point"}


RULES: tuple[Rule, ...] = (
    registers_name_sources,
    files_are_read,
    ids_are_unique,
    items_name_themes_and_points,
    figures_name_items,
    themes_resolve,
    schemes_resolve,
    *FAULT_RULES,
    *VIGNETTE_RULES,
    *MARKING_RULES,
    *COVERAGE_RULES,
)

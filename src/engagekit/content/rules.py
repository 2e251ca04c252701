"""Rules across files. Each is a small function; ``RULES`` is the whole list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from engagekit.content.load import KINDS, Library
from engagekit.content.rules_marking import MARKING_RULES
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
            yield from _unknown(library, "items", source, (*here, "themes"), item.themes, themes, "theme")
            yield from _unknown(
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
            yield from _unknown(
                library, "figures", source, ("figures", index, "item"), [figure.item], known, "item"
            )


def themes_resolve(library: Library) -> Iterator[Problem]:
    """A theme's vignettes, marking points and page exist, and its number is its own."""
    numbers: dict[int, str] = {}
    for theme in library.course.themes.values():
        vignettes = library.there("vignette", library.course.vignettes)
        yield from _unknown(
            library, "theme", theme.id, ("vignettes",), theme.vignettes, vignettes, "vignette"
        )
        yield from _unknown(
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
                yield from _unknown(
                    library, "scheme", scheme.id, (*here, "group"), [code.group], groups, "group"
                )
            for number, miss in enumerate(code.near_misses):
                loc = (*here, "near_misses", number, "code")
                yield from _unknown(library, "scheme", scheme.id, loc, [miss.code], codes, "code")
            if items:
                yield from _unknown(library, "scheme", scheme.id, (*here, "items"), code.items, items, "item")
        rules = [rule.id for rule in scheme.rules]
        for index, rule in enumerate(scheme.rules):
            if rules.index(rule.id) != index:
                yield library.problem(
                    "scheme", scheme.id, ("rules", index, "id"), f'the rule "{rule.id}" is given twice'
                )


def vignettes_are_in_order(library: Library) -> Iterator[Problem]:
    """A vignette's scheme exists and its turns are numbered t01, t02, ... without a gap."""
    for vignette in library.course.vignettes.values():
        schemes = library.there("scheme", library.course.schemes)
        yield from _unknown(
            library, "vignette", vignette.id, ("scheme",), [vignette.scheme], schemes, "scheme"
        )
        for index, turn in enumerate(vignette.utterances):
            wanted = f"t{index + 1:02d}"
            if turn.id != wanted:
                loc = ("utterances", index, "id")
                yield library.problem(
                    "vignette", vignette.id, loc, f'this turn is "{turn.id}"', f'it should be "{wanted}"'
                )
                break


def practice_has_a_key(library: Library) -> Iterator[Problem]:
    """Every vignette has a key. Assessment keys may be away, as they are in a learner bundle."""
    for vignette in library.course.vignettes.values():
        if vignette.id not in library.course.keys and ("key", vignette.id) not in library.documents:
            if vignette.use == "assessment" and not library.course.marking:
                continue
            path = f"source_material/vignettes/{vignette.id}/key.yaml"
            if not any(problem.path == path for problem in library.problems):
                yield library.problem(
                    "vignette", vignette.id, (), "this vignette has no key", f"write {path}"
                )


def keys_code_every_turn_once(library: Library) -> Iterator[Problem]:
    """A key codes every practitioner turn once, with codes and rules of the vignette's scheme."""
    for key in library.course.keys.values():
        vignette = library.course.vignettes.get(key.id)
        if vignette is None:
            continue
        scheme = library.course.schemes.get(vignette.scheme)
        wanted = [turn.id for turn in vignette.turns("practitioner")]
        seen: set[str] = set()
        for index, turn in enumerate(key.turns):
            here = ("turns", index)
            if turn.turn in seen:
                yield library.problem("key", key.id, (*here, "turn"), f'turn "{turn.turn}" is coded twice')
            elif turn.turn not in wanted:
                yield library.problem(
                    "key",
                    key.id,
                    (*here, "turn"),
                    f'"{turn.turn}" is not a practitioner turn',
                    nearest(turn.turn, wanted),
                )
            seen.add(turn.turn)
            if scheme:
                codes = [code.id for code in scheme.codes]
                yield from _unknown(library, "key", key.id, (*here, "code"), [turn.code], codes, "code")
                yield from _unknown(library, "key", key.id, (*here, "also"), turn.also, codes, "code")
                for code in turn.instead:
                    yield from _unknown(
                        library, "key", key.id, (*here, "instead", code), [code], codes, "code", key=True
                    )
                rules = [rule.id for rule in scheme.rules]
                if turn.rule:
                    yield from _unknown(library, "key", key.id, (*here, "rule"), [turn.rule], rules, "rule")
            if bool(turn.also) != bool(turn.discuss):
                missing = "discuss" if turn.also else "also"
                yield library.problem("key", key.id, here, f'a turn for discussion needs "{missing}" too')
            if turn.code in turn.also or turn.code in turn.instead:
                yield library.problem(
                    "key", key.id, (*here, "code"), f'"{turn.code}" cannot be its own alternative'
                )
        for turn_id in wanted:
            if turn_id not in seen:
                yield library.problem("key", key.id, ("turns",), f'turn "{turn_id}" is not coded')


def _marking_points(library: Library) -> set[str]:
    return {item.id for item in library.course.items() if item.kind == "marking-point"}


def _unknown(
    library: Library,
    kind: str,
    name: str,
    loc: tuple[str | int, ...],
    values: Iterable[str],
    known: Iterable[str],
    what: str,
    *,
    key: bool = False,
) -> Iterator[Problem]:
    valid = set(known)
    listed = not isinstance(values, list)
    for index, value in enumerate(values):
        if value not in valid:
            place = (*loc, index) if listed else loc
            yield library.problem(kind, name, place, f'no {what} "{value}"', nearest(value, valid), key=key)


RULES: tuple[Rule, ...] = (
    registers_name_sources,
    files_are_read,
    ids_are_unique,
    items_name_themes_and_points,
    figures_name_items,
    themes_resolve,
    schemes_resolve,
    vignettes_are_in_order,
    practice_has_a_key,
    keys_code_every_turn_once,
    *MARKING_RULES,
)

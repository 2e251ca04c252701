"""Who is who: learners by id, by the platform's number and by name. Nobody is ever guessed."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from engagekit.marking.collect_names import Sender
from engagekit.marking.intake import is_safe_id
from engagekit.marking.standings import Listed

MAX_BYTES = 5_000_000
_COLUMNS = {
    "learner": ("learner id", "learner_id", "student_id", "id number", "idnumber", "username", "sis user id",
                "sis login id"),
    "given": ("given", "given name", "given_name", "first name", "first_name", "firstname", "forename"),
    "family": ("family", "family name", "family_name", "last name", "last_name", "lastname", "surname"),
    "full": ("full name", "fullname", "name", "student", "user full name"),
    "email": ("email", "email address", "e-mail"),
    "number": ("lms_id", "lms id", "lms_user_id", "identifier", "participant", "canvas id", "moodle id"),
}  # fmt: skip
_CANVAS_ONLY = {"section", "sis user id", "sis login id"}


def plain_name(text: str) -> str:
    """Return a name in the form in which names are compared: letters and digits alone, in small letters."""
    small = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in unicodedata.normalize("NFC", small) if letter.isalnum())


def bare_name(text: str) -> str:
    """Return a name without its accents too: platforms and people leave them out."""
    apart = unicodedata.normalize("NFKD", text)
    return plain_name("".join(letter for letter in apart if not unicodedata.combining(letter)))


def _number(text: str) -> str:
    found = re.fullmatch(r"(?:Participant\s*)?0*([0-9]{1,20})(?:\.0)?", text.strip())
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Match:
    """Whose a file is; or, where ``id`` is empty, why that is not known."""

    id: str
    why: str


@dataclass(slots=True)
class Roster:
    """Everybody who may hand in."""

    people: dict[str, Listed] = field(default_factory=dict)
    _folded: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _numbers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _bare: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, people: Iterable[Listed]) -> Roster:
        """Make the indexes."""
        made = cls()
        for person in people:
            made.people[person.id] = person
            made._folded[person.id.casefold()].add(person.id)
            if person.number:
                made._numbers[person.number].add(person.id)
            for name in _orders(person):
                made._names[plain_name(name)].add(person.id)
                made._bare[bare_name(name)].add(person.id)
        return made

    def find(self, sender: Sender) -> Match:
        """Say whose a file is: by id, else by the platform's number, else by name."""
        by_name: set[str] = set()
        how = ""
        for name in sender.names:
            found, by = self._by_name(name, ids=sender.platform == "plain")
            by_name |= found
            how = by if found else how
        numbered = self._numbers.get(sender.number, set()) if sender.number else set()
        said = " or ".join(f"“{name}”" for name in sender.names) or f"number {sender.number}"
        if len(numbered) > 1:
            return Match("", f"the roster gives the number {sender.number} to {_some(numbered)}")
        if numbered:
            (one,) = numbered
            if sender.names and self.people[one].name and one not in by_name:
                return Match(
                    "", f"the number {sender.number} is {one}'s in the roster, and the name {said} is not"
                )
            return Match(one, "by the platform's number")
        if len(by_name) > 1:
            return Match("", f"{said} may be {_some(by_name)}: give their numbers in the roster")
        if by_name:
            return Match(by_name.pop(), how)
        if not (sender.names or sender.number):
            return Match(
                "",
                "neither its name nor a folder says whose it is: put it into a folder with the learner's id",
            )
        return Match(
            "",
            f"nobody in the gradebook or the roster is called {said}: name a table of learners with --roster",
        )

    def _by_name(self, name: str, *, ids: bool) -> tuple[set[str], str]:
        if ids and name in self.people:
            return {name}, ""
        if ids and len(found := self._folded.get(name.casefold(), set())) == 1:
            return set(found), "by the id, capital letters aside"
        if found := self._names.get(plain_name(name), set()):
            return set(found), "by name"
        return set(self._bare.get(bare_name(name), set())), "by name, accents aside"


def _some(ids: set[str]) -> str:
    shown = sorted(ids)
    return " or ".join(shown[:4]) + (f" or {len(shown) - 4} more" if len(shown) > 4 else "")


def _orders(person: Listed) -> set[str]:
    both = {person.given + " " + person.family, person.family + " " + person.given}
    return {name for name in both if plain_name(name)}


def read_roster(path: Path) -> list[Listed]:
    """Read a table of learners: ours, or one that Moodle or Canvas exported.

    A row without an id of its own has an empty one.

    Args:
        path: A CSV file in UTF-8, with or without a byte order mark.

    Raises:
        ValueError: It cannot be read, or no column tells who is who; the message says what to do.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValueError(f"{path}: larger than {MAX_BYTES:,} bytes, so this is not a roster")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8; save it as “CSV UTF-8” in the spreadsheet") from error
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise ValueError(f"{path}: this is not a table in CSV ({error})") from error
    if not table:
        raise ValueError(f"{path}: the file is empty; the first row must name the columns")
    columns = _columns(table[0], path)
    return [person for row in table[1:] if (person := _person(row, columns))]


def _columns(header: list[str], path: Path) -> dict[str, list[int]]:
    """Return what each column holds. ``ID`` is Canvas's own number, and elsewhere the learner's."""
    names = [" ".join(name.lower().split()) for name in header]
    canvas = "student" in names and not _CANVAS_ONLY.isdisjoint(names)
    wanted = {
        **_COLUMNS,
        "learner": (*(() if canvas else ("id",)), *_COLUMNS["learner"]),
        "number": (*_COLUMNS["number"], *(("id",) if canvas else ())),
    }
    found = {kind: [names.index(name) for name in known if name in names] for kind, known in wanted.items()}
    if not (found["learner"] or found["full"] or found["given"] or found["family"]):
        raise ValueError(
            f"{path}: no column says who is who. Name the columns id, given, family, email and lms_id; "
            "an export of Moodle's or Canvas's, in English, is read as it is"
        )
    return found


def _person(row: list[str], columns: Mapping[str, list[int]]) -> Listed | None:
    def values(kind: str) -> list[str]:
        found = (row[at].strip() for at in columns[kind] if at < len(row))
        return [value for value in found if value]

    ids = [value for value in values("learner") if is_safe_id(value)]
    given, family = " ".join(values("given")[:1]), " ".join(values("family")[:1])
    full = " ".join(values("full")[:1])
    if full and not (given or family):
        family, _, given = (part.strip() for part in full.partition(",")) if "," in full else ("", "", full)
    numbers = [number for value in values("number") if (number := _number(value))]
    if not ids and not numbers and not values("email"):
        return None  # an empty row, or Canvas's row of points possible
    return Listed((ids or [""])[0], given, family, (values("email") or [""])[0], (numbers or [""])[0])


def merged(listed: Iterable[Listed], rows: Iterable[Listed]) -> tuple[Roster, list[str]]:
    """Add a roster's rows to the learners of the gradebook.

    A row is about somebody in the gradebook when the id is theirs, else when the email address is, else when
    the name is and nobody else's.

    Args:
        listed: The gradebook's learners.
        rows: The roster's.

    Returns:
        Everybody, and a sentence for each row that is nobody's.
    """
    people = {person.id: person for person in listed}
    emails = _unique((person.email.casefold(), person.id) for person in people.values() if person.email)
    names = _unique((plain_name(name), one.id) for one in people.values() for name in _orders(one))
    odd = []
    for row in rows:
        known = row.id if row.id in people else ""
        known = known or emails.get(row.email.casefold(), "") or names.get(plain_name(row.name), "") or row.id
        if not known:
            odd.append(f"the roster's row for {row.name or row.email or row.number} gives no learner's id")
            continue
        old = people.get(known, Listed(known))
        named = row if row.name else old
        people[known] = replace(
            row,
            id=known,
            given=named.given,
            family=named.family,
            email=row.email or old.email,
            number=row.number or _number(old.number),
        )
    return Roster.of(people.values()), odd


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, one in pairs:
        if name:
            found[name].add(one)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}

"""The files of a download, from an archive or a folder, without writing any of them anywhere."""

from __future__ import annotations

import contextlib
import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import IO

from engagekit.assignments.files import read_small
from engagekit.assignments.reading import MAX_BYTES
from engagekit.assignments.strict_json import RefusedError
from engagekit.marking.archive import MAX_MEMBERS, why_not

NESTED = "it is an archive inside the download, and those are not opened: ask for the answers file itself"
NOT_ANSWERS = "it is not an answers file"
HIDDEN = "it is a hidden file of the computer that made the download"
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz")
_UTF8 = 0x800
_UNIX_TIME = 0x5455
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_CENTRAL = b"PK\x01\x02"


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a download.

    Attributes:
        parts: Its path in the download, folder by folder.
        when: The time that the download gives it, in UTC without a zone; None when it gives none.
        refused: Why it is left where it is; empty when it may be read.
        read: Returns its bytes; raises ``RefusedError``.
    """

    parts: tuple[str, ...]
    when: datetime | None
    refused: str
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        """Return its path as one text."""
        return "/".join(self.parts)


def _nothing() -> bytes:
    raise RefusedError("it is not read")


@contextlib.contextmanager
def files_of(source: Path, zone: tzinfo = UTC) -> Iterator[Iterator[Found]]:
    """Open a download for as long as its files are read.

    Args:
        source: An archive or a folder.
        zone: The zone of the times in an archive, which say none themselves.

    Raises:
        ValueError: It is neither, or cannot be read at all; the message says what to do.
    """
    if source.is_dir():
        yield _limited(_walk(source, source))
    elif source.is_file():
        with _open(source) as archive:
            members = (info for info in archive.infolist() if not info.is_dir())
            yield _limited(_member(archive, info, zone) for info in members)
    else:
        raise ValueError(f"{source}: there is no such file or folder")


def _limited(found: Iterator[Found]) -> Iterator[Found]:
    """Give the files up to the limit, and one line in the place of the rest."""
    for number, each in enumerate(found):
        if number == MAX_MEMBERS:
            reason = (
                f"the download holds more than {MAX_MEMBERS:,} files; from this one on none was looked at"
            )
            yield Found(each.parts, each.when, reason, _nothing)
            return
        yield each


# --- archives ---


@contextlib.contextmanager
def _open(source: Path) -> Iterator[zipfile.ZipFile]:
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(source.open("rb"))
            try:
                archive = zipfile.ZipFile(file)
            except UnicodeDecodeError:
                archive = zipfile.ZipFile(_Mended(file))
            stack.enter_context(archive)
        except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, struct.error) as error:
            raise ValueError(
                f"{source.name}: this is not a ZIP archive that can be read ({error}). Download it again, or "
                "unpack it yourself and name the folder"
            ) from error
        yield archive


class _Mended(io.RawIOBase):
    """An archive in which names that claim to be UTF-8 and are not lose the claim.

    One such name would otherwise keep ``zipfile`` from opening the archive, and so everybody's work from us.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        return _mend(data) if data.startswith(_CENTRAL) and len(data) >= 46 else data


def _mend(directory: bytes) -> bytes:
    mended, at = bytearray(directory), 0
    while at + 46 <= len(mended) and mended[at : at + 4] == _CENTRAL:
        flags, name, extra, comment = *struct.unpack_from("<H", mended, at + 8), *_lengths(mended, at)
        try:
            bytes(mended[at + 46 : at + 46 + name]).decode("utf-8")
        except UnicodeDecodeError:
            struct.pack_into("<H", mended, at + 8, flags & ~_UTF8)
        at += 46 + name + extra + comment
    return bytes(mended)


def _lengths(directory: bytearray, at: int) -> tuple[int, int, int]:
    name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
    return name, extra, comment


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, zone: tzinfo) -> Found:
    name = _name(info)
    parts = tuple(part for part in name.replace("\\", "/").split("/") if part) or ("?",)
    return Found(parts, _time(info, zone), _why_not(info, parts), lambda: _unpack(archive, info))


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name. Many programs write UTF-8 and do not say so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _why_not(info: zipfile.ZipInfo, parts: tuple[str, ...]) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "it is a link or a device, not an ordinary file"
    reason = why_not(info)
    if "leads out" in reason:
        return reason
    if info.flag_bits & 1:
        return "it is locked with a password"
    return _by_name(parts) or reason


def _by_name(parts: tuple[str, ...]) -> str:
    if parts[-1].startswith(".") or "__MACOSX" in parts:
        return HIDDEN
    if parts[-1].lower().endswith(_ARCHIVES):
        return NESTED
    return "" if parts[-1].lower().endswith(".json") else NOT_ANSWERS


def _time(info: zipfile.ZipInfo, zone: tzinfo) -> datetime | None:
    """Return a member's time in UTC: the exact one where the archive has it, else the one without a zone."""
    exact = _exact(info.extra)
    if exact is not None:
        return exact
    if info.date_time == _NO_TIME:
        return None
    try:
        return datetime(*info.date_time, tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _exact(extra: bytes) -> datetime | None:
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNIX_TIME and len(field) >= 5 and field[0] & 1:
            return _seconds(struct.unpack_from("<i", field, 1)[0])
    return None


def _seconds(value: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(value), UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return a member's bytes; never more of it than may be, whatever size it claims to have."""
    try:
        with archive.open(info) as member:
            data = member.read(MAX_BYTES + 1)
    except UnicodeDecodeError as error:
        raise RefusedError(
            "its name is not in UTF-8: unpack the archive yourself and name the folder"
        ) from error
    except (
        zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError,
        zlib.error, lzma.LZMAError, struct.error,
    ) as error:  # fmt: skip
        raise RefusedError(f"it cannot be unpacked ({type(error).__name__})") from error
    if len(data) > MAX_BYTES:
        raise RefusedError("it is too large")
    return data


# --- folders ---


def _walk(folder: Path, top: Path) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _left(folder, top, f"the folder cannot be opened: {error.strerror}")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            yield _left(path, top, "it is a link, and links are not followed")
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, top)
        elif not entry.is_file(follow_symlinks=False):
            yield _left(path, top, "it is not an ordinary file")
        else:
            parts = _parts(path, top)
            when = _seconds(entry.stat(follow_symlinks=False).st_mtime)
            yield Found(parts, when, _by_name(parts), _reader(path))


def _reader(path: Path) -> Callable[[], bytes]:
    return lambda: read_small(path, MAX_BYTES)


def _parts(path: Path, top: Path) -> tuple[str, ...]:
    return tuple(os.fsencode(part).decode("utf-8", "replace") for part in path.relative_to(top).parts)


def _left(path: Path, top: Path, reason: str) -> Found:
    return Found(_parts(path, top) or (top.name,), None, reason, _nothing)

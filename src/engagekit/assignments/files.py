"""Reading one file of a folder that a stranger filled: no link, no device, no pipe, no more than agreed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from engagekit.assignments.cleaning import clean
from engagekit.assignments.strict_json import RefusedError


def is_real_folder(path: Path) -> bool:
    """Say whether a path is a folder itself, and not a link to one."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def read_small(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file.

    Args:
        path: The file. Its last part must not be a link; the caller answers for the folders above it.
        limit: The most bytes it may hold.

    Raises:
        FileNotFoundError: There is nothing of that name.
        RefusedError: It is a link, a folder, a pipe or a device, is too large, or cannot be opened.
    """
    kind = path.lstat().st_mode
    if stat.S_ISLNK(kind):
        raise RefusedError(f"{path.name} is a link to another file, and links are not followed")
    if not stat.S_ISREG(kind):
        raise RefusedError(f"{path.name} is not an ordinary file")
    # The flags close the gap between the look above and the opening: a link or a pipe put there since then
    # makes the opening fail, or return at once, instead of leading elsewhere or waiting for ever.
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        handle = os.open(path, flags)
    except OSError as error:
        raise RefusedError(f"{path.name} cannot be opened: {error.strerror}") from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise RefusedError(f"{path.name} is not an ordinary file")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise RefusedError(f"{path.name} is larger than {limit // 1000:,} kB")
    return data


def listing(folder: Path, most: int = 40) -> tuple[str, ...]:
    """Return the names directly inside a folder, sorted, cut short when there are many. Nothing is opened."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError:
        return ()
    extra = len(names) - most
    shown = [clean(os.fsencode(name).decode("utf-8", "replace"))[:120] for name in names[:most]]
    return (*shown, f"and {extra} more") if extra > 0 else tuple(shown)

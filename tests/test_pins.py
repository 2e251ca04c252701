"""The pinned versions: complete, within the ranges, and clear of known traps."""

from __future__ import annotations

from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def test_every_requirement_is_pinned_within_its_range() -> None:
    """constraints.txt was made anew after the last change of the requirements."""
    pins = [Requirement(line) for line in lines_of("constraints.txt")]
    for line in [*lines_of("requirements.txt"), *lines_of("requirements-dev.txt"), "uv"]:
        asked = Requirement(line)
        found = [pin for pin in pins if canonicalize_name(pin.name) == canonicalize_name(asked.name)]
        assert found, f"{asked.name} is not pinned"
        for pin in found:
            assert asked.specifier.contains(str(pin.specifier).removeprefix("==")), (
                f"{pin} is outside {asked}"
            )


def test_jupyter_book_keeps_its_floor() -> None:
    """Without a floor a resolver may pick version 0.6.5, and version 2 cannot read _config.yml."""
    book = next(Requirement(line) for line in lines_of("requirements.txt") if line.startswith("jupyter-book"))
    assert book.specifier.contains("1.0.4.post1")
    assert not book.specifier.contains("0.6.5") and not book.specifier.contains("2.0")


def lines_of(name: str) -> list[str]:
    """Return the requirements in one of the course's files."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]

"""The launcher's own words: for old Pythons, and for what installers print when they fail."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

COURSE = Path(__file__).resolve().parent.parent / "course.py"


def load() -> ModuleType:
    """Import course.py, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("course", COURSE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


course = load()


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 0), (3, 10, 14)])
def test_old_python_gets_a_sentence(
    version: tuple[int, int, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Python that is too old hears which one is needed, and nothing is made."""
    assert course.main(["start"], root=str(tmp_path), version=version) == 1
    said = capsys.readouterr().err
    assert "3.11 or later" in said and f"Python {version[0]}.{version[1]}" in said
    assert list(tmp_path.iterdir()) == []


def test_old_python_can_read_the_launcher() -> None:
    """course.py has nothing in it that would be a syntax error for Python 2.7."""
    text = COURSE.read_text(encoding="ascii")
    for part in ast.walk(ast.parse(text)):
        assert not isinstance(part, ast.JoinedStr | ast.NamedExpr | ast.AnnAssign | ast.Nonlocal | ast.Await)
        if isinstance(part, ast.arguments):
            every = [*part.posonlyargs, *part.args, *part.kwonlyargs]
            assert not part.kwonlyargs and not part.posonlyargs
            assert all(argument.annotation is None for argument in every)
        if isinstance(part, ast.FunctionDef):
            assert part.returns is None
        if isinstance(part, ast.Raise):
            assert part.cause is None
        if isinstance(part, ast.List | ast.Tuple | ast.Set):
            assert not any(isinstance(entry, ast.Starred) for entry in part.elts)


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("error: Failed to fetch: dns error: failed to lookup address information", "no connection"),
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "no connection"),
        ("error: failed to write: No space left on device (os error 28)", "The disk is full"),
        ("There is not enough space on the disk. (os error 112)", "The disk is full"),
        ("Failed to fetch: invalid peer certificate: UnknownIssuer", "certificate"),
        ("failed to create directory: Permission denied (os error 13)", "could not be written"),
        ("[Errno 36] File name too long", "too long"),
        ("something nobody has seen before", "The installer failed"),
    ],
)
def test_each_known_trouble_has_its_sentence(says: str, expected: str) -> None:
    """What installers print is turned into what a person can do."""
    said = str(course.trouble(course.diagnose(says)))
    assert expected in said
    assert "run the same command again" in said


def test_windows_places() -> None:
    """On Windows the environment's programs are in Scripts and end in .exe."""
    venv = course.Venv("C:/course", windows=True)
    assert Path(venv.bin).name == "Scripts"
    assert Path(venv.python).name == "python.exe"

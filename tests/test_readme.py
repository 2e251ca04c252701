"""What the README and CONTRIBUTING promise is true: commands, places, pictures and the walk-through."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import typer

from engagekit.cli import app
from engagekit.content import check
from engagekit.frontend.exercises import exercise, practice

PAGES = ("README.md", "CONTRIBUTING.md")
CONTENT = ("source_material", "assignments", "book", "notebooks")
INTERVIEW = "source_material/vignettes/interviews/sam-first-visit"
# What running the course makes, and what the walk-through asks a tutor to make.
MADE = (".venv/", "_build/", "_grading/", INTERVIEW)
PICTURES = ("*.png", "*.webp", "*.jpg", "*.jpeg", "*.gif", "*.svg")
ONE_PICTURE, ALL_PICTURES = 150_000, 700_000
SHORTEST_ALT = 20

FENCED = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
COURSE = re.compile(r"python3 course\.py((?: +[\w-]+)+)")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
PLACE = re.compile(r"`([\w.-]+/[\w./-]*)`")
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|tmp|work|mnt|opt|usr|var|Users)/|\b[A-Z]:\\")


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, root: Path) -> str:
    """Give the text of each page in turn."""
    return (root / request.param).read_text(encoding="utf-8")


@pytest.fixture
def readme(root: Path) -> str:
    """Give the README's text."""
    return (root / "README.md").read_text(encoding="utf-8")


def without_blocks(text: str) -> str:
    """Return a page without its code blocks."""
    return FENCED.sub("", text)


def pictures(root: Path) -> list[Path]:
    """Return every picture that is kept for these pages."""
    return [path for kind in PICTURES for path in sorted((root / "docs" / "pictures").glob(kind))]


def walk_through(readme: str) -> dict[str, str]:
    """Return the walk-through's two files by name, each as the README prints it."""
    blocks = [match[3] for match in FENCED.finditer(readme) if match[2] == "yaml"]
    kinds = {block.partition("\n")[0].removeprefix("schema: ").partition("/")[0]: block for block in blocks}
    assert sorted(kinds) == ["interview", "interview-key"] and len(blocks) == 2
    return {"vignette.yaml": kinds["interview"], "key.yaml": kinds["interview-key"]}


EXAMPLES = {"case": "cases", "replies": "replies", "goal": "goals"}
"""What CONTRIBUTING shows how to add, and the folder that it goes into."""


def examples(contributing: str) -> dict[str, dict[str, str]]:
    """Return CONTRIBUTING's examples: kind to file name to text."""
    blocks = [match[3] for match in FENCED.finditer(contributing) if match[2] == "yaml"]
    found: dict[str, dict[str, str]] = {kind: {} for kind in EXAMPLES}
    for block in blocks:
        schema = block.partition("\n")[0].removeprefix("schema: ").partition("/")[0]
        file = "key.yaml" if schema.endswith("-key") else "vignette.yaml"
        found[schema.removesuffix("-key")][file] = block
    assert len(blocks) == 2 * len(EXAMPLES)
    return found


@pytest.fixture
def tutors_course(root: Path, readme: str, tmp_path: Path) -> Path:
    """Give a copy of the course's content in which a tutor has followed the walk-through."""
    for name in CONTENT:
        shutil.copytree(root / name, tmp_path / name)
    shutil.copy(root / "_toc.yml", tmp_path)
    folder = tmp_path / INTERVIEW
    folder.mkdir()
    for name, text in walk_through(readme).items():
        (folder / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_command_and_option_shown_is_real(page: str) -> None:
    """Each `python3 course.py X --y` names a command of the command line, and an option of that command."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    shown = [match[1].split() for match in COURSE.finditer(page)]
    assert shown
    for name, *rest in shown:
        assert name in commands, f"no command {name}"
        known = {option for each in commands[name].params for option in (*each.opts, *each.secondary_opts)}
        assert {word for word in rest if word.startswith("--")} <= known


def test_every_relative_link_leads_somewhere(root: Path, page: str) -> None:
    """A link that does not go to the web goes to a file or folder of the repository."""
    targets = [match[3] for match in LINK.finditer(without_blocks(page))]

    for target in targets:
        if not target.startswith(("https://", "#")):
            assert (root / target.partition("#")[0]).exists(), target


def test_every_place_that_is_named_exists(root: Path, page: str) -> None:
    """A path in backticks is in the repository, unless the course or the tutor makes it."""
    named = [match[1] for match in PLACE.finditer(without_blocks(page))]
    assert len(named) > 5
    missing = [place for place in named if not place.startswith(MADE) and not (root / place).exists()]
    assert missing == []


def test_no_page_names_a_path_of_one_computer(root: Path, page: str) -> None:
    """Neither the pages nor the script that takes the pictures holds a path of its writer's computer."""
    script = (root / "docs" / "pictures" / "make.py").read_text(encoding="utf-8")
    assert MACHINE.findall(page) == []
    assert MACHINE.findall(script) == []


def test_every_picture_is_used_and_described(root: Path, readme: str) -> None:
    """No picture lies unused, and each has a text alternative that says what is to be seen."""
    used = {match[3]: match[2] for match in LINK.finditer(readme) if match[1]}
    kept = {path.relative_to(root).as_posix() for path in pictures(root)}
    assert set(used) == kept
    assert {target: alt for target, alt in used.items() if len(alt) < SHORTEST_ALT} == {}


def test_pictures_are_small_to_fetch(root: Path) -> None:
    """Each picture, and all of them together, stay within what a slow connection bears."""
    sizes = {path.name: path.stat().st_size for path in pictures(root)}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > ONE_PICTURE} == {}
    assert sum(sizes.values()) <= ALL_PICTURES


def test_the_walk_through_passes_the_check(tutors_course: Path) -> None:
    """The interview and key that the README prints are accepted as they stand."""
    report = check(tutors_course)
    assert [str(problem) for problem in report.problems] == []
    assert "sam-first-visit" in report.course.vignettes
    assert "sam-first-visit" in report.course.keys


@pytest.mark.slow
def test_the_slip_is_reported_as_the_readme_says(tutors_course: Path, readme: str) -> None:
    """The error that the README shows for a misspelt code is the error that a tutor gets."""
    key = tutors_course / INTERVIEW / "key.yaml"
    good = key.read_text(encoding="utf-8")
    key.write_text(good.replace("code: reflection", "code: reflexion"), encoding="utf-8")
    shown = [line for line in readme.splitlines() if line.startswith(f"{INTERVIEW}/key.yaml:")]
    assert [str(problem) for problem in check(tutors_course).problems] == shown


@pytest.mark.slow
def test_the_interview_of_the_walk_through_can_be_practised(tutors_course: Path) -> None:
    """It is on the shelf of its lens without another step, as the README says."""
    course = check(tutors_course).course
    assert "sam-first-visit" in [each["id"] for each in practice(course, "talk")["exercises"]]
    assert exercise(course, "sam-first-visit")["lens"] == "talk"


@pytest.mark.slow
def test_each_example_in_contributing_passes_the_check(root: Path, tutors_course: Path) -> None:
    """A case, a set of replies and a goal can be copied as they stand, and their lenses show them."""
    contributing = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for kind, files in examples(contributing).items():
        folder = tutors_course / "source_material" / "vignettes" / EXAMPLES[kind] / f"{kind}-of-sam"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    report = check(tutors_course)
    assert [str(problem) for problem in report.problems] == []
    for lens, name in (("stage", "case"), ("desistance", "case"), ("reply", "replies"), ("goal", "goal")):
        assert exercise(report.course, f"{name}-of-sam", lens)["items"]

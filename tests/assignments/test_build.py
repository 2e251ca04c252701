"""The notebook and the form that learners receive."""

import json
from pathlib import Path

import nbformat
import pytest

from engagekit.assignments import build, build_all
from engagekit.assignments.build import products
from engagekit.assignments.cells import MACHINE_SOURCE, is_for_person, words_id
from engagekit.model import content_hash

ASSIGNMENTS = sorted(
    path.parent.name for path in Path(__file__).parents[2].glob("source_material/marking/*/marking.yaml")
)


@pytest.fixture(scope="session")
def product(root, course):
    return build(course, "interview", (root / "assignments/interview/brief.src.md").read_text("utf-8"))


@pytest.fixture(scope="session")
def notebook(product):
    return json.loads(product.notebook)


def _strings(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, str):
        yield value


def _names(value):
    if isinstance(value, dict):
        return set(value).union(*(_names(part) for part in value.values()))
    return set().union(*(_names(part) for part in value)) if isinstance(value, list) else set()


def test_committed_files_are_what_the_sources_build(root, course):
    """Nobody has edited a brief, a form or a marking scheme and forgotten to build."""
    for product in products(root, course):
        folder = root / "assignments" / product.id
        assert (folder / f"{product.id}.ipynb").read_text("utf-8") == product.notebook
        assert (folder / "form.json").read_text("utf-8") == product.form


def test_building_twice_gives_the_same_bytes(root, course, product):
    """Cell ids are the course's own, never random."""
    again = build(course, "interview", (root / "assignments/interview/brief.src.md").read_text("utf-8"))
    assert again == product


def test_notebook_is_valid_and_its_cell_ids_are_unique(notebook):
    """Jupyter opens it without repairing it."""
    nbformat.validate(notebook)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))


def test_every_check_has_one_grade_cell_with_its_points(course, notebook):
    """The gradebook gets one row a check, worth what the marking scheme says."""
    graded = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["metadata"]["nbgrader"]["points"]
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    }
    assert graded == {check.id: check.points for check in course.marking["interview"].checks}


def test_a_machine_check_is_worth_nothing_when_run(course, notebook):
    """Stock nbgrader, running the notebook, would give 0 and not full marks."""
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    for check in course.marking["interview"].checks:
        if not is_for_person(check):
            assert "".join(cells[check.id]["source"]) == MACHINE_SOURCE.rstrip("\n")
            assert cells[check.id]["metadata"]["nbgrader"]["locked"]
    last_line = MACHINE_SOURCE.rstrip("\n").splitlines()[-1]
    assert float(last_line) == 0.0


def test_a_person_check_shows_the_words_above_the_score_box(course, notebook):
    """The assessor reads first; the score box sits in a Markdown cell, so it counts as written work."""
    ids = [cell["id"] for cell in notebook["cells"]]
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    for check in course.marking["interview"].checks:
        if is_for_person(check):
            assert ids.index(words_id(check.id)) + 1 == ids.index(check.id)
            assert cells[check.id]["cell_type"] == "markdown"
            assert cells[check.id]["metadata"]["nbgrader"]["solution"]


def test_form_names_its_own_content(product):
    """The hash in the form is the hash of everything else in it, which an answers file repeats."""
    data = json.loads(product.form)
    named = data.pop("form")
    assert named == content_hash(data)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_learner_files_hold_no_key(root, course, name):
    """Neither file holds a reason, an accepted turn list, a threshold or an assessor's note."""
    marking, product = course.marking[name], {one.id: one for one in products(root, course)}[name]
    key = course.keys.get(course.forms[name].vignette or "")
    turns = key.turns if key else ()
    secrets = [turn.reason for turn in turns]
    secrets += [turn.discuss for turn in turns if turn.discuss]
    secrets += [text for flag in marking.flags for text in (flag.note, flag.feedback)]
    for check in marking.checks:
        secrets += [text for text in (check.note, check.guidance, check.met, check.not_met) if text]
    words = list(_strings(json.loads(product.form))) + list(_strings(json.loads(product.notebook)))
    public = "\n".join(words)
    for secret in secrets:
        assert secret[:60] not in public
    assert not _names(json.loads(product.form)) & {
        "accept",
        "met_at",
        "partly_at",
        "guidance",
        "reason",
        "note",
        "signs",
        "follow",
    }


@pytest.mark.slow
def test_build_all_writes_only_what_changed(root, tmp_path):
    """A second build touches nothing, so file times and version control stay quiet."""
    import shutil

    for name in ("assignments", "source_material"):
        shutil.copytree(root / name, tmp_path / name)
    (tmp_path / "assignments/interview/form.json").unlink()
    assert [path.name for path in build_all(tmp_path)] == ["form.json"]
    assert build_all(tmp_path) == []

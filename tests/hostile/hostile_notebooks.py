"""Damaged and hostile notebooks, handed in with answers that deserve some marks. None may change a mark."""

import copy
import json

CASES = {}


def case(function):
    """Register a case."""
    CASES[function.__name__.replace("_", "-")] = function
    return function


def put(folder, notebook, name="interview.ipynb"):
    (folder / name).write_text(json.dumps(notebook), encoding="utf-8")


def code(source, **metadata):
    return {
        "cell_type": "code", "id": "mine", "metadata": metadata, "source": source, "outputs": [],
        "execution_count": None,
    }  # fmt: skip


def attack(folder, world, source):
    """Put code of the learner's before everything else; it leaves a mark if anybody runs it."""
    nb = copy.deepcopy(world.notebook)
    nb["cells"].insert(0, code(f"import os\nos.mkdir({str(world.marker)!r})\n{source}"))
    put(folder, nb)


def cell_of(nb, name="code-turns"):
    return next(cell for cell in nb["cells"] if cell["id"] == name)


@case
def no_notebook(folder, world):
    """Only the answers were handed in, as from the book's page."""


@case
def empty_notebook_file(folder, world):
    (folder / "interview.ipynb").write_bytes(b"")


@case
def broken_json(folder, world):
    (folder / "interview.ipynb").write_text(json.dumps(world.notebook)[:-500], encoding="utf-8")


@case
def notebook_without_cells(folder, world):
    put(folder, {**world.notebook, "cells": []})


@case
def renamed_notebook(folder, world):
    put(folder, world.notebook, "interview (1).ipynb")


@case
def two_notebooks(folder, world):
    put(folder, world.notebook)
    put(folder, world.notebook, "interview-copy.ipynb")


@case
def check_cell_duplicated(folder, world):
    nb = copy.deepcopy(world.notebook)
    nb["cells"].append(copy.deepcopy(cell_of(nb)))
    put(folder, nb)


@case
def check_cell_duplicated_with_a_fresh_id(folder, world):
    nb = copy.deepcopy(world.notebook)
    nb["cells"].append({**copy.deepcopy(cell_of(nb)), "id": "another"})
    put(folder, nb)


@case
def answer_cell_duplicated(folder, world):
    nb = copy.deepcopy(world.notebook)
    nb["cells"].append({**copy.deepcopy(cell_of(nb, "next-replies")), "id": "another"})
    put(folder, nb)


@case
def check_cell_deleted(folder, world):
    nb = copy.deepcopy(world.notebook)
    nb["cells"] = [cell for cell in nb["cells"] if cell["id"] not in ("code-turns", "own-session")]
    put(folder, nb)


@case
def metadata_stripped(folder, world):
    nb = copy.deepcopy(world.notebook)
    for cell in nb["cells"]:
        cell["metadata"] = {}
    put(folder, {**nb, "metadata": {}})


@case
def cell_type_changed(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb)["cell_type"] = "raw"
    cell_of(nb, "next-replies")["cell_type"] = "code"
    put(folder, nb)


@case
def another_kernel(folder, world):
    put(folder, {**world.notebook, "metadata": {"kernelspec": {"name": "bash", "display_name": "sh"}}})


@case
def points_raised(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb)["metadata"]["nbgrader"]["points"] = 999
    put(folder, nb)


@case
def solution_flag_flipped(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb)["metadata"]["nbgrader"].update(solution=True, locked=False)
    cell_of(nb, "next-replies")["metadata"]["nbgrader"].update(solution=False)
    put(folder, nb)


@case
def grade_flag_flipped(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, "own-session")["metadata"]["nbgrader"]["grade"] = False
    put(folder, nb)


@case
def grade_id_renamed(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb)["metadata"]["nbgrader"]["grade_id"] = "../own-session"
    put(folder, nb)


@case
def nbgrader_metadata_is_text(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb)["metadata"]["nbgrader"] = "full marks"
    put(folder, nb)


@case
def metadata_of_a_later_version(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb)["metadata"]["nbgrader"]["schema_version"] = 99
    put(folder, nb)


@case
def metadata_of_an_older_version(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb)["metadata"]["nbgrader"]["schema_version"] = 1
    put(folder, {**nb, "nbformat": 3, "nbformat_minor": 0})


@case
def check_cell_edited(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb)["source"] = "8.0"
    put(folder, nb)


@case
def outputs_claim_full_marks(folder, world):
    nb = copy.deepcopy(world.notebook)
    result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    cell_of(nb)["outputs"] = [
        {**result, "data": {"text/plain": "8.0", "text/html": "<script>alert(1)</script>"}}
    ]
    put(folder, nb)


@case
def cells_tagged_to_be_skipped(folder, world):
    nb = copy.deepcopy(world.notebook)
    for cell in nb["cells"]:
        cell["metadata"]["tags"] = ["skip-execution"]
    put(folder, nb)


@case
def markup_in_a_cell(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, "own-session")["source"] = "<script>alert('met')</script><img src=x onerror=alert(1)>"
    put(folder, nb)


@case
def transformers_that_drop_checks(folder, world):
    attack(
        folder,
        world,
        "get_ipython().ast_transformers.append(None)\nget_ipython().input_transformers_cleanup = []",
    )


@case
def everything_is_equal(folder, world):
    attack(folder, world, "class S(str):\n    __eq__ = lambda *_: True\n    __hash__ = str.__hash__")


@case
def numbers_print_as_full_marks(folder, world):
    attack(
        folder,
        world,
        "get_ipython().display_formatter.formatters['text/plain'].for_type(float, lambda *_: '8.0')",
    )


@case
def the_gradebook_is_deleted(folder, world):
    attack(folder, world, "import glob\nfor f in glob.glob('../../../*.db'): os.remove(f)")


@case
def a_loop_without_end(folder, world):
    attack(folder, world, "while True: pass")


@case
def the_kernel_is_killed(folder, world):
    attack(folder, world, "os._exit(0)")


@case
def a_module_that_shadows_ours(folder, world):
    (folder / "engagekit.py").write_text(f"import os\nos.mkdir({str(world.marker)!r})\n", encoding="utf-8")
    (folder / "sitecustomize.py").write_text(
        f"import os\nos.mkdir({str(world.marker)!r})\n", encoding="utf-8"
    )
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.Autograde.force = True\n", encoding="utf-8"
    )
    put(folder, world.notebook)


@case
def a_very_large_notebook(folder, world):
    nb = copy.deepcopy(world.notebook)
    nb["cells"].append(code("x" * 30_000_000))
    put(folder, nb)


@case
def notebook_is_a_link(folder, world):
    (folder / "interview.ipynb").symlink_to(world.strong)


@case
def notebook_is_a_folder(folder, world):
    (folder / "interview.ipynb").mkdir()
    (folder / "data.txt").symlink_to("/etc/passwd")


@case
def an_autograded_folder_of_their_own(folder, world):
    (folder / "autograded").mkdir()
    put(folder, world.notebook)
    (folder / "judgements.json").write_text('{"schema": "judgements/1"}', encoding="utf-8")

"""Damaged and hostile notebooks, handed in with answers that deserve marks. None may change a mark."""

import copy
import json

CASES = {}


def case(function):
    """Register a case."""
    CASES[function.__name__.replace("_", "-")] = function
    return function


def put(folder, notebook, name=""):
    """Write a notebook; under the assignment's name, which its folder has, unless another is given."""
    (folder / (name or f"{folder.name}.ipynb")).write_text(json.dumps(notebook), encoding="utf-8")


def code(source, **metadata):
    return {
        "cell_type": "code",
        "id": "mine",
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def attack(folder, world, source):
    """Put code of the learner's before everything else; it leaves a mark if anybody runs it."""
    nb = copy.deepcopy(world.notebook)
    nb["cells"].insert(0, code(f"import os\nos.mkdir({str(world.marker)!r})\n{source}"))
    put(folder, nb)


def cell_of(nb, name):
    return next(cell for cell in nb["cells"] if cell["id"] == name)


@case
def no_notebook(folder, world):
    """Only the answers were handed in, as from the book's page."""


@case
def empty_notebook_file(folder, world):
    (folder / f"{folder.name}.ipynb").write_bytes(b"")


@case
def broken_json(folder, world):
    (folder / f"{folder.name}.ipynb").write_text(json.dumps(world.notebook)[:-500], encoding="utf-8")


@case
def notebook_without_cells(folder, world):
    put(folder, {**world.notebook, "cells": []})


@case
def renamed_notebook(folder, world):
    put(folder, world.notebook, f"{folder.name} (1).ipynb")


@case
def two_notebooks(folder, world):
    put(folder, world.notebook)
    put(folder, world.notebook, f"{folder.name}-copy.ipynb")


@case
def check_cell_duplicated(folder, world):
    nb = copy.deepcopy(world.notebook)
    nb["cells"].append(copy.deepcopy(cell_of(nb, world.auto)))
    put(folder, nb)


@case
def check_cell_duplicated_with_a_fresh_id(folder, world):
    nb = copy.deepcopy(world.notebook)
    nb["cells"].append({**copy.deepcopy(cell_of(nb, world.auto)), "id": "another"})
    put(folder, nb)


@case
def answer_cell_duplicated(folder, world):
    nb = copy.deepcopy(world.notebook)
    nb["cells"].append({**copy.deepcopy(cell_of(nb, world.person)), "id": "another"})
    put(folder, nb)


@case
def check_cell_deleted(folder, world):
    nb = copy.deepcopy(world.notebook)
    nb["cells"] = [cell for cell in nb["cells"] if cell["id"] not in (world.auto, world.person)]
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
    cell_of(nb, world.auto)["cell_type"] = "raw"
    cell_of(nb, world.person)["cell_type"] = "code"
    put(folder, nb)


@case
def another_kernel(folder, world):
    put(folder, {**world.notebook, "metadata": {"kernelspec": {"name": "bash", "display_name": "sh"}}})


@case
def points_raised(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, world.auto)["metadata"]["nbgrader"]["points"] = 999
    put(folder, nb)


@case
def solution_flag_flipped(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, world.auto)["metadata"]["nbgrader"].update(solution=True, locked=False)
    cell_of(nb, world.person)["metadata"]["nbgrader"].update(solution=False)
    put(folder, nb)


@case
def grade_flag_flipped(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, world.person)["metadata"]["nbgrader"]["grade"] = False
    put(folder, nb)


@case
def grade_id_renamed(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, world.auto)["metadata"]["nbgrader"]["grade_id"] = f"../{world.person}"
    put(folder, nb)


@case
def nbgrader_metadata_is_text(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, world.auto)["metadata"]["nbgrader"] = "full marks"
    put(folder, nb)


@case
def metadata_of_a_later_version(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, world.auto)["metadata"]["nbgrader"]["schema_version"] = 99
    put(folder, nb)


@case
def metadata_of_an_older_version(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, world.auto)["metadata"]["nbgrader"]["schema_version"] = 1
    put(folder, {**nb, "nbformat": 3, "nbformat_minor": 0})


@case
def check_cell_edited(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, world.auto)["source"] = "8.0"
    put(folder, nb)


@case
def outputs_claim_full_marks(folder, world):
    nb = copy.deepcopy(world.notebook)
    data = {"text/plain": "8.0", "text/html": "<script>alert(1)</script>"}
    result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}
    cell_of(nb, world.auto)["outputs"] = [result]
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
    cell_of(nb, world.person)["source"] = "<script>alert('met')</script><img src=x onerror=alert(1)>"
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
    (folder / f"{folder.name}.ipynb").symlink_to(world.strong)


@case
def notebook_is_a_folder(folder, world):
    (folder / f"{folder.name}.ipynb").mkdir()
    (folder / "data.txt").symlink_to("/etc/passwd")


@case
def an_autograded_folder_of_their_own(folder, world):
    (folder / "autograded").mkdir()
    put(folder, world.notebook)
    (folder / "judgements.json").write_text('{"schema": "judgements/1"}', encoding="utf-8")


def tagged(world, *tags):
    nb = copy.deepcopy(world.notebook)
    for cell in nb["cells"]:
        cell["metadata"]["tags"] = list(tags)
    return nb


@case
def every_tag_that_a_tool_obeys(folder, world):
    put(
        folder,
        tagged(world, "raises-exception", "skip-execution", "remove-cell", "parameters", "hide-output"),
    )


@case
def a_hook_before_each_cell(folder, world):
    attack(folder, world, "get_ipython().events.register('pre_run_cell', lambda *_: os._exit(0))")


@case
def checks_replaced_by_ones_that_agree(folder, world):
    attack(folder, world, "import builtins\nbuiltins.isinstance = lambda *_: True\ncheck = lambda *_: True")


@case
def code_of_the_kit_patched(folder, world):
    attack(folder, world, "import engagekit.scoring.judge as j\nj.judge.__code__ = (lambda *a: ()).__code__")


@case
def the_gradebook_is_written_to(folder, world):
    orders = "UPDATE grade SET manual_score = 99"
    attack(folder, world, f"import sqlite3\nsqlite3.connect('../../../gradebook.db').execute('{orders}')")


@case
def keys_are_read(folder, world):
    everywhere = "../../../../source_material/**/*"
    attack(folder, world, f"import glob\nprint([open(f).read() for f in glob.glob({everywhere!r})])")


@case
def a_process_that_stays(folder, world):
    attack(folder, world, "if os.fork() == 0:\n    os.setsid()\n    import time; time.sleep(3600)")


@case
def a_flood_of_output(folder, world):
    nb = copy.deepcopy(world.notebook)
    flood = {"output_type": "stream", "name": "stdout", "text": "met\n" * 300_000}
    cell_of(nb, world.auto)["outputs"] = [flood]
    put(folder, nb)


@case
def outputs_with_scripts(folder, world):
    nb = copy.deepcopy(world.notebook)
    shown = {"text/html": "<script>alert('met')</script>", "application/javascript": "alert(1)"}
    cell_of(nb, world.auto)["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": shown}]
    put(folder, nb)


@case
def a_score_of_their_own_in_the_metadata(folder, world):
    nb = copy.deepcopy(world.notebook)
    for cell in nb["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"].update(score=99, manual_score=99, extra_credit=99, points=-1)
    put(folder, {**nb, "metadata": {**nb["metadata"], "score": 99, "engagekit": {"marks": 99}}})


@case
def points_that_are_no_number(folder, world):
    nb = copy.deepcopy(world.notebook)
    cell_of(nb, world.auto)["metadata"]["nbgrader"]["points"] = float("nan")
    put(folder, nb)


@case
def every_check_marked_as_solution(folder, world):
    nb = copy.deepcopy(world.notebook)
    for cell in nb["cells"]:
        cell["metadata"].get("nbgrader", {}).update(solution=True, grade=False, task=True)
    put(folder, nb)


@case
def a_list_in_place_of_a_notebook(folder, world):
    put(folder, [world.notebook])


@case
def a_notebook_nested_200_000_deep(folder, world):
    (folder / f"{folder.name}.ipynb").write_bytes(b"[" * 200_000 + b"]" * 200_000)


@case
def cells_without_a_source(folder, world):
    nb = copy.deepcopy(world.notebook)
    nb["cells"] = [{name: value for name, value in cell.items() if name != "source"} for cell in nb["cells"]]
    put(folder, nb)


@case
def twenty_thousand_cells(folder, world):
    put(folder, {**world.notebook, "cells": [*world.notebook["cells"], *[code("1")] * 20_000]})


@case
def a_gradebook_of_their_own(folder, world):
    (folder / "gradebook.db").write_bytes(b"SQLite format 3\x00" + b"\x00" * 4_000)
    (folder / "timestamp.txt").symlink_to(world.strong)
    put(folder, world.notebook)


@case
def the_answers_of_other_assignments_beside_ours(folder, world):
    for name in ("interview", "plan", "partnership", "reflection"):
        (folder / f"{name}.json").write_bytes(world.strong.read_bytes())
        (folder / f"answers ({name}).json").write_bytes(world.strong.read_bytes())
    (folder / "answers (1).json").write_bytes(world.strong.read_bytes())
    put(folder, world.notebook)

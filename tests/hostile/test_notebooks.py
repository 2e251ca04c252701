"""A learner's notebook cannot move a mark, because nobody reads it."""

import pytest
from hostile_notebooks import CASES
from subjects import ASSIGNMENTS

from turns import in_turn


@pytest.mark.parametrize(("assignment", "name"), in_turn(CASES, ASSIGNMENTS))
def test_marks_are_those_of_the_answers(name, assignment, tmp_path, make_world):
    """Whatever the notebook is, the judgements are those of an honest notebook, and nothing was run."""
    world = make_world(tmp_path / "world", assignment)
    folders = {}
    for kind in ("honest", name):
        folders[kind] = tmp_path / "submitted" / kind / assignment
        folders[kind].mkdir(parents=True)
        (folders[kind] / "answers.json").write_bytes(world.honest("amara"))
    CASES[name](folders[name], world)

    desk = world.one.desk
    honest, tampered = (desk.mark(desk.read(folder)) for folder in folders.values())

    assert tampered.judgements == honest.judgements
    assert tampered.proposed == honest.proposed == world.one.machine
    assert tampered.held == ()
    assert not tampered.needs_person
    assert not world.marker.exists()

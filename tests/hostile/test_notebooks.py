"""A learner's notebook cannot move a mark, because nobody reads it."""

import pytest
from hostile_notebooks import CASES


@pytest.mark.parametrize("name", CASES)
def test_marks_are_those_of_the_answers(name, tmp_path, world, desk):
    """Whatever the notebook is, the judgements are those of an honest notebook, and nothing was run."""
    folders = {}
    for kind in ("honest", name):
        folders[kind] = tmp_path / "submitted" / kind / "interview"
        folders[kind].mkdir(parents=True)
        (folders[kind] / "answers.json").write_bytes(world.partial)
    CASES[name](folders[name], world)

    honest, tampered = (desk.mark(desk.read(folder)) for folder in folders.values())

    assert tampered.judgements == honest.judgements
    assert tampered.proposed == honest.proposed > 0
    assert not tampered.needs_person
    assert not world.marker.exists()

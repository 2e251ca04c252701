"""The indexes that nbgrader's gradebook lacks."""

from nbgrader.api import Base
from sqlalchemy import create_engine, inspect
from sqlalchemy.dialects import postgresql

from engagekit.marking.indexes import FOREIGN_KEYS, ensure_indexes, statements


def test_they_are_made_once_and_stay(tmp_path):
    """Doing it again changes nothing, and nbgrader's own tables and indexes are as they were."""
    engine = create_engine(f"sqlite:///{tmp_path}/gradebook.db")
    Base.metadata.create_all(engine)
    own = {table: inspect(engine).get_indexes(table) for table in Base.metadata.tables}
    for _ in range(2):
        ensure_indexes(engine)
    found = {(table, *index["column_names"]) for table in own for index in inspect(engine).get_indexes(table)}
    assert found == {*FOREIGN_KEYS}
    assert len(found) == 10
    engine.dispose()


def test_postgresql_understands_them():
    """Plain statements that do nothing where the index is there."""
    texts = [str(one.compile(dialect=postgresql.dialect())) for one in statements()]
    assert texts[0] == (
        "CREATE INDEX IF NOT EXISTS engagekit_notebook_assignment_id ON notebook (assignment_id)"
    )
    assert all(text.startswith("CREATE INDEX IF NOT EXISTS engagekit_") for text in texts)
    assert max(len(text.split()[5]) for text in texts) < 63  # longer names are cut short there


def test_a_gradebook_that_refuses_them_still_works(tmp_path, caplog):
    """A read-only gradebook, or one of somebody else's, is slow and no worse."""
    path = tmp_path / "gradebook.db"
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    ensure_indexes(engine)
    assert "could not be added" in caplog.text
    engine.dispose()


def test_marking_makes_them(room):
    """A gradebook has them once anything was marked in it."""
    room.hand_in("amara")
    room.steps().autograde("interview")
    with room.book() as book:
        found = {
            (table, *index["column_names"])
            for table, _ in FOREIGN_KEYS
            for index in inspect(book.engine).get_indexes(table)
        }
    assert found == {*FOREIGN_KEYS}

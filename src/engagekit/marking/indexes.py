"""The indexes that nbgrader's gradebook lacks: without them its formgrader reads whole tables row by row."""

from __future__ import annotations

import logging
from typing import Any

from nbgrader.api import Base
from sqlalchemy import Index, MetaData
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateIndex

log = logging.getLogger(__name__)

FOREIGN_KEYS = (
    ("notebook", "assignment_id"),
    ("base_cell", "notebook_id"),
    ("source_cell", "notebook_id"),
    ("submitted_assignment", "student_id"),
    ("submitted_assignment", "assignment_id"),
    ("submitted_notebook", "assignment_id"),
    ("submitted_notebook", "notebook_id"),
    ("grade", "notebook_id"),
    ("grade", "cell_id"),
    ("comment", "notebook_id"),
)
"""Table and column of the foreign keys by which nbgrader looks rows up."""


def statements() -> list[CreateIndex]:
    """Return what creates the indexes that are missing, for any database that SQLAlchemy knows.

    The tables are copies, so that nbgrader's own description of its tables stays as it is.
    """
    copies = MetaData()
    names = dict.fromkeys(table for table, _ in FOREIGN_KEYS)
    tables = {name: Base.metadata.tables[name].to_metadata(copies) for name in names}
    found = (Index(f"engagekit_{table}_{column}", tables[table].c[column]) for table, column in FOREIGN_KEYS)
    return [CreateIndex(index, if_not_exists=True) for index in found]


def ensure_indexes(engine: Any) -> None:
    """Add the indexes that are missing. Without the right to do so, everything works as before, slowly."""
    try:
        with engine.begin() as connection:
            for statement in statements():
                connection.execute(statement)
    except SQLAlchemyError as error:
        log.warning("the gradebook's indexes could not be added, so large cohorts will be slow: %s", error)

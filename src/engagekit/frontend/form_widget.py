"""The assignment form in JupyterLab: the page's component, with its answers in a file by the notebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from engagekit.frontend.assets import bundle_css, bundle_esm
from engagekit.frontend.form_file import (
    FILE,
    AnswersFile,
    ChangedMeanwhileError,
    OtherAssignmentError,
    SaveRefusedError,
    Stored,
)

FORM_SCHEMA = "assignment-form/1"
FORM_FILE = "form.json"


class AssignmentForm(anywidget.AnyWidget):
    """A form to fill in. Answers are saved to ``answers.json`` in the notebook's folder as they are given."""

    _esm = bundle_esm("form")
    _css = bundle_css("form")

    form = traitlets.Dict().tag(sync=True)
    stored = traitlets.Dict().tag(sync=True)
    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    place = traitlets.Unicode(f"the file {FILE} beside this notebook").tag(sync=True)
    blocked = traitlets.Unicode("").tag(sync=True)

    def __init__(self, folder: str | Path | None = None) -> None:
        """Open the form, with the answers that are already there.

        Args:
            folder: Where ``form.json`` and ``answers.json`` are; the notebook's folder when not given.
        """
        super().__init__()
        place = Path(folder) if folder is not None else Path.cwd()
        self._file: AnswersFile | None = None
        try:
            form = read_form(place / FORM_FILE)
            file = AnswersFile(place, form)
            stored, notes = file.open()
        except (FormMissingError, OtherAssignmentError) as error:
            self.blocked = str(error)
            return
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.blocked = (
                f"The file {FILE} cannot be read ({reason}), so this form did not open. Ask your tutor."
            )
            return
        self._file = file
        self.form = form
        self.stored = stored.as_json()
        self.notes = list(notes)
        self.on_msg(self._hear)

    @property
    def answers(self) -> dict[str, Any]:
        """Return the answers as they were last saved: section id to answers."""
        found: dict[str, Any] = self.stored.get("answers", {})
        return found

    def _hear(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Do what the component asks, and answer every message, so that it knows what is safe."""
        if not isinstance(content, dict) or self._file is None:
            return
        ticket = content.get("ticket")
        self.send({"ticket": ticket, **self._answer(self._file, content)})

    def _answer(self, file: AnswersFile, content: dict[str, Any]) -> dict[str, Any]:
        answers, declaration = content.get("answers"), content.get("declaration")
        try:
            if content.get("kind") == "save":
                return self._saved(file.save(answers, str(content.get("base", "")), declaration))
            if content.get("kind") == "aside":
                return {"name": file.keep_aside(answers, declaration).name}
        except ChangedMeanwhileError as error:
            return {"conflict": error.now.as_json()}
        except SaveRefusedError as error:
            return {"refused": str(error)}
        return {"refused": "The form asked for something that this version cannot do. Run its cell again."}

    def _saved(self, stored: Stored) -> dict[str, Any]:
        self.stored = stored.as_json()
        return {"version": stored.version, "saved": stored.saved, "declaration": stored.declaration}


class FormMissingError(Exception):
    """There is no usable form beside the notebook; the message is for a learner."""


def read_form(path: Path) -> dict[str, Any]:
    """Return the public form.

    Args:
        path: Where ``form.json`` should be.

    Raises:
        FormMissingError: It is not there, or is not a form.
    """
    try:
        form = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise FormMissingError(
            f"There is no {path.name} in this notebook's folder. Fetch the assignment again, and open the "
            "notebook inside its folder."
        ) from None
    except (OSError, ValueError) as error:
        raise FormMissingError(f"The file {path.name} is damaged. Fetch the assignment again.") from error
    if not isinstance(form, dict) or form.get("schema") != FORM_SCHEMA:
        raise FormMissingError(
            f"The file {path.name} is not a form that this version of the course can show."
        )
    return form

"""Put our steps in the place of nbgrader's, once, for its commands and its formgrader alike."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.apps.generatefeedbackapp
import nbgrader.converters
from nbgrader.apps.api import NbGraderAPI

from engagekit.assignments.cells import PERSON_STUB
from engagekit.marking.autograde import MarkFromAnswers
from engagekit.marking.feedback import FeedbackFromRecord, Page
from engagekit.marking.intake import read_timestamp

COLLECTED_NAME = (
    r".*[/\\](?P<student_id>[A-Za-z0-9.@-]+)[_/\\](?P<file_id>answers|[a-z0-9-]+)(?: ?\([0-9]+\))?\.[a-z]+$"
)
"""What a downloaded answers file is called: ``amara-k_answers.json``, or ``amara-k/answers.json``."""


def _submitted_timestamp(api: NbGraderAPI, assignment_id: str, student_id: str) -> datetime | None:
    """Read when work was handed in; a damaged time must not take the formgrader's page down with it."""
    directory = api.coursedir
    return read_timestamp(
        Path(directory.format_path(directory.submitted_directory, student_id, assignment_id))
    )


def install(config: Any, page: Page) -> None:
    """Make nbgrader mark from answers.json and write our feedback.

    nbgrader names its converter classes where it uses them and offers no setting to choose others, so the
    names are rebound: in the command line's apps, in the API behind the formgrader's buttons, and in the
    package that lists them. The original modules keep the original classes, which ours extend. Doing it
    again changes nothing, which matters because the formgrader reads the configuration anew on each request.

    Args:
        config: The configuration object of ``nbgrader_config.py``.
        page: Turns a learner's mark sheet into a page of HTML.
    """
    for module in (nbgrader.converters, nbgrader.apps.autogradeapp, nbgrader.apps.api):
        module.Autograde = MarkFromAnswers
    for module in (nbgrader.converters, nbgrader.apps.generatefeedbackapp, nbgrader.apps.api):
        module.GenerateFeedback = FeedbackFromRecord
    FeedbackFromRecord.page = staticmethod(page)
    NbGraderAPI.get_submitted_timestamp = _submitted_timestamp

    # Class names as text: the formgrader writes the configuration out as JSON.
    config.ExchangeFactory.collect = "engagekit.marking.exchange.CollectWithoutLinks"
    config.ExchangeFactory.release_feedback = "engagekit.marking.exchange.ReleaseFeedbackToAll"
    config.ExportApp.plugin_class = "engagekit.marking.export.OneRowEach"
    config.ClearSolutions.text_stub = PERSON_STUB
    config.ZipCollectApp.extractor_plugin = "engagekit.marking.archive.AnswersFromArchives"
    config.FileNameCollectorPlugin.valid_ext = [".ipynb", ".json"]
    config.FileNameCollectorPlugin.named_regexp = COLLECTED_NAME

"""nbgrader's exchange where it trusts what strangers put there: no links followed, no odd names taken."""

from __future__ import annotations

import glob
import shutil
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback
from nbgrader.utils import ignore_patterns

from engagekit.marking.intake import is_safe_id, read_secret, read_timestamp


def _is_plain(path: Path) -> bool:
    return not path.is_symlink() and (path.is_dir() or path.is_file())


class CollectWithoutLinks(ExchangeCollect):  # type: ignore[misc]
    """Collects submissions without following links.

    The folder that learners hand in through is open to them all, and nbgrader copies what a link there
    points to with the tutor's rights: another learner's answers, or the key.
    """

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        """Leave out what cannot be a learner's submission."""
        super().init_src()
        kept = []
        for record in self.src_records:
            folder = Path(self.inbound_path) / record["filename"]
            if not is_safe_id(record["username"]):
                self.log.error("not collected, its name cannot be a learner's id: %r", record["filename"])
            elif folder.is_symlink() or not folder.is_dir():
                self.log.error("not collected, it is not an ordinary folder: %r", record["filename"])
            elif self.get_size(folder) > 1000 * self.coursedir.max_dir_size:
                self.log.error("not collected, it is too large: %r", record["filename"])
            else:
                kept.append(record)
        self.src_records = kept

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy a submission, leaving links and special files behind."""
        usual = ignore_patterns(
            exclude=self.coursedir.ignore,
            include=self.coursedir.include,
            max_file_size=self.coursedir.max_file_size,
            log=self.log,
        )

        def left_behind(folder: str, names: list[str]) -> list[str]:
            special = [name for name in names if not _is_plain(Path(folder) / name)]
            if special:
                self.log.error("links and special files are not collected: %r in %s", special, src)
            return [*special, *usual(folder, [name for name in names if name not in special])]

        # Symlinks are kept as such in case one appears after the look: the reader refuses it later.
        shutil.copytree(src, dest, symlinks=True, ignore=left_behind)


class ReleaseFeedbackToAll(ExchangeReleaseFeedback):  # type: ignore[misc]
    """Releases feedback to everyone who handed in through the exchange, whoever else did not.

    Work that came as a file has no place in the exchange where its learner would look; nbgrader stops at
    the first of these and releases nothing to those who follow.
    """

    def copy_files(self) -> None:
        """Release what can be released, and name what has to be handed over by other means."""
        excluded = self.coursedir.student_id_exclude
        by_hand = []
        # The path holds nbgrader's pattern for learners, so this is a pattern too.
        for page in sorted(glob.glob(f"{self.src_path}/*.html")):  # noqa: PTH207
            folder = Path(page).parent
            if not read_secret(folder) or read_timestamp(folder) is None:
                by_hand.append(folder.parent.name)
                self.log.warning("not handed in through the exchange, so send this page yourself: %s", page)
        self.coursedir.student_id_exclude = ",".join(filter(None, [excluded, *by_hand]))
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = excluded

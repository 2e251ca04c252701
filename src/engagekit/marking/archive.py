"""Unpacking what was downloaded from a learning platform, taking answers files and nothing else."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath

from nbgrader.plugins import ExtractorPlugin

from engagekit.assignments.reading import MAX_BYTES

SUFFIXES = (".json", ".ipynb")
MAX_NOTEBOOK = 30_000_000
MAX_MEMBERS = 20_000


def _limit(name: str) -> int:
    return MAX_BYTES if name.endswith(".json") else MAX_NOTEBOOK


def why_not(info: zipfile.ZipInfo) -> str:
    """Return why a member of an archive is left where it is; empty when it is taken."""
    path = PurePosixPath(info.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in info.filename or ":" in info.filename:
        return "its name leads out of the archive"
    if path.suffix.lower() not in SUFFIXES:
        return "it is not an answers file"
    if info.file_size > _limit(path.name):
        return "it is too large"
    return ""


class AnswersFromArchives(ExtractorPlugin):  # type: ignore[misc]
    """Unpacks ZIP archives member by member.

    nbgrader's own unpacking stops at the first member whose name leads out of the archive, so one learner's
    file would keep back everybody's; and it unpacks archives within archives without any limit.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack every archive of a folder and copy the single files beside them.

        Args:
            archive_path: Folder with what was downloaded.
            extracted_path: Folder to unpack into.
        """
        source, target = Path(archive_path), Path(extracted_path)
        for path in sorted(source.rglob("*")):
            if path.is_symlink() or not path.is_file():
                continue
            where = target / path.parent.relative_to(source)
            if path.suffix.lower() == ".zip":
                self._unpack(path, where / path.stem)
            elif path.suffix.lower() in SUFFIXES:
                where.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, where / path.name)
            else:
                self.log.warning("left out, only .zip archives and answers files are read: %s", path)

    def _unpack(self, archive: Path, target: Path) -> None:
        self.log.info("unpacking %s", archive)
        try:
            with zipfile.ZipFile(archive) as file:
                members = [info for info in file.infolist() if not info.is_dir()]
                for info in members[MAX_MEMBERS:]:
                    self.log.error("left out, the archive holds too many files: %r", info.filename)
                for info in members[:MAX_MEMBERS]:
                    reason = why_not(info)
                    if reason:
                        self.log.warning("left out, %s: %r in %s", reason, info.filename, archive)
                    else:
                        self._take(file, info, target)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            self.log.error("%s cannot be unpacked and was left out: %s", archive, error)

    def _take(self, file: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
        """Write one member; never more of it than its kind may hold, whatever size it claims to have."""
        with file.open(info) as member:
            data = member.read(_limit(info.filename) + 1)
        if len(data) > _limit(info.filename):
            self.log.warning("left out, it is too large: %r", info.filename)
            return
        path = target / info.filename
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

"""nbgrader's settings for this course: sources in assignments/, all that is derived or held in _grading/.

nbgrader reads this file when it is started in this folder, and so does JupyterLab's formgrader.
"""

import os
import sys
from pathlib import Path

from sqlalchemy.engine import make_url

from engagekit.marking.install import install
from engagekit.reports.feedback import pages

c = get_config()
ROOT = Path(__file__).resolve().parent
GRADING = ROOT / "_grading"
GRADEBOOK = GRADING / "gradebook.db"

# First of all: if this cannot run, nothing below is set, and nbgrader finds no submission that it might run.
install(c, pages(ROOT))  # or pages(ROOT, "https://..."), where learners read the book

# A path goes into the gradebook's address, where these two mean something else. Writing them as %25 and %3F
# would open the gradebook, but `nbgrader db upgrade` takes the address for a path and would not find it.
if make_url(f"sqlite:///{GRADEBOOK}").database != str(GRADEBOOK):
    odd = " and ".join(sign for sign in "%?" if sign in str(ROOT))
    sys.exit(
        f"{ROOT}: nbgrader cannot open a gradebook in a folder with {odd} in its path. "
        f"Rename the folder, or move the course to one without {odd}."
    )

# nbgrader starts other programs by their bare names; the virtual environment may not be activated.
tools = str(Path(sys.executable).parent)
if os.environ.get("PATH", "").split(os.pathsep)[0] != tools:
    os.environ["PATH"] = os.pathsep.join(filter(None, [tools, os.environ.get("PATH", "")]))

c.CourseDirectory.course_id = "engagekit"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.source_directory = "assignments"
for step in ("release", "source_with_tests", "submitted", "autograded", "feedback", "solution"):
    setattr(c.CourseDirectory, f"{step}_directory", str(Path("_grading", step)))
c.CourseDirectory.db_url = f"sqlite:///{GRADEBOOK}"
# What an assignment is built from stays here; learners get the notebook and form.json.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.src.md", "form.yaml", ".*.part",
]  # fmt: skip

GRADING.mkdir(exist_ok=True)
c.Exchange.root = str(GRADING / "exchange")
c.Exchange.cache = str(GRADING / "exchange_cache")
if not (GRADING / "exchange").exists():
    (GRADING / "exchange").mkdir()
    (GRADING / "exchange").chmod(0o777)  # nbgrader sets this itself when it releases: learners write here
c.ZipCollectApp.downloaded_directory = str(Path("_grading", "downloaded"))

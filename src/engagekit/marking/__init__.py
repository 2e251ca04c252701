"""Marking through nbgrader. This package alone imports nbgrader; ``install`` is how a course turns it on.

Nothing of ours is imported here: worker processes use a part of the package and must not wait for nbgrader.
"""

import sys

# nbgrader brings jsonschema, which loads this checker of web addresses if it is there and does without if
# not. Nothing here has web addresses to check, and loading it is a third of what a command needs to start.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

"""Making a stranger's text fit to show: characters that cannot be seen, or that reorder what is seen, go."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"

# Controls but tab and line feed; halves of surrogate pairs; marks that turn the direction of the text around
# them; and the two code points that are no characters at all.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def clean(text: str) -> str:
    """Return text in which every character can be stored as UTF-8 and shown to an assessor as it stands."""
    return _UNSHOWABLE.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))

"""Reply: what a learner would say next. It is never scored; rules say what its words hold."""

from __future__ import annotations

from engagekit.frontend.exercises.common import Lensed, item, no_codes, version
from engagekit.model import Course, ReplyKey, ReplySet


def build(course: Course, vignette: ReplySet, key: ReplyKey) -> Lensed:
    """Return a set of prompts as the Reply lens asks about it."""
    scheme = no_codes("reply", "What you would say next")
    prompts = [
        {"id": each.id, "name": each.name, "situation": each.situation, "says": each.says}
        for each in vignette.prompts
    ]
    items = [item(each.id, "text", each.name, "What would you say next?") for each in vignette.prompts]
    entries = {
        each.prompt: {
            "exemplars": [exemplar.model_dump() for exemplar in each.exemplars],
            "roadblock": each.roadblock.model_dump(),
        }
        for each in key.prompts
    }
    return Lensed(
        body={"prompts": prompts},
        items=items,
        key=entries,
        scheme=scheme,
        content=version(prompts, items, {}, scheme),
    )

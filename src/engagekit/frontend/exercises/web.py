"""Web: ten areas of one person's life at two dates, each scored from 1 to 5."""

from __future__ import annotations

from engagekit.frontend.exercises.common import Item, Lensed, coded, item, scheme_data, scheme_of, version
from engagekit.model import Course, Web, WebKey

DATES = ("first", "second")


def build(course: Course, vignette: Web, key: WebKey) -> Lensed:
    """Return a web as its lens asks about it: every area at the first date, then every area at the second."""
    scheme = scheme_of(course, vignette.scheme)
    titles = {area.id: area.title for area in scheme.areas}
    areas = [
        {
            "id": each.area,
            "title": titles.get(each.area, each.area),
            "first": each.first,
            "second": each.second,
        }
        for each in vignette.areas
    ]
    items: list[Item] = []
    for when, date in zip(DATES, vignette.dates, strict=True):
        for area in areas:
            label = f"{area['title']}, {date}"
            question = f"Which score fits what {vignette.person.name} says?"
            items.append(item(f"{area['id']}-{when}", "choice", label, question, ordinal=True))
    entries = {
        f"{each.area}-{when}": coded(rating, rating.code)
        for each in key.areas
        for when, rating in zip(DATES, (each.first, each.second), strict=True)
    }
    data = scheme_data(scheme)
    body = {"person": vignette.person.name, "dates": list(vignette.dates), "areas": areas}
    return Lensed(
        body=body,
        items=items,
        key=entries,
        scheme=data,
        facts=[("The two dates", f"{vignette.dates[0]} and {vignette.dates[1]}")],
        content=version(
            [[area["id"], area["first"], area["second"]] for area in areas], items, entries, data
        ),
    )

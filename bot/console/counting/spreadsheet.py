"""What a page shows, as a file for a spreadsheet, which must not take a word of it for a formula."""

import csv
import io
from collections.abc import Iterable

from bot.console.counting.figures import Part
from bot.console.wording import say

#: What a spreadsheet takes for the beginning of a formula, in the wide letters of East Asia too.
_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def as_csv(parts: Iterable[Part], notes: Iterable[str]) -> str:
    """Return what a page shows, for a spreadsheet; nothing in it begins as a formula does."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for place, one in enumerate(parts):
        if not place:
            writer.writerow(harmless((say("table"), say("row"), *one.heads)))
        writer.writerows(harmless((one.title, line.name, *line.figures)) for line in one.lines)
    writer.writerows(harmless((say("note"), note)) for note in notes)
    return out.getvalue()


def harmless(values: Iterable[str]) -> list[str]:
    """Return values of which a spreadsheet makes no formula."""
    return [f"'{value}" if value.lstrip(" \n").startswith(_FORMULA) else value for value in values]

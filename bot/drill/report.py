"""What the drill prints: for every place a fixed line, so that it is the same for all numbers nothing is held of."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

from bot.drill.places import Seen

_WIDTH = 100
#: Read by lawyers and frightened people alike: short sentences, plain words.
STATEMENT = (
    "This report looks for the number in every form a computer is likely to keep it in: as it is written, spaced,"
    " escaped, encoded, and as a digest, also under every secret that was found in the settings, in small files and"
    " in the database. It prints the same for a number that wrote a minute ago and for one that never wrote.",
    "What it does not show:",
    "- While the line runs, it may hold the state of a chat: in memory only, and for at most 15 minutes after the"
    " last text. It also counts its replies to each texter: for 5 minutes, or up to an hour when it is very busy."
    " None of this is kept under the number. It is kept under a digest made with a random key, and that key is in"
    " the same memory.",
    "- So a copy of that live memory would show if a number wrote, and what it asked about. It would be a copy of"
    " the memory of this program, or of Redis, which then holds both the key and the state. On purpose, this report"
    " does not use that key.",
    "- That state goes by itself when its time is over. It goes at once when its memory is restarted. The state of"
    " a chat also goes at once when the texter sends X.",
    "- What others keep is not in this report: the logs and backups that your host makes, the swap of the machine,"
    " a proxy in front of the line.",
    "- The provider and the phone companies hold far more. What they hold is listed in docs/what-a-seizure-yields.md.",
)


class Verdict(IntEnum):
    """What the command exits with."""

    NOTHING = 0
    FOUND = 1
    UNREADABLE = 2


def verdict(seen: Iterable[Seen]) -> Verdict:
    """Say how it went: something found outweighs a place that could not be read."""
    seen = tuple(seen)
    if any(one.found for one in seen):
        return Verdict.FOUND
    return Verdict.UNREADABLE if any(one.problem for one in seen) else Verdict.NOTHING


def report(seen: Sequence[Seen]) -> str:
    """Return the whole report. No count, size or time is in it: they would differ from run to run."""
    lines = ["What this line holds about the number:", ""]
    lines += [line for one in seen for line in _lines(one)]
    for paragraph in STATEMENT:
        hanging = "  " if paragraph.startswith("- ") else ""
        lines += ["", *textwrap.wrap(paragraph, _WIDTH, subsequent_indent=hanging, break_on_hyphens=False)]
    return "\n".join(lines)


def _lines(seen: Seen) -> Iterator[str]:
    if not seen.used:
        yield f"{seen.place}: not used by this line."
    for found in seen.found:
        yield f"{seen.place}: FOUND in {found.where}, as {found.form}."
    if seen.problem:
        yield f"{seen.place}: could not be read ({seen.problem})."
    elif seen.used and not seen.found:
        yield f"{seen.place}: nothing."

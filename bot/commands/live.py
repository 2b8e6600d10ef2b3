"""What commands work on that tell the line something: the live release, the bulletins over it, and a pen."""

import difflib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import click

from bot import opened, reckoning
from bot.commands.database import worked_on
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone
from bot.settings import Settings
from bot.storage import bulletins
from bot.storage.said import Said
from bot.storage.source import ReleaseSource

_INITIALS = re.compile(r"[^\W\d_]{1,4}")


def _initials(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not _INITIALS.fullmatch(value):
        raise click.BadParameter("your initials, at most four letters, such as AB")
    return value.upper()


#: Who says it: initials, no name.
by_option = click.option("--by", required=True, metavar="INITIALS", callback=_initials, help="Who says so: AB.")
phone_option = click.option("--phone", "number", default="", metavar="NUMBER", help="One number of the entry.")


@dataclass(frozen=True, slots=True)
class Live:
    """The line as texters meet it now."""

    releases: ReleaseSource[Content]
    settings: Settings

    @property
    def content(self) -> Content:
        """Give the live release with all that was told since."""
        return self.releases.current

    def tell(self, said: Said, *, day: date, by: str) -> int:
        """Say something to every line there is; give its number. Raises ClickException when it cannot be kept."""
        with worked_on(self.settings) as database:
            number = bulletins.add(database, said, day=day, by=by)
        self.releases.look()
        return number

    def forget_complaints(self, entry: str) -> None:
        """Set back what texters said against an entry this week: somebody has tried it since. Raises ClickException."""
        with worked_on(self.settings) as database:
            reckoning.checked(database, entry)


@contextmanager
def live() -> Iterator[Live]:
    """Open what the line answers from. What keeps us from the newest is logged, which here is standard error."""
    settings = opened.settings()
    with opened.started(settings) as releases:
        releases.look()  # the first look may still be under way
        yield Live(releases, settings)


def entry_of(content: Content, name: str) -> Entry:
    """Return an entry by its id. Raises ClickException naming the nearest ones."""
    entry = content.entries.get(name)
    if entry is None:
        near = difflib.get_close_matches(name, content.entries, n=3)
        raise click.ClickException(f"no entry {name!r}" + (f"; there is {', '.join(near)}" if near else ""))
    return entry


def phone_of(entry: Entry, number: str) -> Phone:
    """Return a number of an entry, however it is written. Raises ClickException naming those it has."""
    digits = _digits(number)
    for phone in entry.phone:
        if digits and _digits(phone.number) == digits:
            return phone
    has = ", ".join(dict.fromkeys(phone.printed for phone in entry.phone)) or "none"
    raise click.ClickException(f"{entry.id} has no number {number}; it has {has}")


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return digits.removeprefix("1") if len(digits) == 11 else digits

"""What one person publishes at once, beside the page: new hours, or that something is given no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.desk import Desk, Member
from bot.console.reviewing.urgent import named, tell
from bot.console.work import Progress
from bot.referral.golden import Miss
from bot.referral.problem import ContentError
from bot.storage.answered import otherwise
from bot.storage.audit import Act
from bot.storage.editing import aside, current, save, version_of
from bot.storage.publishing import TranscriptsError, publish_at_once
from bot.storage.reviews import ReviewError
from bot.storage.said import Lifted


@dataclass(frozen=True, slots=True)
class Out:
    """A release is out. `misses`: replies that are not what saved conversations say any more."""

    release: int
    misses: tuple[Miss, ...] = ()

    @property
    def conversations(self) -> tuple[str, ...]:
        """The names of the conversations that have to be saved anew."""
        return tuple(dict.fromkeys(miss.name for miss in self.misses))


def at_once(
    the_desk: Desk, member: Member, part: str, body: Mapping[str, Any], *, note: str, lifted: Lifted | None = None
) -> Callable[[Progress], Out]:
    """Return the work that publishes an entry at once; `lifted`: the pause that held until then is not needed after.

    Where it is refused and no pause holds, what was typed is kept as a draft, so that a restart forgets none of it.
    """
    before = the_desk.shelf.in_use().parts[part]

    def published(progress: Progress) -> Out:
        by, now, database = member.name, the_desk.now, the_desk.database
        try:
            made = publish_at_once(database, {part: body}, by=by, note=note, now=now, progress=progress)
        except (ContentError, ReviewError, TranscriptsError):
            if lifted is None:
                save(database, part, body, by=by, based_on=version_of(before), now=now, live=before)
            raise
        the_desk.shelf.look()
        if lifted is not None:
            told = {"because": f"release {made}"}
            tell(the_desk, member, lifted, act=Act.RESUMED, about=named(lifted.entry, lifted.phone), detail=told)
        return Out(made, tuple(otherwise(database, made)))

    return published


def kept(the_desk: Desk, member: Member, part: str) -> str:
    """Return where what a member typed is kept: "draft", "aside" (beside a draft there is), or "" for nowhere."""
    if any(one.part == part for one in aside(the_desk.database, member.name)):
        return "aside"
    live = the_desk.shelf.in_use().parts.get(part)
    there = current(the_desk.database, part, live)
    return "draft" if there.by == member.name and there.version != version_of(live) else ""

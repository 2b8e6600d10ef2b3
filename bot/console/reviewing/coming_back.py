"""Numbers that would come back though they were taken away: said in words, and asked about before they do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.reviewing.differing import printed, title
from bot.console.wording import say
from bot.console.work import State
from bot.storage.given_again import Again, Why, mark

#: So many are listed; a release from long ago may bring hundreds back.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Back:
    """What a page says of numbers that come back: each with its entry and why it went. `mark`: what is ticked."""

    lines: tuple[str, ...]
    many: int
    mark: str


def back_of(found: Iterable[Again], parts: Mapping[str, Any]) -> Back | None:
    """Return what is said of numbers that come back; None when there are none. `parts`: tables by part, for names."""
    there = tuple(found)
    return Back(tuple(lines_of(there, parts)[:_MOST]), len(there), mark(there)) if there else None


def lines_of(found: Iterable[Again], parts: Mapping[str, Any]) -> list[str]:
    """Return what is said of each number, the gravest reason first."""
    listed = sorted(found, key=lambda one: (list(Why).index(one.why), one))
    return [f"{title(one.part, parts.get(one.part))}, {printed(one.number)}: {_said(one.why)}" for one in listed]


def unticked(found: Iterable[Again], ticked: str) -> str:
    """Say what is to be ticked first; "" when that was done, or there is nothing to tick."""
    return "" if mark(found) in ("", ticked) else say("Look at each of these numbers, and tick that it is meant so.")


def in_result(state: State | None) -> tuple[Again, ...]:
    """Return the numbers that work found to come back, as far as it is done."""
    return getattr(state.result, "again", ()) if state is not None else ()


def _said(why: Why) -> str:
    told = {
        Why.WITHDRAWN: say("it was withdrawn at once, as wrong or closed for good"),
        Why.WRONG: say("somebody who tried it found it wrong or closed"),
        Why.PAUSED: say("it is paused until somebody lifts that"),
        Why.TAKEN_OUT: say("an older release gave it, and it was taken out since"),
    }
    return told[why]

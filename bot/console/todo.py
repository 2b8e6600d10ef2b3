"""What needs a person today, gathered for the first page: each with a sentence and where it is done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from flask import current_app
from werkzeug.exceptions import HTTPException

from bot.console.desk import desk, me
from bot.console.roles import needed_by
from bot.console.shelf import InUse
from bot.console.work import work
from bot.counts.cell import Cell
from bot.counts.period import is_period
from bot.counts.report import Column
from bot.referral.attention import USUAL_WEEKS, Desk, Kind, Task, attention
from bot.referral.golden import Miss
from bot.referral.lint import lint
from bot.referral.problem import Problem
from bot.referral.turn import Outcome
from bot.storage import published
from bot.storage.answered import mark, otherwise
from bot.storage.database import Database
from bot.storage.drafts import IMPORT, waiting
from bot.storage.reviews import State, reviews
from bot.storage.transcripts import transcripts

#: So many of one kind are shown.
MOST = 50
#: So long a page waits for a release to be looked through; a small one is done by then.
PATIENCE = 0.1
#: More reviews than this are not told apart by how many they are.
_MOST_REVIEWS = 1000
Found = TypeVar("Found")
_SHARES = (Outcome.UNCLEAR, Outcome.NO_ENTRY, Outcome.ONLY_211)


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do, and the page where it is done; "" = no page that whoever looks may open."""

    sentence: str
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """What there is of one kind: the first of them, and how many more there are."""

    kind: Kind
    items: tuple[Item, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ToDo:
    """All of it, the most urgent first. `faults`: done, "under way" or "failed", the looking through of the release."""

    groups: tuple[Group, ...]
    faults: str


def to_do(use: InUse, now: datetime) -> ToDo:
    """Return what needs a person. `now` is aware. Raises DatabaseError."""
    problems, faults = _problems(use)
    misses, played = _otherwise(use)
    origins = [origin for _, origin in waiting(desk().database)]
    imported = sum(origin.startswith(IMPORT) for origin in origins)
    open_ones = [one.state for one in reviews(desk().database, State.OPEN, State.UNSEEN, most=_MOST_REVIEWS)]
    lying = Desk(
        problems=problems,
        drafts=len(origins) - imported,
        imported=imported,
        to_review=open_ones.count(State.OPEN),
        unseen=open_ones.count(State.UNSEEN),
        saved=len({miss.name for miss in misses}),
        shares=shares(desk().database),
    )
    return ToDo(tuple(_groups(attention(use.content, now, lying))), faults if played == "done" else played)


def shares(database: Database) -> dict[Outcome, list[float | None]]:
    """Return the shares of texts that went wrong in the last closed weeks, oldest first; None = hidden."""
    weeks = [name for name in published.names(database) if is_period(name) and "-W" in name][-USUAL_WEEKS - 1 :]
    columns = [
        Column(one.name, {Cell(*key): n for key, n in one.shown.items()}) for one in published.some(database, weeks)
    ]
    return {outcome: [column.rate(outcome) for column in columns] for outcome in _SHARES}


def _problems(use: InUse) -> tuple[Sequence[Problem], str]:
    """Return what lint says of the release, once it was looked through beside the pages: once for each release."""
    key = f"lint {use.number} {use.release.digest}"

    return _looked(key, lambda: tuple(lint(use.content)))


def _otherwise(use: InUse) -> tuple[Sequence[Miss], str]:
    """Return which saved conversations the release answers otherwise, played once for each state of both."""
    saved, database = transcripts(desk().database), desk().database
    key = f"saved {use.number} {use.release.digest} {mark(saved)}"
    return _looked(key, lambda: tuple(otherwise(database, use.number))) if saved else ((), "done")


def _looked(key: str, fn: Callable[[], tuple[Found, ...]]) -> tuple[Sequence[Found], str]:
    """Return what is worked out beside the pages, and how far that is: "done", "under way" or "failed"."""
    work().once(key, lambda _: fn())
    state = work().wait(key, PATIENCE)
    if state is None or state.running:
        return (), "under way"
    return ((), "failed") if state.error else (state.result, "done")


def _groups(tasks: Sequence[Task]) -> Iterator[Group]:
    by_kind: dict[Kind, list[Task]] = {}
    for task in tasks:
        by_kind.setdefault(task.kind, []).append(task)
    for kind, some in by_kind.items():
        items = tuple(Item(task.sentence, _reachable(_path(task))) for task in some[:MOST])
        yield Group(kind, items, max(0, len(some) - MOST))


def _path(task: Task) -> str:
    """Return the address of the page where something is done."""
    if task.kind in _AT:
        return _AT[task.kind].format(about=task.about)
    if task.kind is not Kind.LINT:
        return f"/checks/{task.about}"
    file, _, _ = task.about.removesuffix(".toml").partition("#")
    entry = task.sentence.partition("entry[")[2].partition("]")[0]
    return f"/entries/{entry}" if entry else f"/{file}" if file.startswith("topics/") else "/topics"


_AT = {
    Kind.UNHEEDED: "/entries/{about}",
    Kind.WITHDRAWN: "/entries/{about}",
    Kind.SAVED: "/tryit/saved",
    Kind.LAW: "/topics/{about}",
    Kind.NO_LOCAL: "/topics/{about}",
    Kind.UNSEEN: "/review",
    Kind.REVIEW: "/review",
    Kind.DRAFTS: "/review",
    Kind.RISING: "/counts",
}


def _reachable(path: str) -> str:
    """Return the path if there is such a page and whoever looks may open it."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return ""
    role = needed_by(current_app.view_functions.get(endpoint))
    return path if role is not None and me().role.covers(role) else ""

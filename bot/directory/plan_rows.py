"""What a plan is made of: what is here, what becomes of each service, and what is to be written of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from bot.directory.note import Note, Where
from bot.referral.changes import Change

#: An entry as data/entries/*.toml holds it.
Table: TypeAlias = Mapping[str, Any]


class Verdict(StrEnum):
    """What becomes of a service. A clash was changed there and edited here: it is kept back until a person says."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    CLASH = "clash"
    REFUSE = "refuse"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Kept:
    """A service as it was last imported; `drawn` is the entry drawn from it then. `seal` belongs to who keeps it."""

    source: str
    entry: str
    area: str
    hsds: str
    drawn: Table
    merged: bool = False
    gone: bool = False
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands here for an entry: a draft, or what the live release holds; no table = nothing.

    `seal` tells this draft from every other one at its place, "" = there is none; it belongs to who keeps it.
    """

    area: str
    table: Table | None = None
    live: bool = False
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All there is here about a service: what was imported, and what stands where that entry was and would be."""

    kept: Kept | None = None
    before: Standing | None = None
    after: Standing | None = None
    #: Whether the live release holds it as an entry that says the same; None = it is no entry of ours.
    released: bool | None = None
    #: Whether the file says more of such an entry than our own export would.
    says_more: bool = False


@dataclass(frozen=True, slots=True)
class Write:
    """What is to be kept of a service, and the entry drawn for an area. No draft = the entry stays as it is.

    The draft is written for the area `place`, "" = the one it was drawn for; `stale`: the area it moved away from.
    `seal` is that of the service as the plan found it, `seals` those of the drafts in the areas it looked at.
    """

    source_id: str
    entry: str
    area: str
    hsds: str
    drawn: Table
    merged: bool = False
    gone: bool = False
    draft: Table | None = None
    place: str = ""
    stale: str = ""
    seal: str = ""
    seals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the plan. `changes` are those of the source; `here` what was edited since the last import."""

    verdict: Verdict
    service: str
    entry: str = ""
    area: str = ""
    name: str = ""
    where: Where | None = None
    why: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    here: tuple[Change, ...] = ()
    notes: tuple[Note, ...] = ()
    write: Write | None = field(default=None, repr=False)
    taken: bool = False

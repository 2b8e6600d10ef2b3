"""A text that came too late, what stands there now, and what both began from: told apart, and put together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.referral.changes import Change, changes
from bot.referral.merge import Merged, merged
from bot.storage.editing import Body, Version


@dataclass(frozen=True, slots=True)
class Aside:
    """Both texts. `base` is what both began from, None = nobody knows; then `merged` is None as well."""

    mine: Version
    theirs: Version
    base: Body
    merged: Merged | None

    @property
    def they_changed(self) -> list[Change]:
        """What they changed, of what both began from."""
        return list(changes(self.base or {}, self.theirs.body or {}))

    @property
    def i_changed(self) -> list[Change]:
        """What the writer of the late text changed."""
        return list(changes(self.base or {}, self.mine.body or {}))

    @property
    def paths(self) -> list[str]:
        """The places where both changed something, each in their own way."""
        return [conflict.path for conflict in self.merged.conflicts] if self.merged else []


def aside_of(mine: Version, theirs: Version, history: Sequence[Version], live: Body) -> Aside:
    """Return a late text beside what stands there now. `history`: texts the draft had, the newest first."""
    # What both began from is the newest text there was before the other one saved theirs.
    older = [version.body for version in history if version.version != theirs.version and version.body is not None]
    base = older[0] if older else live
    if base is None or mine.body is None or theirs.body is None:
        return Aside(mine, theirs, base, None)
    return Aside(mine, theirs, base, merged(base, theirs.body, mine.body))


def put_together(aside: Aside, mine: Iterable[str]) -> Mapping[str, Any]:
    """Return both changes in one text; where they conflict what is chosen: mine at those paths, else theirs."""
    both = aside.merged or Merged(aside.theirs.body, ())
    body: dict[str, Any] = _copied(both.body)
    chosen = set(mine)
    for conflict in both.conflicts:
        if conflict.path in chosen:
            _set(body, conflict.path.split("."), conflict.mine)
    return body


def _set(table: dict[str, Any], keys: Sequence[str], value: Any) -> None:
    if len(keys) > 1:
        _set(table.setdefault(keys[0], {}), keys[1:], value)
    elif value is None:
        table.pop(keys[0], None)
    else:
        table[keys[0]] = value


def _copied(value: Any) -> Any:
    return {key: _copied(inner) for key, inner in value.items()} if isinstance(value, Mapping) else value

"""What texters would get if every draft were live: read once for as long as nobody changes a draft, one kept."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import current_app

from bot.console.desk import desk
from bot.console.reviewing.packaged import packaged
from bot.console.shelf import InUse
from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.lint import REQUIRED
from bot.referral.overlay import with_bulletins
from bot.referral.partly import with_parts
from bot.referral.problem import ContentError, Problem
from bot.referral.release import completed
from bot.storage import drafts
from bot.storage.document import digest
from bot.storage.drafts import Draft

_NAME = "quietline-with-drafts"
#: So many changed topics and sentences are put in one by one; more are read with everything else, in seconds.
_FEW = 20


class Which(StrEnum):
    """What a text is answered from."""

    LIVE = "live"
    DRAFTS = "drafts"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Read:
    """Content to answer from, with how many drafts in it. `problems`: why it is the live one nevertheless."""

    content: Content
    drafts: int = 0
    problems: tuple[Problem, ...] = ()


class Kept:
    """The newest content that was read, and of what it was made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key = ""
        self._read: Read | None = None

    def of(self, use: InUse, chosen: list[Draft]) -> Read:
        """Return a release with some drafts in it. Whoever asks meanwhile waits: reading takes two seconds."""
        told = [f"{draft.part} {digest(drafts.body_text(draft.body))}" for draft in chosen]
        key = "\n".join([use.release.digest, str(use.content.bulletins.number), *sorted(told)])
        with self._lock:
            if self._read is None or key != self._key:
                self._read, self._key = _read(use, chosen), key
            return self._read


def content_of(which: Which) -> Read:
    """Return what to answer from. Raises EmptyShelfError, DatabaseError."""
    use = desk().shelf.in_use()
    if which is Which.LIVE:
        return Read(use.content)
    chosen = list(drafts.drafts(desk().database, imported=which is Which.IMPORTED))
    kept: Kept = current_app.extensions.setdefault(_NAME, Kept())
    return kept.of(use, chosen) if chosen else Read(use.content)


def _read(use: InUse, chosen: list[Draft]) -> Read:
    bodies = {draft.part: draft.body for draft in chosen}
    if len(bodies) <= _FEW and all(part.startswith(("topics/", "wording/")) for part in bodies):
        changed = with_parts(use.live, bodies)
        if changed.problems:
            return Read(use.content, len(chosen), changed.problems)
        if changed.same_words:
            return Read(changed.content, len(chosen))
    try:
        content = parse(_completed(drafts.applied(use.release.document, chosen)))
    except ContentError as error:
        return Read(use.content, len(chosen), error.problems)
    return Read(with_bulletins(content, use.content.bulletins), len(chosen))


def _completed(document: Mapping[str, Any]) -> Mapping[str, Any]:
    # Releases from before this program may lack sentences that it says; those of today have them all.
    tables = [table for part, table in document.items() if part.startswith("wording/")]
    if all(key in table for table in tables for key in REQUIRED):
        return document
    return completed(document, packaged(desk().settings))

"""How drafts come to be what texters get: checked whole, under the next number, and back again in one step.

A release is made of what is live and of the drafts of one review. It is linted, answers every transcript that staff
saved, and is written once. Nothing here waits for a restart: the line looks for a newer release every two seconds.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from bot.referral.differences import Difference, differences
from bot.referral.golden import Miss
from bot.referral.lifeline import lost_since
from bot.referral.problem import ContentError
from bot.referral.release import load, load_stored
from bot.referral.vouching import settled
from bot.storage.audit import Act
from bot.storage.audit import write as write_down
from bot.storage.database import reading, truncate_log
from bot.storage.document import Document
from bot.storage.drafts import Draft, applied, remove, turn
from bot.storage.editing import version_of
from bot.storage.given_again import ask
from bot.storage.releases import Mark, Release, append, latest, newest, newest_in
from bot.storage.releases import read as read_release
from bot.storage.reviewing import add, drafts_of, published
from bot.storage.reviews import MovedError, Review, ReviewError, State, read
from bot.storage.transcripts import Transcript, missed, transcripts

#: What one person may publish at once: hours, and that a number or an entry is no longer given.
_URGENT = re.compile(r"status|phone\[[^\]]*\]\.(?:hours|publish)")

#: Told what is being done, and how much of it is done: "lint", 0, 1.
Progress = Callable[[str, int, int], None]


class TranscriptsError(Exception):
    """A release was refused because it answers something otherwise than staff said it should: `misses`."""

    def __init__(self, misses: list[Miss]) -> None:
        """Keep the replies."""
        super().__init__(f"{len(misses)} replies are not what the saved conversations say")
        self.misses = tuple(misses)


def quiet(_what: str, _done: int, _all: int) -> None:
    """Tell nobody."""


def proposed(engine: Engine, number: int, held: Release | None = None) -> tuple[Review, Release, dict[str, Any]]:
    """Return a review, what is live, and the document that would be published. Raises ReviewError, MovedError.

    `held`: the live release as somebody read it before; to read it anew takes half a second where it is large.
    """
    live = held if held is not None and newest(engine) == Mark(held.number, held.digest) else _live(engine)
    with reading(engine) as connection:
        review = read(connection, number)
        chosen = drafts_of(connection, review, live.document)
    return review, live, _made(live.document, chosen)


def publish(
    engine: Engine,
    number: int,
    *,
    by: str,
    now: datetime,
    note: str = "",
    again: str = "",
    progress: Progress = quiet,
) -> int:
    """Publish an approved review; give the number of the release. `note` "" = that of the review.

    `again`: the `mark` of the numbers that somebody wants given again, though they were taken away.
    Raises ContentError with every problem, TranscriptsError, MovedError when somebody changed something meanwhile,
    GivenAgainError, ReviewError when it is not approved, and DatabaseError; nothing is published then.
    """
    progress("read", 0, 1)
    review, live, document = proposed(engine, number)
    if review.state is not State.APPROVED:
        raise ReviewError(f"review {number} is {review.state}, not approved")
    _check(live.document, document, progress, transcripts(engine))
    ask(engine, live.document, document, again)
    progress("write", 0, 1)
    with turn(engine) as connection:
        if read(connection, number) != review:
            raise ReviewError(f"review {number} was changed")
        drafts_of(connection, review, live.document)
        release = _append(connection, live, document, note=note or review.note, now=now)
        published(connection, number, release)
        remove(connection, list(review.parts))
        told = {"review": str(number), "note": note or review.note} | ({"alone": review.alone} if review.alone else {})
        write_down(connection, Act.PUBLISHED, by=by, about=f"release {release}", detail=told, now=now)
    truncate_log(engine)
    progress("write", 1, 1)
    return release


def publish_at_once(
    engine: Engine,
    changed: Mapping[str, Mapping[str, Any]],
    *,
    by: str,
    note: str,
    now: datetime,
    progress: Progress = quiet,
) -> int:
    """Publish new hours, or that something is no longer given, alone and at once; another person looks at it after.

    `changed`: the whole tables of some entries by part. Raises ReviewError for any other change, and what `publish`
    raises. Saved conversations hold it up no more than a second person does (`answered.otherwise` tells which are to be
    saved anew). Drafts stay as they are: one of such an entry is then on an older text.
    """
    live = _live(engine)
    document = _made(live.document, [Draft(part, body, by) for part, body in changed.items()])
    found = differences(live.document, document)
    if not found or not all(_is_urgent(each) for each in found):
        raise ReviewError("alone and at once: only hours, and that a number or an entry is no longer given")
    _check(live.document, document, progress)
    seen = {each.part: (version_of(each.after), version_of(each.before)) for each in found}
    with turn(engine) as connection:
        release = _append(connection, live, document, note=note, now=now)
        number = add(connection, seen, note=note, by=by, now=now, state=State.UNSEEN)
        published(connection, number, release, State.UNSEEN)
        told = {"review": str(number), "note": note, "alone": "at once"}
        write_down(connection, Act.PUBLISHED, by=by, about=f"release {release}", detail=told, now=now)
    return release


def roll_back(
    engine: Engine, number: int, *, by: str, note: str, now: datetime, packaged: Document, again: str = ""
) -> int:
    """Publish an older release again, under the next number, in one step; give that number.

    It went live once, so rules of style made since do not keep it from coming back (`load_stored`). Drafts and reviews
    stay. `again` as in `publish`. Raises UnknownReleaseError, TamperedReleaseError, ContentError, GivenAgainError,
    TranscriptsError when it does not understand a crisis that the live one does, MovedError when something was
    published meanwhile, ReviewError when it is live already.
    """
    older, live = read_release(engine, number), _live(engine)
    if older.digest == live.digest:
        raise ReviewError(f"release {number} is what is live")
    if misses := lost_since(load_stored(older.document, packaged), live.document):
        raise TranscriptsError(misses)
    ask(engine, live.document, older.document, again)
    with turn(engine) as connection:
        release = _append(connection, live, older.document, note=note or f"release {number} again", now=now)
        told = {"back to": str(number), "note": note}
        write_down(connection, Act.ROLLED_BACK, by=by, about=f"release {release}", detail=told, now=now)
    return release


def _live(engine: Engine) -> Release:
    live = latest(engine)
    if live is None:
        raise ReviewError("no release is published yet")
    return live


def _made(live: Document, chosen: Iterable[Draft]) -> dict[str, Any]:
    made, problems = settled(live, applied(live, chosen))
    if problems:
        raise ContentError(problems)
    return made


def _check(live: Document, document: Document, progress: Progress, saved: Sequence[Transcript] = ()) -> None:
    if document == live:
        raise ReviewError("nothing would change")
    progress("lint", 0, 1)
    content = load(document)
    progress("transcripts", 0, len(saved))
    misses = missed(content, saved, lambda done: progress("transcripts", done, len(saved)))
    if misses := [*lost_since(content, live), *misses]:
        raise TranscriptsError(misses)


def _append(connection: Connection, live: Release, document: Document, *, note: str, now: datetime) -> int:
    if newest_in(connection) != Mark(live.number, live.digest):
        raise MovedError([f"release {live.number}"])
    return append(connection, document, note=note, now=now)


def _is_urgent(found: Difference) -> bool:
    before, after = found.before, found.after
    if before is None or after is None:
        return False
    gives = after.get("status") == "publish" and before.get("status") != "publish"
    shown = {phone.get("number") for phone in before.get("phone", ()) if phone.get("publish")}
    more = any(phone.get("publish") and phone.get("number") not in shown for phone in after.get("phone", ()))
    return not gives and not more and all(_URGENT.fullmatch(change.path) for change in found.changes())

"""Reviews as they stand: drafts that were handed in together, and what became of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from bot.storage.database import reading
from bot.storage.tables import ReviewRow

_TABLE = ReviewRow.__table__


class State(StrEnum):
    """How far a review is. UNSEEN: it was urgent and is live; another person has yet to look at it."""

    OPEN = "open"
    APPROVED = "approved"
    PUBLISHED = "published"
    UNSEEN = "unseen"
    WITHDRAWN = "withdrawn"


class ReviewError(Exception):
    """Something was asked of a review that cannot be done; the words are for staff."""


class MovedError(ReviewError):
    """A draft or what is live was changed after it was handed in: `parts`."""

    def __init__(self, parts: Sequence[str]) -> None:
        """Keep the parts."""
        super().__init__(f"changed since it was handed in: {', '.join(parts)}. Look again and hand it in again.")
        self.parts = tuple(parts)


class SamePersonError(ReviewError):
    """Somebody wanted to approve what they wrote or handed in themselves, though there are others."""


@dataclass(frozen=True, slots=True)
class Review:
    """Drafts that were handed in. `parts`: each with the version of its draft, and of what was live then."""

    number: int
    parts: Mapping[str, tuple[str, str]]
    note: str
    submitted_by: str
    submitted_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    alone: str
    state: State
    release: int | None


def reviews(engine: Engine, *states: State, most: int = 50) -> list[Review]:
    """Return reviews, the newest first: all, or those in some states."""
    query = select(_TABLE).order_by(ReviewRow.number.desc()).limit(most)
    if states:
        query = query.where(ReviewRow.state.in_(states))
    with reading(engine) as connection:
        return [_review(row) for row in connection.execute(query)]


def read(connection: Connection, number: int) -> Review:
    """Return a review. Raises ReviewError when there is none of that number."""
    row = connection.execute(select(_TABLE).where(ReviewRow.number == number)).one_or_none()
    if row is None:
        raise ReviewError(f"there is no review {number}")
    return _review(row)


def _review(row: Row[Any]) -> Review:
    parts = {part: (mine, was) for part, (mine, was) in json.loads(row.parts).items()}
    return Review(
        **{**row._asdict(), "parts": parts, "state": State(row.state)},
    )

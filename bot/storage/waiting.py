"""What waits for somebody: drafts with whose they are and since when, and a review with the drafts it was made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from bot.storage.database import reading
from bot.storage.document import Document, from_text
from bot.storage.drafts import IMPORT, Draft
from bot.storage.reviewing import drafts_of
from bot.storage.reviews import MovedError, Review, read
from bot.storage.tables import DraftRow

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft without its text. `by` and `at`: who saved it last at the staff door, and when; None = nobody did."""

    part: str
    origin: str
    by: str | None
    at: datetime | None

    @property
    def is_imported(self) -> bool:
        """Whether an import made it."""
        return self.origin.startswith(IMPORT)


@dataclass(frozen=True, slots=True)
class Seen:
    """A review, the drafts of it that there are, and the parts that are not as they were when it was handed in."""

    review: Review
    drafts: tuple[Draft, ...]
    moved: tuple[str, ...]


def waiting(engine: Engine) -> list[Waiting]:
    """Return every draft without its text, in order of the parts."""
    row = DraftRow
    query = select(row.part, row.origin, row.by, row.at).order_by(row.part)
    with reading(engine) as connection:
        return [Waiting(*found) for found in connection.execute(query)]


def texts(engine: Engine, parts: Sequence[str]) -> list[Draft]:
    """Return the drafts of some parts, in their order; parts without one are left out."""
    row, found = DraftRow, dict[str, Draft]()
    with reading(engine) as connection:
        for start in range(0, len(parts), _AT_ONCE):
            query = select(row.part, row.body, row.origin).where(row.part.in_(parts[start : start + _AT_ONCE]))
            for one in connection.execute(query):
                body = None if one.body == "null" else from_text(one.body)
                found[one.part] = Draft(one.part, body, one.origin)
    return [found[part] for part in parts if part in found]


def seen(engine: Engine, number: int, live: Document) -> Seen:
    """Return a review as it stands against the `live` document. Raises ReviewError when there is no such review."""
    with reading(engine) as connection:
        review = read(connection, number)
        try:
            return Seen(review, tuple(drafts_of(connection, review, live)), ())
        except MovedError as error:
            moved = error.parts
    return Seen(review, tuple(texts(engine, list(review.parts))), moved)

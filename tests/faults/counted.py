"""What was counted, compared with what was sent: nothing twice, and nothing lost unless a fault explains it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell
from bot.storage.database import connect, reading
from bot.storage.tables import CountWriterRow, OpenCountRow
from tests.faults.checker import Expected, expected
from tests.faults.judge import Judged

#: No reply has more parts, so no text that may have been counted unheard adds more to the segments.
MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """Conversations and segments as counted and as sent.

    `cells`: names of cells that differ, where nothing is unsure and nothing may be lost.
    """

    conversations: int
    segments: int
    sent: Expected
    may_lose: bool
    cells: tuple[str, ...] = ()

    @property
    def more(self) -> tuple[int, int]:
        """How many conversations and segments were counted beyond those sent."""
        return (
            max(0, self.conversations - self.sent.cells.get(CONVERSATIONS, 0)),
            max(0, self.segments - self.sent.cells.get(SEGMENTS, 0)),
        )

    @property
    def twice(self) -> int:
        """How much was counted twice that neither a reply nobody heard nor a loss of memory explains."""
        conversations, segments = self.more
        sent = self.sent
        unheard = max(0, conversations - sent.unsure - sent.again - sent.begun)
        return unheard + max(0, segments - MOST_PARTS * (sent.unsure + sent.again))

    @property
    def missing(self) -> int:
        """How much less was counted than was sent although no fault may lose counts."""
        if self.may_lose:
            return 0
        conversations = self.sent.cells.get(CONVERSATIONS, 0) - self.conversations - self.sent.unsure
        segments = self.sent.cells.get(SEGMENTS, 0) - self.segments - MOST_PARTS * self.sent.unsure
        # One that was judged to have begun anew may have been remembered after all, with the same reply.
        return max(0, conversations - self.sent.begun) + max(0, segments)

    @property
    def good(self) -> bool:
        """Whether the figures are what was sent."""
        return not (self.twice or self.missing or self.cells)


def figures(url: str) -> dict[Cell, int]:
    """Return the figures of all open weeks together. Raises DatabaseError."""
    row = OpenCountRow
    engine = connect(url)
    try:
        with reading(engine) as connection:
            query = select(row.kind, row.first, row.second, func.sum(row.n)).group_by(row.kind, row.first, row.second)
            return {Cell(kind, first, second): int(n) for kind, first, second, n in connection.execute(query)}
    finally:
        engine.dispose()


def batches(url: str) -> dict[str, int]:
    """Return how often each line has flushed. Raises DatabaseError."""
    engine = connect(url)
    try:
        with reading(engine) as connection:
            found = connection.execute(select(CountWriterRow.writer, CountWriterRow.batch))
            return {writer: batch for writer, batch in found}
    finally:
        engine.dispose()


def compare(found: Mapping[Cell, int], judged: Sequence[Judged], *, may_lose: bool) -> Counted:
    """Hold the figures of the database against what the deliveries should have been counted as."""
    want = expected(judged)
    cells = tuple(_differing(found, want.cells)) if want.sure and not may_lose else ()
    return Counted(found.get(CONVERSATIONS, 0), found.get(SEGMENTS, 0), want, may_lose, cells)


def _differing(found: Mapping[Cell, int], want: Mapping[Cell, int]) -> list[str]:
    return sorted(
        f"{' '.join(filter(None, cell))}: {found.get(cell, 0)}, not {want.get(cell, 0)}"
        for cell in {*found, *want}
        if found.get(cell, 0) != want.get(cell, 0)
    )

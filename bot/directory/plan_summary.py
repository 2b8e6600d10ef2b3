"""A plan in short: how many of each, what was noted how often, and what a person has to look at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.directory.note import Level, Note
from bot.directory.plan_rows import Row, Verdict
from bot.directory.rows_met import RowsMet
from bot.referral.changes import shown

#: So many examples of each kind of note are kept, the first in their files, and so many rows that must be looked at.
EXAMPLES = 3
SHOWN = 20
#: So many notes that read alike are shown where they are about columns or files, not rows.
COLUMNS = 60
_LINES = 6


@dataclass(slots=True)
class _Alike:
    """Notes that read alike. What stands in many services, an office of all of them say, is told once."""

    count: int = 0
    examples: list[Note] = field(default_factory=list)
    _met: RowsMet = field(default_factory=RowsMet)

    def add(self, note: Note) -> None:
        if (row := note.where.row) is not None:
            if self._met.knows(row, note.where.file, note.where.field):
                return
            self._met.add(row, note.where.file, note.where.field)
        self.count += 1
        # How each column was read is told in full: a wrong guess must not hide behind three right ones.
        most = EXAMPLES if row is not None else COLUMNS
        if len(self.examples) < most or _place(note) < _place(self.examples[-1]):
            self.examples = sorted([*self.examples, note], key=_place)[:most]


def _place(note: Note) -> tuple[str, int, str, str]:
    return note.where.file, note.where.row or 0, note.where.field, note.value


_TOTALS = (
    (Verdict.ADD, "new, to be kept as unverified drafts"),
    (Verdict.CHANGE, "changed in the source since the last import"),
    (Verdict.SAME, "the same as before"),
    (Verdict.CLASH, "changed in the source and edited here: kept back"),
    (Verdict.REFUSE, "refused"),
    (Verdict.GONE, "no longer in the source: marked, nothing is deleted"),
)
_HEADINGS = {Verdict.CHANGE: "Changed:", Verdict.CLASH: "Kept back (take what the source says with --take ID):"}
_LEVELS = {
    Level.REFUSED: "Refused, and why:",
    Level.DROPPED: "Left out:",
    Level.MENDED: "Mended:",
    Level.INFERRED: "Taken to mean:",
}


def printable(line: str) -> str:
    """Return a line without anything that a terminal would obey or that would turn the order of letters round."""
    return line if line.isprintable() else "".join(c if c.isprintable() else "?" for c in line)


class Summary:
    """Counts the rows of a plan as they come; memory does not grow with them."""

    def __init__(self) -> None:
        self.counts: Counter[Verdict] = Counter()
        self.writes = 0
        self.taken = 0
        self._alike: dict[tuple[Level, str], _Alike] = {}
        self._rows: dict[Verdict, list[Row]] = {verdict: [] for verdict in Verdict}
        self._whys: Counter[tuple[Verdict, str]] = Counter()

    def add(self, row: Row) -> None:
        """Count one row."""
        self.counts[row.verdict] += 1
        self.writes += row.write is not None
        self.taken += row.taken
        self._whys.update((row.verdict, why) for why in row.why)
        for note in row.notes:
            self.note(note)
        if row.verdict in _HEADINGS and len(self._rows[row.verdict]) < SHOWN:
            self._rows[row.verdict].append(row)

    def note(self, note: Note) -> None:
        """Count a note that belongs to no service."""
        self._alike.setdefault((note.level, note.what), _Alike()).add(note)

    @property
    def changes_nothing(self) -> bool:
        """Tell whether there is nothing to write."""
        return not self.writes and not self.counts[Verdict.GONE]

    def lines(self) -> Iterator[str]:
        """Give the whole summary as lines for a person; nothing in them can steer a terminal."""
        return (printable(line) for line in self._lines())

    def _lines(self) -> Iterator[str]:
        width = max(len(f"{count:,}") for count in (*self.counts.values(), 0))
        yield from (f"{self.counts[verdict]:>{width},} {said}" for verdict, said in _TOTALS)
        if self.taken:
            yield f"{self.taken:,} taken from the source because you asked for it"
        yield from self._warnings()
        for level, heading in _LEVELS.items():
            yield from self._notes(level, heading)
        yield from self._reasons()
        for verdict, heading in _HEADINGS.items():
            yield from self._looked_at(verdict, heading)

    def _warnings(self) -> Iterator[str]:
        gone, here = self.counts[Verdict.GONE], sum(self.counts.values())
        if gone * 2 > here:
            yield f"Look twice: {gone:,} of the {here:,} services are gone. Is this the whole of the right directory?"

    def _notes(self, level: Level, heading: str) -> Iterator[str]:
        found = sorted(
            ((what, alike) for (of, what), alike in self._alike.items() if of is level),
            key=lambda pair: (-pair[1].count, pair[0]),
        )
        if not found:
            return
        yield ""
        yield heading
        for what, alike in found:
            yield f"  {alike.count:,} x {what}"
            yield from (
                f"      {note.where}{f': {shown(note.value)}' if note.value else ''}" for note in alike.examples
            )

    def _reasons(self) -> Iterator[str]:
        found = sorted(self._whys.items(), key=lambda pair: (-pair[1], pair[0]))
        if found:
            yield ""
            yield "Besides:"
        for (verdict, why), count in found:
            yield f"  {count:,} x {verdict}: {why}"

    def _looked_at(self, verdict: Verdict, heading: str) -> Iterator[str]:
        rows = self._rows[verdict]
        if not rows:
            return
        yield ""
        yield heading
        for row in rows:
            yield f"  {row.name or row.entry} ({row.where or row.entry})"
            yield f"      service {row.service}, entry {row.entry}"
            yield from (f"      {change}" for change in row.changes[:_LINES])
            if len(row.changes) > _LINES:
                yield f"      and {len(row.changes) - _LINES} more"
            yield from (f"      edited here: {change}" for change in row.here[:_LINES])
        if (left := self.counts[verdict] - len(rows)) > 0:
            yield f"  and {left:,} more: --report FILE lists all"

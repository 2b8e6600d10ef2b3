"""CSV files of every make: comma, semicolon, tab or bar between the cells, line breaks inside them."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from bot.directory.note import Level, Where
from bot.directory.reading.findings import BrokenError, Findings
from bot.directory.reading.grid import table_of
from bot.directory.reading.limits import KB, Limits
from bot.directory.reading.raw import RawTable
from bot.directory.reading.source import Source
from bot.directory.reading.text import TextReader, say_what_was_mended, text_of_file

_BETWEEN = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: Excel's own way to say what stands between the cells, as the first line.
_SAID = re.compile(r'"?sep=(.)"?\s*')
_PIECE = 1 << 20
_SAMPLE_LETTERS, _SAMPLE_ROWS = 256 * KB, 50
#: Fed after the last line: a row of its own, unless a quotation mark is still open. Texts never hold a zero byte here.
_END = "\0end\0"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a file are parted. `said`: its first line does nothing but say so.

    `even` is the share of its first rows that are as wide as the first one.
    """

    between: str = ","
    spaced: bool = False
    said: bool = False
    columns: int = 0
    even: float = 0.0


class _Lines:
    """The lines of a file for the csv module, which asks for as many as a row takes, and at the end for our own."""

    def __init__(self, name: str, text: TextReader, limits: Limits) -> None:
        self._name, self._text, self._most = name, text, limits.row
        #: How many letters were read since the last row; whoever gets a row sets it back.
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        """Give line after line, each with its end."""
        rest = ""
        while piece := self._text.read(_PIECE):
            self.taken += len(piece)
            if self.taken > self._most + _PIECE:
                raise BrokenError(f"{self._name}: one row is longer than {self._most // KB} kB; is it a table?")
            # Not str.splitlines: it knows ends of lines that stand inside cells.
            lines = list(io.StringIO(rest + piece, newline=""))
            # The last may go on in the next piece; a "\r" may have its "\n" there.
            rest = lines.pop()
            yield from lines
        if rest:
            yield rest
        yield _END


def csv_table(source: Source, findings: Findings) -> RawTable | None:
    """Return the table of a CSV file, None when it is empty. Raises BrokenError."""
    _bound_cells(findings.limits)
    dialect = dialect_of(source)
    if dialect.between != "," and source.suffix not in (".tsv", ".tab"):
        what = "the cells are not parted by commas"
        findings.note(Level.INFERRED, Where(source.name), what, _BETWEEN.get(dialect.between, repr(dialect.between)))
    first = True

    def records() -> Iterator[tuple[int, Sequence[str]]]:
        nonlocal first
        with text_of_file(source) as text:
            yield from _records(source.name, text, dialect, findings.limits)
            if first:
                say_what_was_mended(source, text, findings)
        first = False

    return table_of(source.name, records, findings)


def dialect_of(source: Source) -> Dialect:
    """Return how the cells of a file are parted, judged by its first rows. Raises BrokenError."""
    with text_of_file(source) as text:
        sample = list(_sample(text))
    if sample and (said := _SAID.fullmatch(sample[0])):
        return Dialect(said[1], said=True)
    best = Dialect()
    best_score = (0.0, 0)
    for between, spaced in product(_BETWEEN, (False, True)):
        even, columns = _score(sample, between, spaced)
        # The first that is best stays, so a comma wins where all are equal.
        if columns > 1 and (even, columns) > best_score:
            best, best_score = Dialect(between, spaced, columns=columns, even=even), (even, columns)
    return best


def _bound_cells(limits: Limits) -> None:
    # The module has one limit for all readers of the process; this is the only place that sets it.
    csv.field_size_limit(limits.cell)


def _sample(text: TextReader) -> Iterator[str]:
    taken = 0
    while taken < _SAMPLE_LETTERS and (line := text.line(_SAMPLE_LETTERS)):
        taken += len(line)
        yield line


def _score(sample: Sequence[str], between: str, spaced: bool) -> tuple[float, int]:
    """Return the share of rows as wide as the first, and how wide that is."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(sample, delimiter=between, skipinitialspace=spaced):
            if "".join(row).strip():
                rows.append(row)
            if len(rows) > _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    if not rows:
        return 0.0, 0
    return sum(len(row) == len(rows[0]) for row in rows) / len(rows), len(rows[0])


def _records(name: str, text: TextReader, dialect: Dialect, limits: Limits) -> Iterator[tuple[int, Sequence[str]]]:
    _bound_cells(limits)
    lines = _Lines(name, text, limits)
    reader = csv.reader(lines, delimiter=dialect.between, skipinitialspace=dialect.spaced)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            lines.taken = 0
            if cells == [_END]:
                return
            if not (dialect.said and number == 1):
                yield number, cells
    except csv.Error as error:
        big = "field limit" in str(error)
        fault = f"a cell holds more than {limits.cell // 1024} kB" if big else "cannot be told apart into cells"
        raise BrokenError(f"{name} row {number + 1}: {fault}; is a quotation mark missing?") from error
    raise BrokenError(f"{name} row {number}: a quotation mark is opened here and never closed")

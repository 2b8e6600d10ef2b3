"""Read the data files of a directory, each by its form, and decide what of it to give on: objects or tables."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.directory.note import Level, Where
from bot.directory.reading.book import book_tables
from bot.directory.reading.csv_file import csv_table, dialect_of
from bot.directory.reading.findings import BrokenError, Findings
from bot.directory.reading.form import Form, form_of
from bot.directory.reading.json_file import JsonFile, json_file
from bot.directory.reading.json_part import Part
from bot.directory.reading.layout import ABOVE, JSONS, TABLES, Layout
from bot.directory.reading.limits import MB
from bot.directory.reading.objects import are_rows, docs_of, has_services, is_table, table_in
from bot.directory.reading.raw import Opened, RawDoc, RawTable, UnreadableError
from bot.directory.reading.source import Source

_LONGEST_MAPPING = MB
#: The share of rows that must be as wide as the heading of a file that is not named as a table.
_EVEN = 0.9


@dataclass(slots=True)
class _Read:
    """What the files of a directory held."""

    tables: list[RawTable] = field(default_factory=list)
    files: list[JsonFile] = field(default_factory=list)


def gathered(name: str, layout: Layout, scratch: Path, findings: Findings) -> Opened:
    """Read the data files, all of them, and return the directory. Raises UnreadableError with every problem."""
    read = _Read()
    size = sum(source.size for source in layout.data)
    if size > findings.limits.total:
        problem = f"holds {size // MB} MB of data, more than the {findings.limits.total // MB} MB that are read"
        raise UnreadableError((f"{name}: {problem}",))
    for source in layout.data:
        try:
            _read(source, read, scratch, findings)
        except BrokenError as error:
            findings.problem(str(error))
    findings.stop_at_problems()
    files, tables = _chosen(read, findings)
    if not files and not tables:
        raise UnreadableError((f"{name}: holds nothing of a directory: no services, no organizations, no table",))
    return Opened(
        name,
        tuple(tables),
        lambda: _docs(files, findings),
        _descriptor(layout, findings),
        _mappings(layout, findings),
        findings.notes(),
        sum(part.count for file in files for part in file.parts),
    )


def _read(source: Source, read: _Read, scratch: Path, findings: Findings) -> None:
    form, why = form_of(source.head())
    if form == Form.ZIP:
        read.tables += book_tables(source, scratch, findings)
    elif form == Form.JSON:
        file = json_file(source, findings)
        if file.parts:
            read.files.append(file)
        else:
            findings.note(Level.DROPPED, Where(source.name), "holds nothing of a directory; was not read")
    elif form == Form.TEXT and source.suffix in JSONS:
        raise BrokenError(f"{source.name}: is not JSON")
    elif form == Form.TEXT:
        # Any text is a table of some sort; what is not called one must look like one.
        if source.suffix not in TABLES and dialect_of(source).even < _EVEN:
            raise BrokenError(f"{source.name}: is text, but not JSON and not a table")
        if table := csv_table(source, findings):
            read.tables.append(table)
    elif form == Form.EMPTY:
        findings.note(Level.DROPPED, Where(source.name), "is empty")
    else:
        raise BrokenError(f"{source.name}: {why}")


def _chosen(read: _Read, findings: Findings) -> tuple[list[JsonFile], list[RawTable]]:
    """Return the objects to give on, or else the tables. Objects of services win: they hold all that tables do."""
    parts = [part for file in read.files for part in file.parts]
    if any(map(has_services, parts)):
        known = _only(read, [part for part in parts if part.kind and not is_table(part)], findings)
        for table in read.tables:
            what = "stands beside JSON that holds services; the JSON was read, the table was not"
            findings.note(Level.DROPPED, Where(table.file), what)
        return _as_they_are(known, findings)
    if read.tables:
        _only(read, [], findings)
        return [], read.tables
    return _as_they_are(read.files, findings)


def _only(read: _Read, wanted: Sequence[Part], findings: Findings) -> list[JsonFile]:
    kept = {id(part) for part in wanted}
    files = []
    for file in read.files:
        parts = tuple(part for part in file.parts if id(part) in kept)
        if parts:
            files.append(replace(file, parts=parts))
        if len(parts) < len(file.parts):
            findings.note(Level.DROPPED, Where(file.source.name), "other data hold the services; this was not read")
    return files


def _as_they_are(files: list[JsonFile], findings: Findings) -> tuple[list[JsonFile], list[RawTable]]:
    parts = [part for file in files for part in file.parts]
    if parts and are_rows(parts):
        return [], [table_in(file, part, findings.limits) for file in files for part in file.parts]
    return files, []


def _docs(files: Sequence[JsonFile], findings: Findings) -> Iterator[RawDoc]:
    for file in files:
        yield from docs_of(file, findings.limits)


def _descriptor(layout: Layout, findings: Findings) -> Mapping[str, Any] | None:
    source = layout.descriptor
    if source is None:
        return None
    try:
        found = json.loads(source.whole(findings.limits.whole).decode("utf-8-sig"))
    except (BrokenError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        findings.note(Level.DROPPED, Where(source.name), "is not the description of a data package; was not used")
        return None
    return found


def _mappings(layout: Layout, findings: Findings) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for source in layout.mappings:
        try:
            found[source.name if source.name.startswith(ABOVE) else source.base] = source.whole(_LONGEST_MAPPING)
        except BrokenError as error:
            findings.note(Level.DROPPED, Where(source.name), "could not be read as a mapping", str(error))
    return found

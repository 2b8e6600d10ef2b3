"""Rows that stand in no service: nobody could ever be sent to them."""

from bot.directory.note import Level, Note, Where
from bot.directory.shaping.roles import CODES, NAMES
from bot.directory.shaping.stage import Stage

_BELONG_TO_NOTHING = "belong to nothing in the files and were left out"
#: Lists that other rows choose from: most are not chosen.
_LISTS = ("taxonomy", "taxonomy_term", "unit")
_EXAMPLES = 3
_ASKED = "SELECT file, kind, row FROM told WHERE n NOT IN (SELECT child FROM edge) AND kind <> ? ORDER BY n"


def orphans(stage: Stage) -> tuple[Note, ...]:
    """Return what is to be told of such rows: how many of each file, and where the first are."""
    first: dict[tuple[int, int], list[int]] = {}
    counts: dict[tuple[int, int], int] = {}
    for file, kind, row in stage.store.ask(_ASKED, CODES["service"]):
        counts[file, kind] = counts.get((file, kind), 0) + 1
        rows = first.setdefault((file, kind), [])
        if row and len(rows) < _EXAMPLES:
            rows.append(row)
    return tuple(
        Note(
            Level.DROPPED,
            Where(stage.files[file], None, NAMES[kind]),
            _BELONG_TO_NOTHING,
            _rows(count, first[file, kind]),
        )
        for (file, kind), count in sorted(counts.items())
        if NAMES[kind] not in _LISTS
    )


def _rows(count: int, first: list[int]) -> str:
    told = f"{count} rows" if count > 1 else "1 row"
    return f"{told}: {', '.join(map(str, first))}{', ...' if count > len(first) else ''}" if first else told

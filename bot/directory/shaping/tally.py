"""What is said once for a table, however many rows it holds for: counted, with the first rows as examples."""

from dataclasses import dataclass, field

from bot.directory.note import Level, Note, Where

_EXAMPLES = 3


@dataclass(slots=True)
class _Count:
    rows: int = 0
    examples: list[str] = field(default_factory=list)


class Tally:
    """Counts remarks by level, file, field and sentence."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Level, str, str, str], _Count] = {}

    def add(self, level: Level, where: Where, what: str) -> None:
        """Count a remark about a row."""
        count = self._counts.setdefault((level, where.file, where.field, what), _Count())
        count.rows += 1
        if len(count.examples) < _EXAMPLES and where.row is not None:
            count.examples.append(str(where.row))

    def notes(self) -> tuple[Note, ...]:
        """Return a note for each, which tells how many rows it is about and where the first ones are."""
        return tuple(
            Note(level, Where(file, None, name), what, _rows(count))
            for (level, file, name, what), count in self._counts.items()
        )


def _rows(count: _Count) -> str:
    if not count.examples:
        return f"{count.rows} times" if count.rows > 1 else ""
    if count.rows == 1:
        return f"row {count.examples[0]}"
    more = ", ..." if count.rows > len(count.examples) else ""
    return f"{count.rows} rows: {', '.join(count.examples)}{more}"

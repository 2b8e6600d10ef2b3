"""The notes on one service, gathered while it is drawn."""

from dataclasses import dataclass, field

from bot.directory.note import Level, Note, Where


@dataclass(slots=True)
class Telling:
    """Gathers what is to be told about a service, each note at its field."""

    where: Where
    notes: list[Note] = field(default_factory=list)

    def say(self, level: Level, what: str, value: str = "", field: str = "") -> None:
        """Note one thing."""
        self.notes.append(Note(level, Where(self.where.file, self.where.row, field), what, value))

    def infer(self, what: str, value: str = "", field: str = "") -> None:
        """Note what was concluded, not read."""
        self.say(Level.INFERRED, what, value, field)

    def drop(self, what: str, value: str = "", field: str = "") -> None:
        """Note what was left out."""
        self.say(Level.DROPPED, what, value, field)

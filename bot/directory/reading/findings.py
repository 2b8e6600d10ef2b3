"""What there is to say about files while they are read, gathered so that all of it can be said at once."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bot.directory.note import Level, Note, Where
from bot.directory.reading.limits import USUAL, Limits
from bot.directory.reading.raw import UnreadableError

LONGEST_NAME = 120


class BrokenError(Exception):
    """A file could not be read. The text is a plain sentence that names it."""


class Findings:
    """Gather notes and problems. Of notes that read the same about one file only so many are kept, the rest counted."""

    def __init__(self, limits: Limits = USUAL) -> None:
        self.limits = limits
        self.problems: list[str] = []
        self._notes: list[Note] = []
        self._alike: Counter[tuple[Level, str, str]] = Counter()

    def note(self, level: Level, where: Where, what: str, value: str = "") -> None:
        """Keep a note."""
        alike = (level, where.file, what)
        self._alike[alike] += 1
        if self._alike[alike] <= self.limits.alike:
            self._notes.append(Note(level, where, what, value))

    def notes(self) -> tuple[Note, ...]:
        """Return every note kept, and one for each sort that there were too many of."""
        beyond = [(alike, count - self.limits.alike) for alike, count in self._alike.items()]
        more = [Note(level, Where(file), what, f"and {n} more") for (level, file, what), n in beyond if n > 0]
        return (*self._notes, *more)

    def take(self, other: "Findings") -> None:
        """Take over what another one gathered."""
        for note in other.notes():
            self.note(note.level, note.where, note.what, note.value)
        self.problems += other.problems

    def problem(self, sentence: str) -> None:
        """Keep a reason why nothing can be read."""
        if sentence not in self.problems:
            self.problems.append(sentence)

    def stop_at_problems(self) -> None:
        """Raise UnreadableError when there is any problem."""
        if self.problems:
            raise UnreadableError(tuple(self.problems))


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Turn whatever goes wrong with the bytes of a file into a BrokenError that names the file."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BrokenError(f"{name}: is damaged inside the zip; pack or download it anew") from error
    except NotImplementedError as error:
        raise BrokenError(f"{name}: is packed in a way that cannot be read; pack it as an ordinary zip") from error
    except PermissionError as error:
        raise BrokenError(f"{name}: may not be read with the rights this program has") from error
    except OSError as error:
        raise BrokenError(f"{name}: could not be read ({error.strerror or type(error).__name__})") from error
    except RuntimeError as error:  # what zipfile raises for a member with a password
        raise BrokenError(f"{name}: could not be unpacked") from error


def shown(name: str) -> str:
    """Return a name as it may be printed: letters nobody can see or that are no text as "?", never very long."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in name)
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…"

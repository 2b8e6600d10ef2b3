"""An operator's own table of licensed taxonomy codes: read when it is supplied, never shipped, never shown."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.directory.drawing.meaning import Meaning, fault_of
from bot.referral.content import Content

#: A code is cut here to find what is listed for the group it belongs to: AB-1000.1000-100 is one of AB-1000.
_CUTS = ("-", ".")
_HEADINGS = frozenset({"code", "codes", "taxonomy code", "term code"})


class CodesError(ValueError):
    """A table of codes could not be used. `problems` names every faulty line at once, and no code."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep the problems, in order of the lines."""
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass(frozen=True, slots=True, repr=False)
class Codes:
    """What codes mean to us: those of the table, and those below them."""

    listed: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Say how many: the codes are somebody's property."""
        return f"<Codes: {len(self.listed)}>"

    def meant_by(self, code: str) -> tuple[Meaning, ...]:
        """Return what a code means, or the nearest code above it; () when neither is listed."""
        cut = code.strip().upper()
        while cut and self.listed:
            if cut in self.listed:
                return self.listed[cut]
            cut = cut[: max(cut.rfind(sign) for sign in _CUTS)] if any(sign in cut for sign in _CUTS) else ""
        return ()


NO_CODES = Codes()


def load_codes(data: bytes, content: Content) -> Codes:
    """Read a CSV of code, topic and, where one is meant, facet; a code may stand in several lines.

    A first line of headings is left out. Raises CodesError naming every line that cannot be used.
    """
    found: dict[str, tuple[Meaning, ...]] = {}
    problems: list[str] = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodesError((f"byte {error.start + 1} is not UTF-8",)) from None
    for line, cells in _rows(text, problems):
        code, meant = cells[0].upper(), (cells[1], cells[2])
        fault = "no code" if not code else fault_of(meant, content.topics)
        if fault:
            problems.append(f"line {line}: {fault}")
        elif meant not in found.get(code, ()):
            found[code] = (*found.get(code, ()), meant)
    if problems:
        raise CodesError(tuple(problems))
    return Codes(found)


def _rows(text: str, problems: list[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            tidy = [*(cell.strip() for cell in cells[:3]), "", "", ""][:3]
            is_heading = reader.line_num == 1 and tidy[0].lower() in _HEADINGS
            if any(tidy) and not is_heading:
                yield reader.line_num, tidy
    except csv.Error:
        problems.append(f"line {reader.line_num} is no line of a CSV file")

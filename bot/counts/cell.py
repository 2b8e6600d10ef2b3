"""What is counted: one- and two-way tables from a fixed list, and nothing finer than the week."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Table(StrEnum):
    """The tables there are. Whoever wants another one has to change this list, in the open."""

    CONVERSATIONS = "conversations"
    AREA = "area"
    LANGUAGE = "language"
    TOPIC = "topic"
    OUTCOME = "outcome"
    ENTRY = "entry"
    TOPIC_AREA = "topic_area"
    TOPIC_LANGUAGE = "topic_language"
    #: Not conversations but parts of messages sent: what the provider charges for.
    SEGMENTS = "segments"
    #: Conversations that said of an entry that it did not work. Never published, and destroyed with its week.
    COMPLAINT = "complaint"


class Cell(NamedTuple):
    """One figure of one table. A conversation adds at most 1 to it, so it counts conversations, not people."""

    table: str
    first: str = ""
    second: str = ""


#: A week or quarter as everybody may see it: None = hidden. A real 0 is shown.
Shown: TypeAlias = Mapping[Cell, int | None]

#: The total of all conversations, and the parts of messages sent.
CONVERSATIONS = Cell(Table.CONVERSATIONS)
SEGMENTS = Cell(Table.SEGMENTS)
#: Where the texter did not say where they are, or sent STOP to the provider before writing anything. A text that
#: shows no language is answered, and counted, in the line's first one.
UNKNOWN = "unknown"


def above(cell: Cell) -> Cell | None:
    """Return the figure a cell is a part of: food in an area, the area. None for areas and languages."""
    if cell[0] == Table.TOPIC_AREA:
        return Cell(Table.AREA, cell[2])
    if cell[0] == Table.TOPIC_LANGUAGE:
        return Cell(Table.LANGUAGE, cell[2])
    return CONVERSATIONS if cell[0] in (Table.TOPIC, Table.OUTCOME, Table.ENTRY) else None

"""Every fact that HSDS has no field for: the terms of our taxonomy, and what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How a fact is written down. SAID is for people and machines to read; it does not come back as ours."""

    TEXT = "text"
    PER_LANGUAGE = "a text per language"
    JSON = "json"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: what others are told it means, and how it is written down."""

    about: str
    shape: Shape = Shape.TEXT


_LANGUAGES = Shape.PER_LANGUAGE
#: Those of an entry, on its service.
FACTS: Mapping[str, Fact] = {
    "id": Fact("The entry's id in the text line."),
    "area": Fact("The county served, or national."),
    "name": Fact("The entry's own name, where it differs from the name of the service."),
    "short": Fact("The name as a text message writes it.", _LANGUAGES),
    "kind": Fact("What kind of service it is, which says how often it is checked."),
    "status": Fact("Whether texters may get it."),
    "source": Fact("Whose page shows its numbers."),
    "serves": Fact("The needs it is offered for, lowest rank first, as JSON.", Shape.JSON),
    "aliases": Fact("Other names people use for it, as JSON.", Shape.JSON),
    "who": Fact("Whom it is for.", _LANGUAGES),
    "ages": Fact("The ages it is for, youngest and oldest, as JSON.", Shape.JSON),
    "police": Fact("What is known of its telling the police about a caller."),
    "minors": Fact("What is known of its telling the police about a caller under 18."),
    "is_police": Fact("Whether it is the police itself, as JSON.", Shape.JSON),
    "keep": Fact("Whether it is sent even when its check is overdue, as JSON.", Shape.JSON),
    "note": Fact("What a texter is told beside the number.", _LANGUAGES),
    "link": Fact("The page a texter gets where there is no number."),
    "season": Fact("The days of the year on which it is there, such as 11-15/03-31."),
    "place": Fact("The middle of the place anybody may come to, in degrees, as JSON.", Shape.JSON),
    "radius_miles": Fact("How many miles around that place it serves, as JSON.", Shape.JSON),
    "evidence": Fact("Where its numbers were seen, as JSON.", Shape.JSON),
    "state": Fact("How sure the text line is of it on the day of the export.", Shape.SAID),
    "checked on": Fact("The day of its last check that it passed.", Shape.SAID),
    "checked how": Fact("How: called, texted, visited, official page or stored page.", Shape.SAID),
    "due on": Fact("The day its next check is due.", Shape.SAID),
}
#: Those of a number, on its phone.
PHONE_FACTS: Mapping[str, Fact] = {
    "order": Fact("Its place among the numbers of the entry, from 1.", Shape.JSON),
    "number": Fact("The number as the text line keeps it, where it reads otherwise here."),
    "ways": Fact("How it is reached: call, text, tty or video, as JSON.", Shape.JSON),
    "keyword": Fact("The word to text to it.", _LANGUAGES),
    "hours": Fact("When somebody answers, in the opening_hours notation of OpenStreetMap."),
    "timezone": Fact("The time zone of its hours, where it is not that of the area."),
    "languages": Fact("The languages spoken there, * for interpreters, as JSON.", Shape.JSON),
    "purpose": Fact("What the number is for.", _LANGUAGES),
    "serves": Fact("The needs this number alone is offered for, as JSON.", Shape.JSON),
    "source": Fact("Whose page shows this number."),
    "evidence": Fact("Where this number was seen, as JSON.", Shape.JSON),
    "state": Fact("How sure the text line is of this number on the day of the export.", Shape.SAID),
    "checked on": Fact("The day of its last check that it passed.", Shape.SAID),
    "checked how": Fact("How: called, texted, visited, official page or stored page.", Shape.SAID),
    "due on": Fact("The day its next check is due.", Shape.SAID),
}

"""Somebody tried a number, or read who owns it: how, when, and what came of it. An edit is never a check."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class How(StrEnum):
    """How a number was checked."""

    CALLED = "called"
    TEXTED = "texted"
    VISITED = "visited"
    OFFICIAL_PAGE = "official page"
    STORED_PAGE = "stored page"


class Result(StrEnum):
    """What came of it. "no answer" proves nothing; after the last two the number is not theirs, or they are gone."""

    OK = "ok"
    NO_ANSWER = "no answer"
    WRONG_NUMBER = "wrong number"
    CLOSED = "closed"


#: Ways that count as somebody having tried the number or read its owner's page of that day.
PROVEN = frozenset({How.CALLED, How.TEXTED, How.VISITED, How.OFFICIAL_PAGE})


@dataclass(frozen=True, slots=True)
class Check:
    """One check, on a day where the service is. `by`: the staff's initials; `note`: what they were told, never more."""

    on: date
    how: How
    by: str = ""
    result: Result = Result.OK
    note: str = ""

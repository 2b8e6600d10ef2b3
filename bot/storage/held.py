"""What a process answers from at the moment, and what is known about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Origin(StrEnum):
    """Where the content in use came from."""

    DATABASE = "database"
    COPY = "copy"
    PACKAGED = "packaged"


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """Content in use and what is known about it: one value, so that its parts always belong together.

    `number` is None for packaged content; `loaded_at` is aware; `problem` says what keeps us from the newest.
    """

    content: T
    number: int | None
    origin: Origin
    loaded_at: datetime
    problem: str | None = None

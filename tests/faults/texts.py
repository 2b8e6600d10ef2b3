"""What people text while things break: conversations, and what each reply must hold whatever the release says."""

import random
from dataclasses import dataclass, field, replace
from enum import StrEnum

#: No reply to somebody in danger may lack a number that is answered at once.
CRISIS = r"911|988|800-\d{3}-\d{4}"


class Copy(StrEnum):
    """How often the provider delivers a text: once, twice at the same moment, or again when it is long answered."""

    ONCE = "once"
    AT_ONCE = "at once"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Turn:
    """One text; `must` is a pattern that its first reply in a conversation fulfils, "" for no demand."""

    body: str
    must: str = ""
    crisis: bool = False
    copies: Copy = Copy.ONCE


@dataclass(frozen=True, slots=True)
class Talk:
    """What one phone texts, in order."""

    number: int
    turns: tuple[Turn, ...] = field(default=())

    @property
    def phone(self) -> str:
        """The number it comes from: of a kind that nobody has."""
        return f"+1310555{self.number:05d}"

    def sid(self, turn: int) -> str:
        """The provider's name for one of its texts."""
        return f"SM{self.number:016x}{turn:016x}"


def _crisis(body: str) -> Turn:
    return Turn(body, CRISIS, crisis=True)


_FOOD = r"211"
SCRIPTS: tuple[tuple[Turn, ...], ...] = (
    (Turn("food", _FOOD), Turn("90057"), Turn("MORE")),
    (Turn("comida", _FOOD), Turn("60559"), Turn("MAS")),
    (Turn("food 90057", _FOOD), Turn("MORE"), Turn("MORE")),
    (Turn("bed 60559", r"630-|211"), Turn("thanks")),
    (Turn("cama 90057", r"211|213-"), Turn("MAS")),
    (Turn("food", _FOOD), Turn("1"), Turn("BACK")),
    (Turn("bed", "211"), Turn("2"), Turn("no answer")),
    (_crisis("he has a gun"), Turn("MORE")),
    (_crisis("i want to die"), Turn("talk")),
    (_crisis("quiero morirme"),),
    (_crisis("sobredosis"), Turn("comida", _FOOD)),
    (Turn("food", _FOOD), _crisis("he has a gun")),
    (Turn("qwrtzp plmkj", r"\w"), Turn("menu")),
    (Turn("talk", CRISIS), Turn("X"), Turn("MORE")),
    (Turn("food 60559", _FOOD), Turn("STOP"), Turn("food", _FOOD)),
    (Turn("espanol", r"\w"), Turn("comida", _FOOD)),
)
#: One text in ten is delivered twice at the same moment, one in ten again later.
_COPIES = (Copy.AT_ONCE, Copy.LATE, *(Copy.ONCE,) * 8)
#: These erase all that is held, the cached replies too: a duplicate that comes after one of them is a new text, and no
#: line that keeps its promise could know better. So nothing is delivered late in such a conversation.
_ERASING = {"X", "STOP"}
MEAN_TURNS = sum(map(len, SCRIPTS)) / len(SCRIPTS)


def talk(number: int, seed: int = 7) -> Talk:
    """Return the conversation of a number; the same for the same seed."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - a script, no secret
    turns = SCRIPTS[number % len(SCRIPTS)]
    copies = [chance.choice(_COPIES) for _ in turns]
    if _ERASING & {turn.body for turn in turns}:
        copies = [Copy.ONCE if copy is Copy.LATE else copy for copy in copies]
    return Talk(number, tuple(replace(turn, copies=copy) for turn, copy in zip(turns, copies, strict=True)))

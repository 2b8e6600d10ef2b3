"""Wordings that are looked for in whole services: as patterns, and found by pieces of them, which is quick."""

import re
from dataclasses import dataclass

#: Characters between the first and the last word of a wording, at most.
_REACH = 100
#: "Abuse" of drugs is no abuse of people, and some shelters keep taxes or work.
_NOT_MEANT_NEEDS = ("abuse", "misuse", "workshop", "shelter", "in place", "in-place", "violen")
_NOT_MEANT = re.compile(
    r"\b(?:(?:substance|drug|alcohol|chemical|medication|prescription|poly\w+)s?"
    r"(?: ?(?:and|or|&|/|,) ?\w+){0,2} (?:ab|mis)use\w*"
    r"|(?:ab|mis)use of (?:drugs?|alcohol|substances?)|abuso de (?:sustancias|drogas|alcohol)"
    r"|(?:sheltered workshop|(?:tax|animal|pet|picnic|bus|dog|cat|rain) shelter|shelter[- ]in[- ]place)s?"
    r"|refugios? de animales|(?:non-?|no |zero tolerance for |youth |gang |gun |workplace )violen\w*"
    r"|violent (?:offen|crim|behav|felon|act|hist|extrem)\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Wordings:
    """Patterns on folded text, and the pieces of which a text must hold one before it is worth a search."""

    pattern: re.Pattern[str]
    needs: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: str, *ways: str) -> "Wordings":
        """Compile patterns of whole words. `needs`: pieces apart by spaces, "_" for a space inside one."""
        pieces = tuple(piece.replace("_", " ") for piece in needs.split())
        return cls(re.compile(rf"\b(?:{'|'.join(ways)})\b"), pieces)

    def are_in(self, text: str) -> bool:
        """Say whether a folded text holds one of the wordings; what only sounds like one does not count.

        Only the neighbourhood of each piece is searched: that takes a tenth of the time of a whole text.
        """
        for piece in self.needs:
            at = text.find(piece)
            while at >= 0:
                near = text[text.rfind(" ", 0, max(at - _REACH, 0)) + 1 : at + 2 * _REACH]
                if self.pattern.search(_meant(near)) is not None:
                    return True
                at = text.find(piece, at + _REACH)
        return False


def one_is_in(pieces: tuple[str, ...], text: str) -> bool:
    """Say whether a text holds one of the pieces."""
    # A plain loop: `any` takes three times as long, and this is asked of every service of a state.
    for piece in pieces:
        if piece in text:
            return True
    return False


def _meant(text: str) -> str:
    return _NOT_MEANT.sub(" ", text) if one_is_in(_NOT_MEANT_NEEDS, text) else text

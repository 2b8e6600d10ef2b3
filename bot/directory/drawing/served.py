"""What areas a text of a directory names: counties, towns, ZIP codes, states, the whole country."""

import re
from collections.abc import Iterator

from bot.directory.drawing.atlas import DIVIDED, Atlas, plain
from bot.referral.content import ELSEWHERE, NATIONAL

#: What a text that names a state comes to: "state CA".
STATE = "state "
_COUNTRY = re.compile(
    r"(?:\w+ )?(?:national|nationwide|nation wide|the nation|united states(?: of america)?|usa|u s a?|us|entire country"
    r"|(?:all )?(?:50|fifty) states|all states|international|worldwide|nacional|todo el pais|estados unidos)"
    r"(?: coverage| wide)?"
)
_STATE_WIDE = re.compile(
    r"(?:\w+ ){0,2}state ?-?wide(?: .*)?|(?:entire|whole|all of the|the) state|todo el estado|state"
)
_CODES = re.compile(r"(?<![\d-])\d{5}(?![\d])")
_BETWEEN = re.compile(r"\s*(?:[;,\n|/•]|\band\b|&|\by\b)\s*")
_STATE_CODE = re.compile(r"(?:^|,\s*)([A-Z]{2})\.?(?=$|[\s,;])")
#: "Free legal help in DuPage County": up to three words before "County", the longest first.
_IN_NAME = re.compile(r"((?:[A-Z][\w.'-]*\s+){1,3})(?:County|Co\.)")
#: "Free legal help in DuPage and Kane Counties"
_SOME_IN_NAME = re.compile(r"((?:[A-Z][\w.'-]*(?:,|,?\s+and|\s*&)?\s+){1,9})Counties")
_ALL_OF = re.compile(
    r"^(?:all (?:of )?|anywhere in |throughout |across |residents of |(?:the )?(?:entire |whole )?state of |todo"
    r" |estado de )+"
)
_COUNTIES = re.compile(r"\bcount(?:y|ies)\b|\bcondados?\b|\bco\b\.?|\bparish\b")


class Served:
    """Reads one text after the other; remembers what each came to, for most are said thousands of times."""

    def __init__(self, atlas: Atlas) -> None:
        """Begin with the country as the atlas has it."""
        self._atlas = atlas
        names = atlas.line.state_names.items()
        self._states = {plain(name): state.upper() for state, told in names for name in told}
        self._known: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def read(self, text: str, states: tuple[str, ...]) -> tuple[str, ...]:
        """Return what a text names: areas of ours, "national", "state CA", "elsewhere"; () = nothing known.

        `states` are those the service is in: they tell one Lake County from the others.
        """
        if (text, states) not in self._known:
            self._known[text, states] = tuple(dict.fromkeys(self._names(text, states)))
        return self._known[text, states]

    def in_name(self, name: str, states: tuple[str, ...]) -> str:
        """Return the area of the county that a service's own name speaks of, "" when it names none.

        Of several counties the first one that is an area of ours.
        """
        listed = [county for found in _SOME_IN_NAME.finditer(name) for county in _BETWEEN.split(found[1])]
        areas = [area for county in listed if (area := self._atlas.of_county(county, states))]
        if areas:
            return next((area for area in areas if area != ELSEWHERE), ELSEWHERE)
        for found in _IN_NAME.finditer(name):
            words = found[1].split()
            for first in range(len(words)):
                if area := self._atlas.of_county(" ".join(words[first:]), states):
                    return area
        return ""

    def _names(self, text: str, states: tuple[str, ...]) -> Iterator[str]:
        yield from (area for code in _CODES.findall(text) if (area := self._atlas.of_zip(code)))
        padded = f" {plain(text)} "
        told = [state for name, state in self._states.items() if len(name) > 3 and f" {name} " in padded]
        context = [*_STATE_CODE.findall(text), *told, *states]
        listed = bool(_COUNTIES.search(padded))
        pieces = _BETWEEN.split(_CODES.sub(" ", text))
        for piece in pieces:
            whole = plain(piece).strip(" :()-")
            name = _ALL_OF.sub("", whole)
            if not name:
                continue
            if _COUNTRY.fullmatch(whole):
                yield NATIONAL
            elif _STATE_WIDE.fullmatch(whole):
                yield from (f"{STATE}{state}" for state in context[:1])
            elif name in self._states or (piece.strip().isupper() and len(name) == 2):
                # "Cook County, Illinois": the state only says which Cook County.
                if len(pieces) == 1 or (not listed and not self._is_town(pieces, context)):
                    yield f"{STATE}{self._states.get(name, name.upper())}"
            else:
                yield from self._county_or_town(name, context, listed=listed)

    def _county_or_town(self, name: str, states: list[str], *, listed: bool) -> Iterator[str]:
        county = self._atlas.of_county(name, states) if listed or _COUNTIES.search(name) else ""
        town = next((area for state in states if (area := self._atlas.of_town(name, state))), "")
        area = county or ("" if town == DIVIDED else town) or ("" if listed else self._atlas.of_county(name, states))
        if area:
            yield area

    def _is_town(self, pieces: list[str], states: list[str]) -> bool:
        return any(self._atlas.of_town(piece, state) for piece in pieces for state in states)

"""Which of our areas a service is for: what it says it serves, or else where it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.directory.drawing.atlas import DIVIDED, Atlas
from bot.directory.drawing.places import addresses_of
from bot.directory.drawing.served import STATE, Served
from bot.directory.service import Doc
from bot.referral.content import ELSEWHERE, NATIONAL

NO_PLACE = "it names no place we know: staff choose the area"
STATE_WIDE = "it serves a whole state: put into the area we have there"
SEVERAL = "it serves several of our areas: put into the first of them"
TOWN_DIVIDED = "its town lies in several counties and it gives no ZIP code: staff choose the area"
IN_NAME = "its county was told by its name"
OF_OWNER = "it names no place of its own: its organization's was taken"
OUTSIDE = "it serves none of our areas: kept, never offered"


@dataclass(frozen=True, slots=True)
class Placed:
    """The area of a service, and what is to be told about how it was found."""

    area: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Said:
    """What the areas a service says it serves come to."""

    areas: set[str] = field(default_factory=set)
    country: bool = False
    state: str = ""
    elsewhere: bool = False


class Areas:
    """Finds the area of one service after the other."""

    def __init__(self, atlas: Atlas) -> None:
        """Begin with the country as the atlas has it."""
        self._atlas = atlas
        self._order = [*atlas.line.areas]
        self._served = Served(atlas)

    def place(self, doc: Doc) -> Placed:
        """Return the area of a service: what it serves comes before where it is, that before its organization."""
        locations = list(_locations(doc))
        of_owner = [place for place in (doc.get("organization") or {}).get("locations", ()) if isinstance(place, dict)]
        states = tuple(dict.fromkeys([*_states(locations), *_states(of_owner)]))
        here = self._where(locations)
        said = self._said(doc, states)
        if said.areas:
            return self._of_areas(said.areas, here)
        if said.country:
            return Placed(NATIONAL)
        if said.state:
            return self._of_state(said.state, here)
        if said.elsewhere or here:
            return _located(ELSEWHERE if said.elsewhere else here)
        names = f"{doc.get('name', '')} / {doc.get('alternate_name', '')}"
        for area, how in ((self._served.in_name(names, states), IN_NAME), (self._where(of_owner), OF_OWNER)):
            if area and area != DIVIDED:
                return Placed(area, (how, OUTSIDE) if area == ELSEWHERE else (how,))
        return Placed(ELSEWHERE, (NO_PLACE,))

    def _of_state(self, state: str, here: str) -> Placed:
        slug = (
            here if here in self._order and self._atlas.line.areas[here].state == state else self._atlas.of_state(state)
        )
        return Placed(slug, (OUTSIDE,) if slug == ELSEWHERE else (STATE_WIDE,))

    def _of_areas(self, areas: set[str], here: str) -> Placed:
        if len(areas) == 1:
            return Placed(next(iter(areas)))
        return Placed(here if here in areas else min(areas, key=self._order.index), (SEVERAL,))

    def _where(self, locations: Iterable[Mapping[str, Any]]) -> str:
        """Return the area in which a service is, the first of ours if it is in several; "" when nothing tells."""
        found = [area for location in locations if (area := self._of_location(location))]
        ours = [area for area in self._order if area in found]
        return (ours or [*found, ""])[0]

    def _of_location(self, location: Mapping[str, Any]) -> str:
        addresses = [*addresses_of(location)]
        for row in sorted(addresses, key=lambda row: row.get("address_type") == "postal"):
            if area := self._atlas.of_zip(str(row.get("postal_code", ""))[:5]):
                return area
        try:
            if area := self._atlas.of_point(float(location["latitude"]), float(location["longitude"])):
                return area
        except (KeyError, TypeError, ValueError):
            pass
        towns = (self._atlas.of_town(str(row.get("city", "")), _state(row)) for row in addresses)
        return next((area for area in towns if area), "")

    def _said(self, doc: Doc, states: tuple[str, ...]) -> _Said:
        said = _Said()
        for text in _area_texts(doc):
            for name in self._served.read(text, states):
                if name == NATIONAL:
                    said.country = True
                elif name in self._order:
                    said.areas.add(name)
                elif name == ELSEWHERE:
                    said.elsewhere = True
                else:
                    said.state = name.removeprefix(STATE)
        return said


def _located(area: str) -> Placed:
    if area == DIVIDED:
        return Placed(ELSEWHERE, (TOWN_DIVIDED,))
    return Placed(area, (OUTSIDE,) if area == ELSEWHERE else ())


def _locations(doc: Doc) -> Iterator[Mapping[str, Any]]:
    for row in doc.get("service_at_locations") or ():
        if isinstance(row.get("location"), dict):
            yield row["location"]


def _states(locations: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for location in locations:
        yield from (state for row in addresses_of(location) if (state := _state(row)))


def _state(row: Mapping[str, Any]) -> str:
    state = str(row.get("state_province", "")).strip()
    return state.upper() if len(state) == 2 else ""


def _area_texts(doc: Doc) -> Iterator[str]:
    for holder in (doc, *(doc.get("service_at_locations") or ())):
        for row in holder.get("service_areas") or ():
            is_text = str(row.get("extent_type", "text")).lower() in ("text", "")
            for key in ("name", "description", "extent") if is_text else ("name", "description"):
                if isinstance(row.get(key), str):
                    yield row[key]

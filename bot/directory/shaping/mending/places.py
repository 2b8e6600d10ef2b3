"""What makes a location and an address fit to be kept. What stands in them is never repeated in a note."""

import re
from collections.abc import Mapping

from bot.directory.note import Level
from bot.directory.shaping.mending.closed import say_when_closed
from bot.directory.shaping.mending.draft import Draft
from bot.directory.shaping.mending.numbers import read_number

_YES = frozenset({"true", "t", "yes", "y", "1"})
#: "Geolocation is 42.1, -87.9", "POINT (-87.9 42.1)" is not read: its order differs.
_PAIR = re.compile(r"[a-z :(]*([+-]?\d{1,3}\.\d+)\s*[,; ]\s*([+-]?\d{1,3}\.\d+)\)?", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?P<street>.*\S)\s*,\s*(?P<city>[^,\d]*[^,\d\s])\s*,\s*(?P<state>[A-Z]{2})\.?,? (?P<zip>\d{5}(?:-\d{4})?)"
)
_RUN_TOGETHER = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLa)(?<!\bDu)(?<!\bLe)[a-z][A-Z]")
_NUMBER = re.compile(r"(\d{3,5})(\.0)?")
_BOX = re.compile(r"\s*(?:p\.? ?o\.? box|post office box)\b", re.IGNORECASE)
_COUNTRIES: Mapping[str, str] = {
    "usa": "US", "u.s.": "US", "u.s.a.": "US", "united states": "US", "united states of america": "US",
    "america": "US", "mexico": "MX", "canada": "CA",
}  # fmt: skip
_SHORT = ("city", "state_province", "postal_code", "region", "country")
#: The range of the fifty states, Puerto Rico and the islands: (south, north), (west, east).
_HERE = (13.0, 72.0), (-180.0, -64.0)


def is_on_earth(latitude: float, longitude: float) -> bool:
    """Tell whether two coordinates can be a place; 0, 0 is how programs write that they know none."""
    return abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)


def is_likely(latitude: float, longitude: float) -> bool:
    """Tell whether two coordinates can be a place and are not the wrong way round."""
    return is_on_earth(latitude, longitude) and not _swapped(latitude, longitude)


def finish_location(draft: Draft) -> None:
    """Mend coordinates and the type; without one it is a guess that its addresses may change."""
    pair = draft.take("geolocation")
    if pair:
        _read_pair(draft, pair)
    _coordinates(draft)
    if draft.extra:
        say_when_closed(draft)
    virtual = draft.take("virtual").strip().casefold()
    if "location_type" in draft.fields:
        return
    draft.fields["location_type"] = "virtual" if virtual in _YES else "physical"
    if virtual not in _YES:
        draft.is_guess = True
        draft.say(Level.INFERRED, "location_type", "had no type: it was told from its addresses and coordinates")


def is_pair(text: str) -> bool:
    """Tell whether a text is two coordinates, and no more: "(41.88, -87.63)"."""
    return _PAIR.fullmatch(text.strip()) is not None


def _read_pair(draft: Draft, pair: str) -> None:
    found = _PAIR.fullmatch(pair.strip())
    if found and "latitude" not in draft.fields and "longitude" not in draft.fields:
        draft.fields["latitude"], draft.fields["longitude"] = read_number(found[1]), read_number(found[2])
    else:
        draft.set_aside("geolocation", pair)


def _coordinates(draft: Draft) -> None:
    latitude, longitude = draft.fields.get("latitude"), draft.fields.get("longitude")
    if latitude is None or longitude is None or is_likely(latitude, longitude):
        return
    if (latitude, longitude) == (0, 0):
        del draft.fields["latitude"], draft.fields["longitude"]
        draft.say(Level.DROPPED, "latitude", "the coordinates are 0, 0, which means that nobody knew them")
    elif _swapped(latitude, longitude):
        draft.fields["latitude"], draft.fields["longitude"] = longitude, latitude
        draft.say(Level.MENDED, "latitude", "latitude and longitude were swapped: only so is it a place in the country")
    else:
        draft.say(Level.DROPPED, "latitude", "the coordinates are no place on Earth: kept as they are, never used")


def _swapped(latitude: float, longitude: float) -> bool:
    """Tell whether only the other way round it is a place in the country, and this way nobody lives there."""
    (south, north), (west, east) = _HERE
    return latitude < -60 and west <= latitude <= east and south <= longitude <= north


def finish_address(draft: Draft) -> None:
    """Mend an address: one cell that holds all of it, its country and its kind."""
    for name in _SHORT:
        if isinstance(said := draft.fields.get(name), str) and said != said.strip():
            draft.fields[name] = said.strip()
    _one_cell(draft)
    country = draft.fields.get("country", "")
    if not country:
        draft.fields["country"] = "US"
        draft.say(Level.INFERRED, "country", "had no country and was taken as US")
    elif len(country) == 2:
        draft.fields["country"] = country.upper()
    elif country.casefold() in _COUNTRIES:
        draft.fields["country"] = _COUNTRIES[country.casefold()]
    _zip(draft)
    if "address_type" not in draft.fields:
        box = _BOX.match(str(draft.fields.get("address_1", "")))
        draft.fields["address_type"] = "postal" if box else "physical"
        draft.say(Level.INFERRED, "address_type", "had no kind: a post box was taken as postal, all else as physical")


def _zip(draft: Draft) -> None:
    """Give a ZIP code back what a spreadsheet took or added when it thought it a number: 02139, 60602.0."""
    found = _NUMBER.fullmatch(str(draft.fields.get("postal_code", "")))
    if found and draft.fields["country"] == "US" and (len(found[1]) < 5 or found[2]):
        draft.fields["postal_code"] = found[1].zfill(5)
        draft.say(Level.MENDED, "postal_code", "a ZIP code was written as a number: it got its five digits back")


def _one_cell(draft: Draft) -> None:
    if any(name in draft.fields for name in ("city", "state_province", "postal_code")):
        return
    found = _WHOLE.fullmatch(str(draft.fields.get("address_1", "")).strip())
    if found is None or _RUN_TOGETHER.search(found["city"]):
        return
    names = {"address_1": "street", "city": "city", "state_province": "state", "postal_code": "zip"}
    draft.fields |= {name: found[part] for name, part in names.items()}
    draft.say(Level.MENDED, "address_1", "one cell held the whole address; it was taken apart at its commas")

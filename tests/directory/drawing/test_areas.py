"""Which area a service is put into: by what it says it serves, where it is, what it is called."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from bot.directory.counties import every_zip
from bot.directory.drawing.areas import (
    IN_NAME,
    NO_PLACE,
    OF_OWNER,
    OUTSIDE,
    SEVERAL,
    STATE_WIDE,
    TOWN_DIVIDED,
    Areas,
    Placed,
)
from bot.directory.drawing.atlas import Atlas, county_name
from bot.directory.service import Doc
from bot.referral.content import Area
from tests.directory.drawing.made import organization, release, service


@lru_cache(maxsize=1)
def areas() -> Areas:
    return Areas(Atlas.of(release()[0].line, every_zip()))


def at(code: str = "", town: str = "", state: str = "", **more: Any) -> Doc:
    """Make a place by its ZIP code, or its town and state."""
    row = {"id": "a", "address_1": "1 Main St", "postal_code": code, "city": town, "state_province": state}
    return {"id": "l", "location_type": "physical", "addresses": [row], **more}


def serving(*names: str, where: Doc | None = None, **more: Any) -> Doc:
    """Make a service for the areas it names."""
    rows = [{"id": str(n), "name": name} for n, name in enumerate(names)]
    return service(**{"name": "Program", "at": where, "service_areas": rows, **more}).doc


CHICAGO, LISLE, MATEO = at("60601", "Chicago", "IL"), at("60532", "Lisle", "IL"), at("94401", "San Mateo", "CA")
PLACED: dict[str, tuple[Doc, str, tuple[str, ...]]] = {
    "a county of ours": (serving("DuPage County"), "westmont", ()),
    "in Spanish": (serving("Condado de Los Ángeles"), "westlake", ()),
    "without the word": (serving("DuPage"), "westmont", ()),
    "in two words": (serving("Du Page County, IL"), "westmont", ()),
    "another county": (serving("San Mateo County"), "elsewhere", (OUTSIDE,)),
    "ours among many": (serving("Cook, DuPage and Will Counties", where=CHICAGO), "westmont", ()),
    "the county it serves, not where it is": (serving("DuPage County", where=CHICAGO), "westmont", ()),
    "another county than where it is": (serving("Cook County", where=LISLE), "elsewhere", (OUTSIDE,)),
    "a name many counties have": (serving("Lake County"), "elsewhere", (NO_PLACE,)),
    "told by its state": (serving("Lake County, IL"), "elsewhere", (OUTSIDE,)),
    "ZIP codes": (serving("90057, 90017"), "westlake", ()),
    "ZIP codes in the extent": (
        serving(service_areas=[{"id": "1", "name": "Area", "extent": "60559 60515", "extent_type": "text"}]),
        "westmont",
        (),
    ),
    "a drawn extent is not read": (
        serving(service_areas=[{"id": "1", "extent": "60559", "extent_type": "geojson"}]),
        "elsewhere",
        (NO_PLACE,),
    ),
    "towns": (serving("Lisle", "Naperville", where=LISLE), "westmont", ()),
    "a town and its state": (serving("Westmont, IL"), "westmont", ()),
    "a town elsewhere": (serving("Chicago, IL"), "elsewhere", (OUTSIDE,)),
    "the country": (serving("Nationwide"), "national", ()),
    "the country in Spanish": (serving("Todo el país"), "national", ()),
    "a county before the country": (serving("United States", "DuPage County"), "westmont", ()),
    "a state": (serving("Illinois"), "westmont", (STATE_WIDE,)),
    "a state's letters": (serving("CA"), "westlake", (STATE_WIDE,)),
    "all of a state": (serving("All of Illinois"), "westmont", (STATE_WIDE,)),
    "statewide, by where it is": (serving("Statewide", where=CHICAGO), "westmont", (STATE_WIDE,)),
    "another state": (serving("Florida"), "elsewhere", (OUTSIDE,)),
    "both of ours": (serving("Los Angeles County", "DuPage County"), "westlake", (SEVERAL,)),
    "both, by where it is": (serving("Los Angeles County", "DuPage County", where=LISLE), "westmont", (SEVERAL,)),
    "words nobody knows": (serving("The greater area", where=LISLE), "westmont", ()),
    "its ZIP code": (serving(where=at("60559-1234")), "westmont", ()),
    "a ZIP code elsewhere": (serving(where=MATEO), "elsewhere", (OUTSIDE,)),
    "its point": (serving(where=at(latitude=41.79, longitude=-87.98)), "westmont", ()),
    "its point as text": (serving(where=at(latitude="34.06", longitude="-118.27")), "westlake", ()),
    "at sea": (serving(where=at(latitude=0.5, longitude=0.5)), "elsewhere", (NO_PLACE,)),
    "its ZIP code in an address that lacks the rest": (
        serving(where={"id": "l", "unfinished_addresses": [{"postal_code": "60559"}]}),
        "westmont",
        (),
    ),
    "its town": (serving(where=at("", "westmont", "IL")), "westmont", ()),
    "a town of two counties": (serving(where=at("", "Aurora", "IL")), "elsewhere", (TOWN_DIVIDED,)),
    "a town of no state": (serving(where=at("", "Westmont")), "elsewhere", (NO_PLACE,)),
    "one place of many": (
        serving(service_at_locations=[{"id": "1", "location": CHICAGO}, {"id": "2", "location": LISLE}]),
        "westmont",
        (),
    ),
    "a county in its name": (serving(name="Free legal help in DuPage County"), "westmont", (IN_NAME,)),
    "counties in its name": (serving(name="Legal help in Will, DuPage and Kane Counties"), "westmont", (IN_NAME,)),
    "a county elsewhere in its name": (serving(name="Help in St. Clair County", where=None), "elsewhere", (NO_PLACE,)),
    "its organization's place": (serving(organization=organization(locations=[LISLE])), "westmont", (OF_OWNER,)),
    "an organization elsewhere": (
        serving(organization=organization(locations=[CHICAGO])),
        "elsewhere",
        (OF_OWNER, OUTSIDE),
    ),
    "nothing": (serving(), "elsewhere", (NO_PLACE,)),
}


@pytest.mark.parametrize(("doc", "area", "notes"), PLACED.values(), ids=PLACED)
def test_a_service_is_placed(doc: Doc, area: str, notes: tuple[str, ...]) -> None:
    assert areas().place(doc) == Placed(area, notes)


def test_a_third_area_is_known_by_its_zips_alone() -> None:
    line = release()[0].line
    kane = frozenset(
        code for code, found in every_zip().items() if (found.county, found.state) == ("Kane County", "IL")
    )
    third = Area("elgin", "3", "Kane", "IL", "America/Chicago", "211-kane", kane, {})
    found = Areas(Atlas.of(replace(line, areas={**line.areas, "elgin": third}), every_zip()))
    assert found.place(serving("Kane County, IL")).area == "elgin"
    assert found.place(serving(where=at("", "Geneva", "IL"))).area == "elgin"
    assert found.place(serving("Statewide", where=at("60134", "Geneva", "IL"))).area == "elgin"
    assert found.place(serving("Illinois")).area == "westmont"


COUNTIES = {
    "DuPage County": "dupage",
    "Dupage": "dupage",
    "County of Los Angeles": "losangeles",
    "Condado de Cook": "cook",
    "St. Clair County": "stclair",
    "Saint Clair Co.": "stclair",
    "Prince George's County": "princegeorges",
}


@pytest.mark.parametrize(("name", "expected"), COUNTIES.items())
def test_counties_are_compared_without_their_dress(name: str, expected: str) -> None:
    assert county_name(name) == expected

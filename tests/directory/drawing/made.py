"""Services of an imagined directory, and the release they are drawn for."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.directory.drawing.draw import Drawn, draw
from bot.directory.drawing.places import confidential_places
from bot.directory.drawing.terms import Terms
from bot.directory.ids import minted
from bot.directory.note import Where
from bot.directory.service import Doc, Service, canonical
from bot.referral.content import Content
from bot.referral.document import parse
from bot.storage.files import read_document

DATA = Path(__file__).resolve().parents[3] / "data"
#: A street nobody has, so that a piece of it found anywhere was leaked.
STREET, NUMBER, ZIP, LAT, LONG = "Zanzibar Way", "4821", "90057", 34.06221, -118.27634


@lru_cache(maxsize=1)
def release() -> tuple[Content, Terms]:
    """Read the default release, once for all tests."""
    document = read_document(DATA)
    return parse(document), Terms.of(document)


def an_id(name: str) -> str:
    """Return a UUID that is the same for the same name."""
    return minted("made", "thing", name)


def location(name: str = "Main office", **more: Any) -> Doc:
    """Make a place in Los Angeles, with a street and a point."""
    address = {
        "id": an_id(f"address {name}"),
        "address_1": f"{NUMBER} {STREET}",
        "city": "Los Angeles",
        "state_province": "CA",
        "postal_code": ZIP,
        "country": "US",
        "address_type": "physical",
    }
    place = {
        "id": an_id(f"location {name}"),
        "location_type": "physical",
        "name": name,
        "latitude": LAT,
        "longitude": LONG,
    }
    return {**place, "addresses": [address], **more}


def term(name: str, **more: Any) -> Doc:
    """Make an attribute that gives a service a taxonomy term."""
    return {
        "id": an_id(f"attribute {name}"),
        "link_entity": "service",
        "taxonomy_term": {"id": an_id(f"term {name}"), "name": name, "description": name, **more},
    }


def service(name: str = "Food pantry", *, at: Doc | None = None, terms: tuple[str, ...] = (), **more: Any) -> Service:
    """Make a service; `at` is its place, `terms` the names of its taxonomy terms."""
    doc: Doc = {"id": an_id(f"service {name}"), "name": name, "status": "active", **more}
    if at is not None:
        doc["service_at_locations"] = [{"id": an_id(f"at {name}"), "location": at}]
    if terms:
        doc["attributes"] = [term(one) for one in terms]
    return Service(canonical(doc), Where("services.csv", 2))


def organization(name: str = "Harbor House", **more: Any) -> Doc:
    """Make an organization."""
    return {"id": an_id(f"organization {name}"), "name": name, **more}


def phone(number: str, **more: Any) -> Doc:
    """Make a row of a telephone."""
    return {"id": an_id(f"phone {number} {more}"), "number": number, **more}


def drawn(one: Service, *others: Service) -> Drawn:
    """Draw a service as part of a directory that holds the others too."""
    content, terms = release()
    return draw(one, content, terms, source="Test directory", hidden=confidential_places((one, *others), terms))


def what(found: Drawn) -> set[str]:
    """Return the sentences told about a service."""
    return {note.what for note in (*found.notes, *found.refused)}

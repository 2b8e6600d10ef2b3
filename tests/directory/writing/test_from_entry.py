"""A published entry leaves as a service that every strict schema accepts, and comes back as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from bot.directory.service import canonical, text_of
from bot.directory.writing.from_entry import leaving, service_of
from bot.directory.writing.own import own_area, own_facts
from bot.referral.bulletin import Bulletins, Pause, Why
from bot.referral.content import Content
from bot.referral.entry import Entry, Status
from tests.directory.writing.conftest import TODAY
from tests.directory.writing.made import EXAMPLES, entries, exported

Doc = dict[str, Any]
Leave = Callable[..., Doc]
Faults = Callable[[Doc], list[str]]


@pytest.mark.thorough
@given(entry=entries())
@settings(max_examples=EXAMPLES)
def test_any_entry_is_valid_and_comes_back(entry: Entry, leave: Leave, faults: Faults) -> None:
    doc = leave(entry)
    assert faults(doc) == []
    text = text_of(doc)
    assert text == text_of(canonical(doc))
    assert own_facts(doc) == exported(entry)
    assert own_area(doc) == entry.area
    # What comes back and leaves again is the same, whether it is known what was drawn from it or not.
    assert text_of(leave(entry, doc, drawn=own_facts(doc))) == text
    assert text_of(leave(entry, doc)) == text
    published = {phone.number for phone in entry.phone if phone.publish}
    for phone in entry.phone:
        if phone.number not in published:
            assert f'"number":"+1 {phone.printed}"' not in text
            assert f'"number":"{phone.number}"' not in text


def test_all_defaults_are_valid(services: list[Doc], faults: Faults) -> None:
    assert [fault for doc in services for fault in faults(doc)] == []


def test_a_service_says_what_the_standard_has_fields_for(content: Content) -> None:
    entry = content.entries["covenant-house-ca"]
    doc = service_of(entry, content, TODAY)
    said = ("name", "status", "eligibility_description", "minimum_age", "maximum_age")
    assert [doc[key] for key in said] == [entry.name, "active", entry.who["en"], *entry.ages]
    assert doc["organization"]["name"] == doc["organization"]["description"] == entry.name
    phone = doc["phones"][0]
    assert (phone["number"], phone["type"]) == (f"+1 {entry.phone[0].printed}", "voice")
    area = content.line.areas[entry.area]
    zips = " ".join(sorted(area.zips))
    row = {"name": f"{area.name} County, {area.state}", "extent": zips, "extent_type": "text"}
    assert {key: doc["service_areas"][0][key] for key in row} == row
    topics = {r["taxonomy_term"]["name"] for r in doc["attributes"] if r["link_type"] == "quietline topic"}
    assert topics == {s.topic for s in entry.serves} | {f for s in entry.serves for f in s.facets}


def test_what_only_stored_pages_show_is_not_assured(services: list[Doc]) -> None:
    assert [doc["name"] for doc in services if "assured_date" in doc or "assurer_email" in doc] == []


def test_only_published_entries_leave(content: Content) -> None:
    found = [entry.id for entry in leaving(content)]
    assert found == sorted(e.id for e in content.entries.values() if e.status == Status.PUBLISH)
    kept_back = next(e for e in content.entries.values() if e.status != Status.PUBLISH)
    with pytest.raises(ValueError, match="not published"):
        service_of(kept_back, content, TODAY)


def _told(content: Content, *pauses: Pause) -> Content:
    return replace(content, bulletins=Bulletins(1, pauses=pauses))


def test_numbers_that_are_not_published_stay_here(content: Content) -> None:
    entry = content.entries["ndvh"]
    hidden = replace(entry, phone=(replace(entry.phone[0], publish=False), *entry.phone[1:]))
    doc = service_of(hidden, content, TODAY)
    assert entry.phone[0].printed not in text_of(doc)
    assert len(doc["phones"]) == len(entry.phone) - 1


def test_withdrawn_numbers_do_not_leave(content: Content) -> None:
    entry = content.entries["ndvh"]
    told = _told(content, Pause("ndvh", None, Why.WITHDRAWN, entry.phone[0].number), Pause("988", None, Why.WITHDRAWN))
    left = {e.id: e for e in leaving(told)}
    assert "988" not in left
    text = text_of(service_of(left["ndvh"], told, TODAY))
    assert entry.phone[0].printed not in text
    assert entry.phone[1].printed in text


LATER = datetime(2026, 12, 1, tzinfo=UTC)
PAUSES = {
    "closed for good": (Pause("ndvh", None, Why.CLOSED), "temporarily closed"),
    "out for some days": (Pause("ndvh", LATER, Why.OUTAGE), "temporarily closed"),
    "out until yesterday": (Pause("ndvh", datetime(2026, 11, 21, tzinfo=UTC), Why.OUTAGE), "active"),
    "full": (Pause("ndvh", LATER, Why.FULL), "active"),
    "one number of several": (Pause("ndvh", None, Why.CLOSED, "88788"), "active"),
    "somebody else": (Pause("rainn", None, Why.CLOSED), "active"),
}


@pytest.mark.parametrize(("pause", "status"), PAUSES.values(), ids=PAUSES)
def test_a_pause_shows_in_the_status(pause: Pause, status: str, content: Content) -> None:
    told = _told(content, pause)
    assert service_of(told.entries["ndvh"], told, TODAY)["status"] == status


def test_an_area_nobody_knows_is_named_by_its_slug(content: Content) -> None:
    entry = replace(content.entries["ndvh"], area="elsewhere")
    assert service_of(entry, content, TODAY)["service_areas"][0]["name"] == "elsewhere"

"""An imported service that staff looked after: the source's words stay, what was changed here wins."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from bot.directory.hours import hours_of
from bot.directory.service import canonical, text_of
from bot.directory.writing.from_entry import service_of
from bot.directory.writing.kept import unpacked
from bot.directory.writing.own import own_facts
from bot.directory.writing.table import table_of
from bot.referral.check import Check, How
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone, Serves, Source, Status, Way
from tests.directory.writing.conftest import TODAY
from tests.directory.writing.made import exported

Doc = dict[str, Any]
Faults = Callable[[Doc], list[str]]
NUMBER, OTHER = "+13125550142", "+13125550199"


@pytest.fixture
def theirs(example: Doc) -> Doc:
    """Give a service of another directory, with a field nobody knows and two numbers in three places."""
    doc = deepcopy(example)
    doc["colour"] = {"deep": [1, "x"]}
    doc["phones"] = [
        {"id": "00000000-0000-4000-8000-000000000001", "number": "(312) 555-0142", "description": "front desk"},
        {"id": "00000000-0000-4000-8000-000000000002", "number": "312.555.0199", "type": "fax"},
    ]
    doc["description"] = "Call 1-312-555-0199 at night, or (312)555-0142."
    return canonical(doc)


def entry(*phones: Phone, **more: Any) -> Entry:
    """Make the entry that was drawn from it, and published since."""
    made: dict[str, Any] = {
        "id": "community-counselling-ac148810",
        "name": "Community Counselling",
        "short": {"en": "Counselling"},
        "area": "westmont",
        "status": Status.PUBLISH,
        "source": Source.OFFICIAL,
        "serves": (Serves("counseling", 10),),
        "phone": phones or (Phone(NUMBER, (Way.CALL,), publish=True),),
    }
    return Entry(**made | more)


def drawn(one: Entry) -> Doc:
    """Return the table it was drawn as."""
    return table_of(one)


def test_what_nobody_changed_stays_word_for_word(theirs: Doc, content: Content, faults: Faults) -> None:
    one = entry()
    made = service_of(one, content, TODAY, theirs, drawn=drawn(one))
    assert faults(made) == []
    assert own_facts(made) == exported(one)
    back = unpacked(made)
    for key in theirs.keys() - {"attributes", "phones"}:
        assert back[key] == theirs[key], key
    for mine, other in zip(back["phones"], theirs["phones"], strict=True):
        assert {key: mine[key] for key in other} == other


CHANGES = {
    "the name": ({"name": "New Name"}, {"name": "New Name"}),
    "whom it is for": ({"who": {"en": "women"}}, {"eligibility_description": "women"}),
    "the ages": ({"ages": (18, 24)}, {"minimum_age": 18, "maximum_age": 24}),
    "the page": ({"link": "new.example.org"}, {"url": "https://new.example.org"}),
}


@pytest.mark.parametrize(("change", "said"), CHANGES.values(), ids=CHANGES)
def test_what_staff_changed_wins(change: Doc, said: Doc, theirs: Doc, content: Content) -> None:
    before = entry(who={"en": "all"}, ages=(12, 100), link="example.com/counselling")
    for known in (drawn(before), None):
        made = service_of(replace(before, **change), content, TODAY, theirs, drawn=known)
        assert {key: made[key] for key in said} == said
        assert "last_modified" not in made


NUMBER_CHANGES = {
    "languages": ({"languages": ("en", "es")}, {"code": "es"}),
    "ways": ({"ways": (Way.TEXT,)}, {"type": "text"}),
    "purpose": ({"purpose": {"en": "nights"}}, {"description": "nights"}),
    "keyword": ({"keyword": {"en": "HOPE"}}, {"description": "Text HOPE to this number."}),
}


@pytest.mark.parametrize(("change", "said"), NUMBER_CHANGES.values(), ids=NUMBER_CHANGES)
def test_what_staff_changed_of_a_number_wins(change: Doc, said: Doc, theirs: Doc, content: Content) -> None:
    before = entry()
    now = entry(replace(before.phone[0], **change))
    made = service_of(now, content, TODAY, theirs, drawn=drawn(before))
    (key, value), row = next(iter(said.items())), made["phones"][0]
    if key == "code":
        assert {r["code"] for r in row["languages"]} == {r["code"] for r in made["languages"]} == {"en", value}
    else:
        assert row[key] == value
    assert "last_modified" not in made


def test_our_own_words_follow_the_entry(services: list[Doc], content: Content) -> None:
    doc = next(d for d in services if own_facts(d)["id"] == "ildvh")  # type: ignore[index]
    doc = doc | {"fees_description": "none", "service_areas": [{"id": doc["service_areas"][0]["id"], "name": "x"}]}
    now = replace(content.entries["ildvh"], name="New Name", serves=(Serves("food", 1),), area="westlake")
    made = service_of(now, content, TODAY, doc, drawn=own_facts(doc))
    assert (made["name"], made["organization"]["name"], made["description"]) == ("New Name", "New Name", "Needs: food.")
    assert made["service_areas"][0]["name"].startswith("Los Angeles County")
    assert made["fees_description"] == "none"


def test_an_area_of_ours_that_came_back_poorer_is_whole_again(services: list[Doc], content: Content) -> None:
    doc = next(d for d in services if own_facts(d)["id"] == "ildvh")  # type: ignore[index]
    area = doc["service_areas"][0]
    poorer = doc | {"service_areas": [{"id": area["id"], "name": area["name"]}]}
    made = service_of(content.entries["ildvh"], content, TODAY, poorer, drawn=own_facts(doc))
    assert made["service_areas"] == [area]


def test_what_staff_took_out_is_gone(theirs: Doc, content: Content) -> None:
    before = entry(who={"en": "all"}, ages=(12, 100))
    made = service_of(replace(before, who={}, ages=()), content, TODAY, theirs, drawn=drawn(before))
    assert not {"eligibility_description", "minimum_age", "maximum_age"} & made.keys()


def test_new_hours_replace_theirs_where_the_service_is_given(theirs: Doc, content: Content) -> None:
    before = entry()
    now = entry(Phone(NUMBER, (Way.CALL,), hours="Mo-Fr 09:00-17:00", publish=True))
    made = service_of(now, content, TODAY, theirs, drawn=drawn(before))
    assert hours_of(made["schedules"]).text == "Mo-Fr 09:00-17:00"
    assert "schedules" not in made["service_at_locations"][0]
    assert service_of(before, content, TODAY, theirs, drawn=drawn(before))["schedules"] == theirs["schedules"]


def test_hours_of_a_place_are_not_said_again(theirs: Doc, content: Content) -> None:
    del theirs["schedules"], theirs["service_at_locations"][0]["schedules"]
    one = entry(Phone(NUMBER, (Way.CALL,), hours="Mo-Fr 09:00-17:00", publish=True))
    assert "schedules" not in service_of(one, content, TODAY, theirs, drawn=drawn(one))
    del theirs["service_at_locations"]
    assert "schedules" in service_of(one, content, TODAY, theirs, drawn=drawn(one))


def test_a_number_added_here_is_added(theirs: Doc, content: Content) -> None:
    before = entry()
    now = entry(*before.phone, Phone("988", (Way.CALL,), publish=True))
    made = service_of(now, content, TODAY, theirs, drawn=drawn(before))
    assert [row["number"] for row in made["phones"] if row["number"] == "988"] == ["988"]
    assert own_facts(made) == exported(now)


HIDDEN = {
    "not published": (Phone(OTHER, (Way.CALL,)),),
    "taken out by staff": (),
}


@pytest.mark.parametrize("others", HIDDEN.values(), ids=HIDDEN)
def test_a_number_staff_keep_back_leaves_nowhere(others: tuple[Phone, ...], theirs: Doc, content: Content) -> None:
    first = Phone(NUMBER, (Way.CALL,), publish=True)
    theirs["service_at_locations"][0]["phones"] = [theirs["phones"][1] | {"number": "+1 312 555 0199"}]
    made = service_of(
        entry(first, *others), content, TODAY, theirs, drawn=drawn(entry(first, Phone(OTHER, (Way.CALL,))))
    )
    digits = "".join(letter for letter in text_of(made) if letter.isdigit())
    assert "3125550199" not in digits
    assert "3125550142" in digits
    assert made["description"] == "Call (number not published) at night, or (312)555-0142."


def test_their_assurance_is_carried_as_theirs(theirs: Doc, content: Content) -> None:
    made = service_of(entry(), content, TODAY, theirs)
    assert not {"assured_date", "assurer_email"} & made.keys()
    back = unpacked(made)
    assert (back["assured_date"], back["assurer_email"]) == (theirs["assured_date"], theirs["assurer_email"])


def test_our_own_check_takes_the_place_of_theirs(theirs: Doc, content: Content) -> None:
    made = service_of(entry(checks=(Check(TODAY, How.CALLED),)), content, TODAY, theirs)
    assert made["assured_date"] == TODAY.isoformat()
    assert "assurer_email" not in unpacked(made)


def test_an_export_that_comes_back_leaves_the_same(theirs: Doc, content: Content) -> None:
    now = entry(who={"en": "women"}, checks=(Check(TODAY, How.STORED_PAGE),))
    once = service_of(now, content, TODAY, theirs, drawn=drawn(entry()))
    for came in (once, unpacked(once)):
        assert text_of(service_of(now, content, TODAY, came, drawn=own_facts(once))) == text_of(once)
        assert text_of(service_of(now, content, TODAY, came)) == text_of(once)

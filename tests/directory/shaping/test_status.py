import pytest

from bot.directory.shaping.mending.draft import Refused
from tests.directory.shaping.made import one, table, tables


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("active", "active"),
        ("Active", "active"),
        ("inactive", "inactive"),
        ("defunct", "defunct"),
        ("temporarily closed", "temporarily closed"),
        ("Temporarily_Closed", "temporarily closed"),
        ("temporarily-closed", "temporarily closed"),
    ],
)
def test_a_status_of_the_standard_is_passed_on(said: str, status: str) -> None:
    assert one("service", name="A", status=said)["status"] == status


@pytest.mark.parametrize("said", ["Yes", "Open", "true", "1", "2", "Verified", "closed", "activ"])
def test_any_other_word_refuses_the_service(said: str) -> None:
    with pytest.raises(Refused, match="mapping file") as refused:
        one("service", name="A", status=said)
    assert refused.value.value == said


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Is this service open?", "No"),
        ("Active", "N"),
        ("is_active", "false"),
        ("Archived", "yes"),
        ("Currently open", "seasonal"),
        ("Inactive?", "true"),
        ("Closed", "Yes"),
        ("Record Status", "Inactive"),
        ("AgencyStatus", "Active, but do not refer"),
        ("Post Status", "draft"),
        ("Covid status", "Closed until further notice"),
        ("Estatus", "Cerrado"),
        ("Notes", "CLOSED until further notice"),
        ("Notes", "This program is permanently closed."),
        ("description", "Temporarily closed due to fire. Groceries on Mondays."),
    ],
)
def test_no_status_and_a_column_that_says_closed_refuses_the_service(heading: str, said: str) -> None:
    came = tables(table("services.csv", {"id": "1", "name": "A", heading: said}))
    assert came.services == ()
    assert [note.value for note in came.refused] == [said]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Is this service open?", "Yes"),
        ("Active", "true"),
        ("Archived", "no"),
        ("Open", "Mon-Fri 9-5"),
        ("Closed", "Sundays"),
        ("Open since", "No"),
        ("Legal status", "closed"),
        ("Record Status", "Active"),
        ("Covid status", "by phone only"),
        ("Sunday", "Closed"),
        ("Notes", "Closed for lunch"),
        ("Is this location open at least weekly", "No"),
    ],
)
def test_columns_that_say_open_or_something_else_refuse_nothing(heading: str, said: str) -> None:
    came = tables(table("services.csv", {"id": "1", "name": "A", heading: said}))
    assert came.doc["status"] == "active"
    assert came.doc[heading] == said


def test_a_service_without_a_name_is_refused_and_its_rows_are_not_called_lost() -> None:
    came = tables(
        table("services.csv", {"id": "1", "name": "", "status": "active"}),
        table("phones.csv", {"id": "2", "service_id": "1", "number": "312-555-0100"}),
    )
    assert came.services == ()
    assert [str(note) for note in came.refused] == ["services.csv row 2, name: refused: it has no name"]
    assert came.told == []


@pytest.mark.parametrize(
    "name",
    [
        "Pantry (CLOSED)",
        "PERMANENTLY CLOSED - Pantry",
        "Closed: Pantry",
        "Pantry - closed",
        "*CLOSED* Pantry",
        "Pantry (temporarily closed)",
        "Pantry, no longer in operation",
    ],
)
@pytest.mark.parametrize("status", ["", "active"])
def test_a_name_that_says_closed_refuses_the_service(name: str, status: str) -> None:
    came = tables(table("services.csv", {"id": "1", "name": name, "status": status}))
    assert came.services == ()
    assert [note.value for note in came.refused] == [name]


@pytest.mark.parametrize(
    "name", ["Closed Door Ministry", "Enclosed Garden", "Inactive Duty Veterans Club", "Open - Arms"]
)
def test_other_names_say_nothing_about_being_closed(name: str) -> None:
    assert tables(table("services.csv", {"id": "1", "name": name, "status": "active"})).doc["name"] == name


def test_what_is_said_to_be_closed_may_be_called_so() -> None:
    row = {"id": "1", "name": "Pantry (closed)", "status": "inactive", "Closed on": "3/4/2021"}
    assert tables(table("services.csv", row)).doc["status"] == "inactive"


@pytest.mark.parametrize("heading", ["MadeInactiveOn", "Date closed", "deleted_at"])
@pytest.mark.parametrize("status", ["", "active"])
def test_a_day_on_which_it_ended_refuses_the_service(heading: str, status: str) -> None:
    rows = [
        {"id": str(n), "name": "A", "status": status, heading: day} for n, day in enumerate(["3/4/2021", "", "N/A"])
    ]
    came = tables(table("services.csv", *rows))
    assert len(came.services) == 2
    assert [note.value for note in came.refused] == ["3/4/2021"]


@pytest.mark.parametrize(("kind", "link"), [("organization", "organization_id"), ("location", "location_id")])
def test_who_holds_a_service_and_is_closed_is_told_with_it(kind: str, link: str) -> None:
    service = {"id": "1", "name": "A", "status": "active", link: "5"}
    row = {"id": "5", "name": "Hands", "status": "Closed", "location_type": "physical" if kind == "location" else ""}
    came = tables(table("services.csv", service), table(f"{kind}s.csv", row))
    assert any(f"the {kind} that holds it seems to be closed" in said for said in came.said)
    came = tables(table("services.csv", service), table(f"{kind}s.csv", row | {"status": "Active"}))
    assert not any("seems to be closed" in said for said in came.said)

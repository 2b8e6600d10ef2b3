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

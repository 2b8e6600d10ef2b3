import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.directory.service import Doc, canonical, text_of
from bot.directory.shaping import clean
from tests.conftest import THOROUGH
from tests.directory.shaping.flattening import flattened
from tests.directory.shaping.made import objects, table, tables
from tests.directory.shaping.services_at_random import services

#: Big examples: a failing one takes minutes to shrink, a right one some ten milliseconds.
_MANY = settings(max_examples=3000 if THOROUGH else 25, suppress_health_check=[HealthCheck.too_slow])
_SOME = st.lists(services(), min_size=1, max_size=3, unique_by=lambda doc: doc["id"])


def _texts(docs: list[Doc]) -> list[str]:
    return sorted(text_of(canonical(doc)) for doc in docs)


@_MANY
@given(_SOME)
def test_objects_that_are_fine_come_out_as_they_were(docs: list[Doc]) -> None:
    came = objects("service", *docs)
    assert _texts(came.docs) == _texts(docs)
    assert [text_of(doc) for doc in came.docs] == _texts(came.docs), "they come canonical, in the order of their ids"
    assert came.said == came.told == []


@_MANY
@given(_SOME)
def test_what_was_taken_apart_into_tables_is_put_together_again(docs: list[Doc]) -> None:
    came = tables(*flattened(docs))
    assert _texts(came.docs) == _texts(docs)
    assert [text_of(doc) for doc in came.docs] == _texts(came.docs)
    assert came.said == []


@_MANY
@given(_SOME, st.data())
def test_the_short_way_of_clean_rows_comes_out_as_the_long_one(docs: list[Doc], data: st.DataObject) -> None:
    given = flattened(docs)
    for each in given:
        for row in each.rows():
            heading = data.draw(st.sampled_from(each.headings))
            if data.draw(st.integers(0, 3)) == 0 and isinstance(row.cells, dict):
                row.cells[heading] = data.draw(
                    st.sampled_from(["", " ", "N/A", "-", "x", "9:00am", "www.a.org", "0", "a,b"])
                )
    short = tables(*given)
    take = clean.CleanRows.take
    try:
        clean.CleanRows.take = lambda self, row: False  # type: ignore[method-assign]
        long = tables(*given)
    finally:
        clean.CleanRows.take = take  # type: ignore[method-assign]
    assert short == long


def test_the_order_of_tables_and_rows_says_nothing() -> None:
    rows = [{"id": str(number), "name": f"Service {number}", "status": "active"} for number in range(9)]
    phones = [
        {"id": str(number), "service_id": str(number % 9), "number": f"312-555-01{number:02}"} for number in range(30)
    ]
    there = tables(table("services.csv", *rows), table("phones.csv", *phones))
    back = tables(table("phones.csv", *phones[::-1]), table("services.csv", *rows[::-1]))
    assert json.dumps(there.docs) == json.dumps(back.docs)
    assert [service.source_id for service in there.services] == [service.source_id for service in back.services]

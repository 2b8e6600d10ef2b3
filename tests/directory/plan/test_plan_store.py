from pathlib import Path

import pytest

from bot.directory.plan_rows import Row, Verdict, Write
from bot.directory.plan_store import PlanStore
from tests.directory.plan.made import service_id, table

WRITES = [
    pytest.param(Write("7", "pantry-1", "westlake", '{"a":1}', table(1), draft=table(1)), id="a draft as drawn"),
    pytest.param(Write("", "pantry-1", "westlake", "{}", table(1)), id="no draft"),
    pytest.param(Write("", "pantry-1", "westlake", "{}", table(1), draft=table(1, link="ñ.org")), id="another draft"),
    pytest.param(
        Write("7", "x", "a", "{}", {}, True, True, draft={}, place="c", stale="b", seal="s", seals={"a": "1", "b": ""}),
        id="all",
    ),
]


@pytest.mark.parametrize("write", WRITES)
def test_what_is_to_be_written_comes_back_as_it_was(write: Write, tmp_path: Path) -> None:
    store = PlanStore(tmp_path)
    store.add(Row(Verdict.CHANGE, service_id(1), write=write))
    assert list(store.written()) == [(service_id(1), write)]
    assert list(store.written()) == [(service_id(1), write)]
    store.close()


def test_rows_come_back_in_order_and_without_those_that_write_nothing(tmp_path: Path) -> None:
    store = PlanStore(tmp_path)
    write = Write("", "x", "a", "{}", {})
    for number in (3, 1, 2):
        store.add(Row(Verdict.ADD, service_id(number), write=write))
        store.add(Row(Verdict.SAME, service_id(number + 10)))
    store.add(Row(Verdict.GONE, service_id(7)))
    assert [service for service, _ in store.written()] == [service_id(number) for number in (3, 1, 2)]
    assert list(store.gone()) == [service_id(7)]
    store.close()

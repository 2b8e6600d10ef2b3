"""A whole plan: batches, what is gone, ids that stand twice."""

from bot.directory.drawing.draw import Drawn
from bot.directory.plan import AT_ONCE, plan
from bot.directory.plan_rows import Verdict
from tests.directory.plan.made import SOURCE, FakeBase, drawn, kept, service_id


def test_services_are_looked_up_in_batches_and_come_out_in_order() -> None:
    base = FakeBase.after(*(drawn(number) for number in range(0, 1100, 2)))
    rows = list(plan((drawn(number) for number in range(1100)), base, source=SOURCE))
    assert [row.service for row in rows] == [service_id(number) for number in range(1100)]
    assert [row.verdict for row in rows] == [Verdict.SAME, Verdict.ADD] * 550
    assert max(base.asked) == AT_ONCE


def test_nothing_is_read_before_it_is_asked_for() -> None:
    read: list[int] = []

    def services() -> object:
        for number in range(5000):
            read.append(number)
            yield drawn(number)

    rows = plan(services(), FakeBase(), source=SOURCE)  # type: ignore[arg-type]
    next(rows)
    assert len(read) == AT_ONCE


def test_what_the_source_no_longer_lists_is_gone_once() -> None:
    base = FakeBase.after(drawn(1), drawn(2), drawn(3))
    base.rows[service_id(3)] = kept(3, gone=True)
    base.rows[service_id(4)] = kept(4, source="ilao")
    rows = list(plan([drawn(1)], base, source=SOURCE))
    assert [(row.service, row.verdict, row.write) for row in rows[1:]] == [(service_id(2), Verdict.GONE, None)]
    assert rows[1].name == "Pantry 2"


def test_an_id_that_stands_twice_is_refused_the_second_time() -> None:
    rows = list(plan([drawn(1), drawn(1, alert="another")], FakeBase(), source=SOURCE))
    assert [row.verdict for row in rows] == [Verdict.ADD, Verdict.REFUSE]
    assert (rows[1].write, rows[1].why) == (None, ("another service of this directory has the same id",))


def test_two_services_cannot_be_one_entry() -> None:
    second = drawn(2)
    second = Drawn(second.service, "pantry-1", second.area, {**second.entry, "id": "pantry-1"})
    rows = list(plan([drawn(1), second], FakeBase(), source=SOURCE))
    assert [row.verdict for row in rows] == [Verdict.ADD, Verdict.REFUSE]
    assert "pantry-1" in rows[1].why[0]


def test_two_services_merged_into_one_entry_may_both_be_there() -> None:
    base = FakeBase({service_id(number): kept(number, merged=True, entry="cast-la") for number in (1, 2)})
    rows = list(plan([drawn(1), drawn(2, alert="x")], base, source=SOURCE))
    assert [row.verdict for row in rows] == [Verdict.SAME, Verdict.CHANGE]

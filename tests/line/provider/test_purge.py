"""Deleting at the provider: all that is old and ours, nothing else, whatever goes wrong on the way."""

import random
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta

import pytest

from bot.line.provider import client
from bot.line.provider import purge as purging
from bot.line.provider.account import load
from bot.line.provider.client import Provider, connect
from bot.line.provider.faults import ProviderError
from bot.line.provider.purge import Purge
from bot.line.provider.records import Kind, Record
from tests.line.provider.holdings import ENVIRON, LINE, NOW, OTHER, SECOND, Holdings
from tests.line.provider.standin import ROOT, Answer, Asked, Twilio, as_json, failing, refusal, wire

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
UNFINISHED = refusal(422, 20009)


pytestmark = pytest.mark.usefixtures("nothing_about_anybody")


@pytest.fixture
def stays(holdings: Holdings) -> set[str]:
    """Give what must survive every purge: other numbers' records, young ones, and those under way."""
    other = (*holdings.exchange(9 * HOUR, line=OTHER), holdings.call(9 * HOUR, to=OTHER))
    between = (holdings.text(9 * HOUR, sent_from=LINE, to=OTHER), holdings.reply(9 * HOUR, sent_from=OTHER, to=LINE))
    young = (*holdings.exchange(59 * MINUTE), holdings.call(59 * MINUTE), holdings.text(59 * MINUTE, pictures=1))
    under_way = (
        *(holdings.reply(9 * HOUR, status=status) for status in ("queued", "sending", "accepted", "scheduled")),
        *(holdings.call(9 * HOUR, status=status) for status in ("queued", "ringing", "in-progress")),
    )
    return {*other, *between, *young, *under_way}


@pytest.fixture
def old(holdings: Holdings) -> set[str]:
    """Give what is old: texts, replies, a picture, a call and the leg of it, at both numbers."""
    both = [sid for line in (LINE, SECOND) for sid in (*holdings.exchange(61 * MINUTE, line=line),)]
    call = holdings.call(9 * HOUR)
    return {*both, holdings.text(9 * HOUR, pictures=2), call, holdings.leg(9 * HOUR, call)}


def unwatched(batch: Sequence[Record]) -> AbstractContextManager[Iterable[Record]]:
    return nullcontext(batch)


def purge_of(provider: Provider) -> Purge:
    return Purge(provider, (LINE, SECOND), NOW - HOUR)


def run(provider: Provider) -> Purge:
    purge = purge_of(provider)
    purge.run(unwatched)
    return purge


def test_what_is_old_goes_and_all_else_stays(
    provider: Provider, holdings: Holdings, twilio: Twilio, stays: set[str], old: set[str]
) -> None:
    assert old <= holdings.kept
    purge = run(provider)
    assert holdings.kept == stays
    assert (dict(purge.deleted), purge.unfinished, purge.failed) == ({Kind.MESSAGE: 5, Kind.CALL: 2}, 0, {})
    assert sorted(map(len, holdings.media.values()))[-2:] == [0, 1], "the old pictures are gone, the young one is not"
    assert {asked.method for asked in twilio.asked} == {"GET", "DELETE"}


def test_what_hangs_on_a_record_goes_before_it(provider: Provider, holdings: Holdings, twilio: Twilio) -> None:
    text = holdings.text(9 * HOUR, pictures=1)
    call = holdings.call(9 * HOUR)
    # Its far end was called from a number of nobody: it is found through the call alone.
    leg = holdings.leg(9 * HOUR, call, sent_from="+18005550111")
    (picture,) = holdings.media[text]
    purge = run(provider)
    assert [path.rpartition("/")[2].removesuffix(".json") for path in twilio.deleted()] == [picture, text, leg, call]
    assert dict(purge.deleted) == {Kind.MESSAGE: 1, Kind.CALL: 2}


def test_a_second_run_finds_nothing(provider: Provider, holdings: Holdings, twilio: Twilio, old: set[str]) -> None:
    run(provider)
    before = len(twilio.deleted())
    again = run(provider)
    assert (dict(again.deleted), again.failed, len(twilio.deleted())) == ({}, {}, before)


def test_counting_deletes_nothing(provider: Provider, twilio: Twilio, stays: set[str], old: set[str]) -> None:
    assert dict(purge_of(provider).count()) == {Kind.MESSAGE: 5, Kind.CALL: 2}
    assert twilio.deleted() == []


def test_it_goes_batch_by_batch(
    provider: Provider, holdings: Holdings, monkeypatch: pytest.MonkeyPatch, stays: set[str], old: set[str]
) -> None:
    monkeypatch.setattr(purging, "MOST_AT_ONCE", 2)
    assert sum(run(provider).deleted.values()) == len(old)
    assert holdings.kept == stays


def test_pages_that_change_under_us(
    provider: Provider, holdings: Holdings, twilio: Twilio, stays: set[str], old: set[str]
) -> None:
    def meddle(asked: Asked) -> None:
        # While pages are read others arrive in front and one vanishes; while deleting, another vanishes.
        if asked.query.get("Start") == "2" and len(stays) < 20:
            holdings.text(2 * HOUR)
            holdings.messages.insert(0, holdings.messages.pop())
            stays.update(holdings.exchange(MINUTE))
        if asked.method == "DELETE" and old & holdings.kept:
            victim = min(old & holdings.kept)
            holdings.messages[:] = [record for record in holdings.messages if record["sid"] != victim]

    twilio.meddlers.append(meddle)
    purge = run(provider)
    assert holdings.kept == stays
    assert purge.failed == {}


def test_a_record_that_is_gone_but_still_listed(
    provider: Provider, holdings: Holdings, twilio: Twilio, old: set[str]
) -> None:
    twilio.meddlers.append(failing("DELETE", "Messages", Answer(204)))
    purge = run(provider)
    assert dict(purge.deleted) == {Kind.MESSAGE: 5, Kind.CALL: 2}
    assert sum("/Media/" not in path for path in twilio.deleted()) == len(old)
    begun = [asked for asked in twilio.asked if asked.path.endswith("/Messages.json") and "Start" not in asked.query]
    assert len(begun) == 2 * 2 * 2, "two passes: one that deletes and one that finds nothing new"


@pytest.mark.parametrize("part", ["/Messages/", "/Media/", "/Calls/"])
def test_what_somebody_else_deleted_is_gone(
    provider: Provider, holdings: Holdings, twilio: Twilio, *, old: set[str], part: str
) -> None:
    twilio.meddlers.append(failing("DELETE", part, refusal(404, 20404), times=2))
    purge = run(provider)
    assert (sum(purge.deleted.values()), purge.failed) == (len(old), {})


def test_a_message_that_vanishes_before_its_pictures_are_listed(
    provider: Provider, holdings: Holdings, twilio: Twilio
) -> None:
    holdings.text(9 * HOUR, pictures=1)
    twilio.meddlers.append(failing("GET", "Media", refusal(404, 20404)))
    assert dict(run(provider).deleted) == {Kind.MESSAGE: 1}


@pytest.mark.parametrize("fault", [refusal(429, headers={"Retry-After": "7"}), refusal(500), refusal(503)])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_what_passes_is_waited_for(
    provider: Provider,
    holdings: Holdings,
    twilio: Twilio,
    *,
    waits: list[float],
    old: set[str],
    method: str,
    fault: Answer,
) -> None:
    twilio.meddlers.append(failing(method, "Messages", fault, times=2))
    assert run(provider).failed == {}
    assert holdings.kept == set()
    assert waits == ([7, 7] if fault.status == 429 else [1, 2])


def test_an_answer_that_came_too_late(provider: Provider, holdings: Holdings, twilio: Twilio) -> None:
    holdings.text(9 * HOUR)

    def done_but_never_said(asked: Asked) -> Answer | None:
        if asked.method == "DELETE" and holdings.messages:
            holdings.messages.clear()
            return Answer(hang=True)
        return None

    twilio.meddlers.append(done_but_never_said)
    with wire(twilio.origin, timeout=0.1) as send, connect(load(ENVIRON), send=send, sleep=lambda _: None) as hasty:
        assert dict(run(hasty).deleted) == {Kind.MESSAGE: 1}


@pytest.mark.parametrize("status", [429, 500, 503])
def test_when_deleting_is_out_of_order_it_stops_after_three(
    provider: Provider, holdings: Holdings, twilio: Twilio, *, old: set[str], status: int
) -> None:
    twilio.meddlers.append(failing("DELETE", "", refusal(status)))
    purge = purge_of(provider)
    with pytest.raises(ProviderError, match=f"HTTP {status}"):
        purge.run(unwatched)
    assert (purge.failed, len(twilio.deleted()), holdings.kept) == ({f"HTTP {status}": 3}, 15, old)


def test_trouble_now_and_then_does_not_stop_it(provider: Provider, holdings: Holdings, twilio: Twilio) -> None:
    for _ in range(4):
        twilio.meddlers.append(failing("DELETE", holdings.text(9 * HOUR), refusal(500), times=5))
        holdings.text(9 * HOUR)
    assert run(provider).failed == {}
    assert holdings.kept == set()


@pytest.mark.parametrize("status", [401, 403])
def test_when_we_may_not_delete_it_stops_at_once(
    provider: Provider, holdings: Holdings, twilio: Twilio, *, old: set[str], status: int
) -> None:
    twilio.meddlers.append(failing("DELETE", "", refusal(status)))
    with pytest.raises(ProviderError, match=f"HTTP {status}"):
        purge_of(provider).run(unwatched)
    assert (len(twilio.deleted()), holdings.kept) == (1, old)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (refusal(500), "HTTP 500"),
        (Answer(200, "<html>"), "not JSON"),
        (as_json({"calls": None, "messages": None}), "unknown shape"),
        (as_json({"calls": [5], "next_page_uri": None}), "unknown shape"),
    ],
    ids=["500", "a page", "two lists", "a record that is none"],
)
def test_what_cannot_be_listed_is_not_deleted(
    provider: Provider, holdings: Holdings, twilio: Twilio, *, old: set[str], fault: Answer, why: str
) -> None:
    twilio.meddlers.append(failing("GET", "Calls", fault))
    with pytest.raises(ProviderError, match=why):
        purge_of(provider).run(unwatched)
    assert (twilio.deleted(), holdings.kept) == ([], old)


@pytest.mark.parametrize("calls", [[], [{"sid": "CA1", "direction": "inbound", "to": LINE}]], ids=["empty", "the same"])
def test_a_list_that_leads_in_circles(
    provider: Provider, twilio: Twilio, monkeypatch: pytest.MonkeyPatch, old: set[str], *, calls: list[dict[str, str]]
) -> None:
    monkeypatch.setattr(client, "_MOST_PAGES", 5)
    page = as_json({"calls": calls, "next_page_uri": f"{ROOT}/Calls.json?Page=1"})
    twilio.meddlers.append(failing("GET", "Calls", page))
    with pytest.raises(ProviderError, match="a list without an end"):
        purge_of(provider).run(unwatched)
    assert twilio.deleted() == []


def test_one_that_is_refused_stops_no_other(
    provider: Provider, holdings: Holdings, twilio: Twilio, stays: set[str], *, old: set[str]
) -> None:
    stubborn = min(old)
    twilio.meddlers.append(failing("DELETE", stubborn, refusal(400)))
    purge = run(provider)
    assert holdings.kept == {*stays, stubborn}
    assert purge.failed == {"HTTP 400": 1}
    assert sum(stubborn in path for path in twilio.deleted()) == 4, "once beside the others, then three idle passes"


def test_one_that_is_refused_until_somebody_else_deletes_it(
    provider: Provider, holdings: Holdings, twilio: Twilio
) -> None:
    holdings.text(9 * HOUR)

    def refuse_once(asked: Asked) -> Answer | None:
        if asked.method == "DELETE":
            holdings.messages.clear()
            return refusal(400)
        return None

    twilio.meddlers.append(refuse_once)
    assert run(provider).failed == {}


@pytest.mark.parametrize(("age", "left", "failed"), [(2 * HOUR, 1, {}), (400 * HOUR, 0, {"HTTP 422": 1})])
def test_what_the_provider_still_works_on(
    provider: Provider, holdings: Holdings, twilio: Twilio, *, age: timedelta, left: int, failed: dict[str, int]
) -> None:
    sent = holdings.reply(age, status="sent")
    holdings.text(age)
    twilio.meddlers.append(failing("DELETE", sent, UNFINISHED))
    purge = run(provider)
    assert (dict(purge.deleted), purge.unfinished, purge.failed) == ({Kind.MESSAGE: 1}, left, failed)
    assert sum(sent in path for path in twilio.deleted()) == (1 if left else 4), "not asked again when it says later"


def test_a_call_with_a_leg_that_goes_on(provider: Provider, holdings: Holdings, twilio: Twilio) -> None:
    call = holdings.call(3 * HOUR)
    holdings.leg(3 * HOUR, call, status="in-progress")
    purge = run(provider)
    assert (twilio.deleted(), purge.unfinished, purge.failed) == ([], 1, {})


def test_stopped_in_the_middle_and_run_again(
    provider: Provider, holdings: Holdings, stays: set[str], old: set[str]
) -> None:
    @contextmanager
    def stopped(batch: Sequence[Record]) -> Iterator[Iterable[Record]]:
        def until_ctrl_c() -> Iterator[Record]:
            yield from batch[:3]
            raise KeyboardInterrupt

        yield until_ctrl_c()

    purge = purge_of(provider)
    with pytest.raises(KeyboardInterrupt):
        purge.run(stopped)
    assert sum(purge.deleted.values()) == 3
    assert len(holdings.kept) == len(stays) + len(old) - 3
    assert sum(run(provider).deleted.values()) == len(old) - 3
    assert holdings.kept == stays


def test_two_at_once(holdings: Holdings, twilio: Twilio, stays: set[str]) -> None:
    for _ in range(20):
        holdings.exchange(5 * HOUR)
        holdings.leg(5 * HOUR, holdings.call(5 * HOUR))
    purges: list[Purge] = []

    def one() -> None:
        with wire(twilio.origin) as send, connect(load(ENVIRON), send=send, sleep=lambda _: None) as provider:
            purges.append(run(provider))

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert holdings.kept == stays
    assert [purge.failed for purge in purges] == [{}, {}]


@pytest.mark.parametrize("seed", range(20))
def test_in_any_weather(
    provider: Provider, holdings: Holdings, twilio: Twilio, *, stays: set[str], old: set[str], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - weather, not a key
    weather = [refusal(429), refusal(500), refusal(404, 20404), refusal(400), UNFINISHED, Answer(200, "<html>")]

    def storm(asked: Asked) -> Answer | None:
        return chance.choice(weather) if chance.random() < 0.3 else None

    twilio.meddlers.append(storm)
    for _ in range(5):
        try:
            run(provider)
        except ProviderError:
            continue
    assert stays <= holdings.kept <= stays | old
    twilio.meddlers.clear()
    assert run(provider).failed == {}
    assert holdings.kept == stays

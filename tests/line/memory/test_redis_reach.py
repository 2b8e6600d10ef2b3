"""How often a text asks Redis, how long it waits, and that the same message gets the same answer whatever happens."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from math import ceil
from threading import Barrier

import pytest

from bot.line.memory.interface import Allowances, Recalled, State
from bot.line.memory.redis_memory import RedisMemory
from bot.line.memory.redis_reach import LEAVE_ALONE_SECONDS, SLOW_TOGETHER_SECONDS, AwayError, Reach
from bot.line.memory.redis_server import connect
from bot.referral.conversation import Conversation
from tests.line.memory.redis_server import RedisServer
from tests.line.memory.slow_redis import SlowWay
from tests.line.standins import CAPTURED, NOON, TEXTER, Clock, House, make_settings

#: How long an answer of a slow turn takes, and one turn of three answers less than it takes.
SLOW = 0.15
ENOUGH = ceil(SLOW_TOGETHER_SECONDS / (3 * SLOW))
FEWER = "s" * (ENOUGH - 1)
TALK = Conversation(at=NOON, topic="food")


def _fail() -> None:
    raise OSError


@contextmanager
def memory_at(url: str, **options: object) -> Iterator[RedisMemory]:
    with closing(connect(url)) as client:
        yield RedisMemory(client, Allowances(50, 50), **options)  # type: ignore[arg-type]


@pytest.fixture
def way(redis_server: RedisServer) -> Iterator[SlowWay]:
    with closing(SlowWay(redis_server.port)) as way:
        yield way


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.parametrize(
    ("text", "trips"),
    [
        pytest.param("food", 3, id="a need: its turn, the budgets, what is kept"),
        pytest.param("danger", 2, id="a crisis spends nothing"),
        pytest.param("quiet", 2, id="silence spends nothing"),
        pytest.param("x", 4, id="an erasure erases"),
    ],
)
def test_round_trips_of_a_text(way: SlowWay, text: str, trips: int) -> None:
    with memory_at(way.url) as memory:
        house = House(make_settings(), memory=memory)
        house.text("food")
        before = way.trips
        house.text(text)
        assert way.trips - before == trips


def test_a_message_delivered_twice_costs_two(way: SlowWay) -> None:
    with memory_at(way.url) as memory:
        house = House(make_settings(), memory=memory)
        assert house.text("food", sid="SM1") == "reply 1"
        before = way.trips
        assert house.text("food", sid="SM1") == "reply 1"
        assert way.trips - before == 2


def test_a_redis_that_takes_its_time_is_left_alone(way: SlowWay, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    with memory_at(way.url, clock=clock.uptime) as memory:
        house = House(make_settings(), memory=memory)
        assert house.text("food") == "reply 1"
        monkeypatch.setattr("bot.line.memory.redis_reach.SLOW_TOGETHER_SECONDS", 2.5 * 3 * SLOW)
        way.seconds = SLOW
        # A slow turn is gone through with: its three round trips, and the conversation stays in one place.
        for number in range(2, 5):
            assert memory.state is State.REDIS
            assert house.text("food") == f"reply {number}"
        assert str(memory.state) == "redis away"
        before = way.trips
        assert [house.text("food") for _ in range(20)] == [f"reply {n}" for n in range(1, 21)]
        assert way.trips == before
        # One text in two seconds tries, and the conversation goes on in RAM.
        for number in range(21, 24):
            clock.tick(LEAVE_ALONE_SECONDS)
            began = time.monotonic()
            assert house.text("food") == f"reply {number}"
            assert time.monotonic() - began < 0.45
        way.seconds = 0.0
        clock.tick(LEAVE_ALONE_SECONDS)
        # What Redis held when it was left alone is still there.
        assert house.text("food") == "reply 5"
        assert str(memory.state) == "redis"
        assert len(memory._ram) == 0


class TestReach:
    @pytest.fixture
    def reach(self, clock: Clock) -> Reach:
        reach = Reach(lambda: None, clock.uptime)
        reach.begin()
        return reach

    @pytest.mark.parametrize(
        ("turns", "left_alone"),
        [
            pytest.param(FEWER, False, id="one slow one less"),
            pytest.param(f"{FEWER}s", True, id="enough"),
            pytest.param(f"{FEWER}.{FEWER}.s", False, id="quick ones between"),
            pytest.param(f"..{FEWER}.{FEWER}s", True, id="in the end"),
        ],
    )
    def test_slow_turns_in_a_row(self, reach: Reach, turns: str, *, left_alone: bool) -> None:
        for one in turns:
            assert reach.sure
            with reach.turn():
                for _ in range(3):
                    reach.ask((lambda: reach.slow(SLOW)) if one == "s" else lambda: None)
        assert reach.sure is not left_alone

    def test_the_next_turns_after_an_outage_have_their_own(self, reach: Reach, clock: Clock) -> None:
        for _ in range(2):
            for _ in range(ENOUGH):
                with reach.turn():
                    for _ in range(3):
                        reach.ask(lambda: reach.slow(SLOW))
            assert not reach.sure
            clock.tick(LEAVE_ALONE_SECONDS)
            with reach.turn():
                reach.ask(lambda: reach.slow(SLOW))
            assert reach.sure
            with reach.turn():
                reach.ask(lambda: None)

    def test_a_redis_that_comes_back_slowly_is_left_alone(self, clock: Clock) -> None:
        timer, slow = Clock(), [False]
        reach = Reach(lambda: timer.tick(0.3) if slow[0] else None, clock.uptime, timer.uptime)
        reach.begin()
        with pytest.raises(AwayError):
            reach.ask(_fail)
        clock.tick(LEAVE_ALONE_SECONDS)
        slow[0] = True
        with pytest.raises(AwayError):
            reach.ask(lambda: None)
        assert not reach.sure

    def test_of_many_one_tries_again(self, reach: Reach, clock: Clock) -> None:
        def fail() -> None:
            raise OSError

        with pytest.raises(AwayError):
            reach.ask(fail)
        clock.tick(LEAVE_ALONE_SECONDS)
        tried = []

        def try_while_others_come() -> None:
            tried.append(1)
            with pytest.raises(AwayError):
                reach.ask(lambda: tried.append(2))

        reach.ask(try_while_others_come)
        assert tried == [1]
        reach.ask(lambda: tried.append(3))
        assert tried == [1, 3]

    def test_a_turn_stays_where_it_is(self, reach: Reach, clock: Clock) -> None:
        def fail() -> None:
            raise OSError

        with reach.turn():
            with pytest.raises(AwayError):
                reach.ask(fail)
            clock.tick(LEAVE_ALONE_SECONDS)
            with pytest.raises(AwayError):
                reach.ask(lambda: None)
        assert reach.ask(lambda: "again") == "again"

    def test_who_was_asked_before_a_failure_does_not_undo_it(self, reach: Reach) -> None:
        def fail() -> None:
            raise OSError

        def answer_while_another_fails() -> None:
            with pytest.raises(AwayError):
                reach.ask(fail)

        reach.ask(answer_while_another_fails)
        assert not reach.sure


class TestTheSameMessageAgain:
    @pytest.fixture
    def house(self, own_redis_server: RedisServer, clock: Clock) -> Iterator[House]:
        with memory_at(own_redis_server.url, clock=clock.uptime) as memory:
            yield House(make_settings(), memory=memory)

    def test_after_redis_forgot_everything(self, house: House, own_redis_server: RedisServer) -> None:
        house.text("food")
        assert house.text("food", sid="SM1") == "reply 2"
        with own_redis_server.client() as client:
            client.flushall()
        assert house.text("food", sid="SM1") == "reply 2"
        assert len(house.counted) == 2

    def test_when_redis_is_away(self, house: House, own_redis_server: RedisServer) -> None:
        house.text("food")
        assert house.text("food", sid="SM1") == "reply 2"
        own_redis_server.stop()
        assert house.text("food", sid="SM1") == "reply 2"
        assert len(house.counted) == 2

    def test_that_was_told_late_gets_the_static_reply_again(self, house: House) -> None:
        assert house.memory is not None
        house.text("food")
        assert house.memory.told(TEXTER, f"{CAPTURED['AccountSid']} SM1", "static") == "static"
        assert house.text("food", sid="SM1") == "static"
        assert house.text("food", sid="SM2") == "reply 2"
        assert house.memory.told(TEXTER, f"{CAPTURED['AccountSid']} SM2", "static") == "reply 2"

    def test_when_redis_is_back(self, house: House, own_redis_server: RedisServer, clock: Clock) -> None:
        own_redis_server.stop()
        house.text("food")
        assert house.text("food", sid="SM1") == "reply 2"
        own_redis_server.start()
        clock.tick(LEAVE_ALONE_SECONDS)
        assert house.text("food") == "reply 1"
        assert house.text("food", sid="SM1") == "reply 2"
        assert len(house.counted) == 3

    @pytest.mark.parametrize("seconds", [899, 900])
    def test_for_a_quarter_of_an_hour(
        self, house: House, own_redis_server: RedisServer, clock: Clock, seconds: float
    ) -> None:
        house.text("food", sid="SM1")
        own_redis_server.stop()
        clock.tick(seconds)
        assert house.text("hola", sid="SM1") == "reply 1"
        assert house.asked == (["food"] if seconds < 900 else ["food", "hola"])

    def test_not_after_an_erasure(self, house: House, own_redis_server: RedisServer) -> None:
        house.text("food", sid="SM1")
        house.text("x")
        own_redis_server.stop()
        house.text("food", sid="SM1")
        assert house.asked == ["food", "x", "food"]


def test_what_was_erased_elsewhere_is_erased_here(redis_server: RedisServer) -> None:
    with memory_at(redis_server.url) as here, memory_at(redis_server.url) as there:
        here.keep(TEXTER, "M1", TALK, "a reply")
        there.forget(TEXTER)
        assert here.recall(TEXTER, "M1") == Recalled()
        assert len(here._replies._held) == 0


def test_what_is_remembered_of_replies_is_swept(redis_server: RedisServer, clock: Clock) -> None:
    with memory_at(redis_server.url, clock=clock.uptime) as memory:
        memory.keep(TEXTER, "M1", TALK, "a reply")
        assert len(memory._replies._held) == 1
        clock.tick(900)
        memory.sweep()
        assert len(memory._replies._held) == 0


@pytest.mark.parametrize(
    "forbidden",
    [
        pytest.param(["-@scripting"], id="all of them"),
        pytest.param(["-evalsha"], id="the stored ones"),
    ],
)
def test_a_redis_that_runs_no_scripts_leaves_the_line_with_its_ram(
    redis_server: RedisServer, clock: Clock, caplog: pytest.LogCaptureFixture, forbidden: list[str]
) -> None:
    with redis_server.client() as client:
        client.execute_command("ACL", "SETUSER", "narrow", "reset", "on", "nopass", "~*", "+@all", *forbidden)
    with memory_at(redis_server.url.replace("redis://", "redis://narrow@"), clock=clock.uptime) as memory:
        house = House(make_settings(), memory=memory)
        with caplog.at_level(logging.DEBUG):
            for _ in range(3):
                house.text("food")
                clock.tick(LEAVE_ALONE_SECONDS)
    assert memory.state is State.REDIS_AWAY
    said = [record.message for record in caplog.records if "Redis" in record.message]
    assert len(said) <= 1
    assert house.text("food") == "reply 4"
    assert "EVALSHA" in caplog.text


@pytest.mark.parametrize("command", [("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"), ("SCRIPT", "FLUSH")])
def test_what_redis_dropped_meanwhile_is_no_outage(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, command: tuple[str]
) -> None:
    monkeypatch.setattr("bot.line.memory.redis_runner.IDLE_SECONDS", 0.0)
    with memory_at(redis_server.url) as memory:
        house = House(make_settings(), memory=memory)
        assert house.text("food") == "reply 1"
        with redis_server.client() as client:
            client.execute_command(*command)
        assert house.text("food") == "reply 2"
        assert str(memory.state) == "redis"
    assert caplog.records == []


def test_after_a_restart_the_first_who_fails_fails_for_all(own_redis_server: RedisServer, clock: Clock) -> None:
    with memory_at(own_redis_server.url, clock=clock.uptime) as memory, ThreadPoolExecutor(4) as threads:
        together = Barrier(4)

        def text(number: int) -> State:
            together.wait(10)
            with memory.turn(f"+1213555010{number}"):
                memory.keep(f"+1213555010{number}", "M1", TALK, "a reply")
            return memory.state

        assert [str(one) for one in threads.map(text, range(4))] == ["redis"] * 4
        own_redis_server.stop()
        own_redis_server.start()
        list(threads.map(text, range(4)))
        for _ in range(2):
            clock.tick(LEAVE_ALONE_SECONDS)
            list(threads.map(text, range(4)))
        clock.tick(LEAVE_ALONE_SECONDS)
        assert [str(one) for one in threads.map(text, range(4))] == ["redis"] * 4

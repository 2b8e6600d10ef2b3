import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from redis import Redis

from bot.counts.record import UNCOUNTED, Record
from bot.line.memory.interface import REPLIES_KEPT, Allowances, Recalled, Spent
from bot.line.memory.redis_memory import RedisMemory
from bot.line.memory.redis_reach import LEAVE_ALONE_SECONDS
from bot.line.memory.redis_server import PersistentStateError, connect
from bot.referral.conversation import Conversation, Trace
from tests.line.memory.redis_server import RedisServer, free_port
from tests.line.standins import NOON, TEXTER, Clock, House, make_settings

TALK = Conversation(
    at=NOON,
    language="es",
    area="westlake",
    topic="food",
    pending=(("1", "topic:food"),),
    traces=(Trace(NOON, "violence", 0.5),),
    unclear=(NOON,),
    given=("e1", "e2"),
    failed=("e2",),
)
RECORD = Record("2026-W49", "westlake", "es", (("food", "local entry"),), ("e1",), unclear=True, complaints=("e1",))
OTHER = "+16305550177"

Make = Callable[..., RedisMemory]


@pytest.fixture
def make() -> Iterator[Make]:
    clients: list[Redis] = []

    def make_memory(server: RedisServer, sender: int = 3, line: int = 5, **options: object) -> RedisMemory:
        clients.append(connect(server.url))
        return RedisMemory(clients[-1], Allowances(sender, line), **options)  # type: ignore[arg-type]

    yield make_memory
    for client in clients:
        client.close()


@pytest.fixture
def memory(make: Make, redis_server: RedisServer) -> RedisMemory:
    memory = make(redis_server)
    memory.keep(OTHER, "M0", Conversation(at=NOON, topic="legal"), "another's")
    return memory


@pytest.fixture
def other_process(make: Make, redis_server: RedisServer) -> RedisMemory:
    """A memory of another process beside the same Redis."""
    return make(redis_server)


def test_what_one_process_kept_another_recalls(memory: RedisMemory, other_process: RedisMemory) -> None:
    memory.keep(TEXTER, "M1", TALK, "a reply", record=RECORD)
    assert other_process.recall(TEXTER, "M1") == Recalled(TALK, "a reply", RECORD)
    assert other_process.recall(TEXTER, "M2") == Recalled(TALK, None, RECORD)
    assert other_process.recall("+12135550199", "M1") == Recalled()


def test_a_redis_that_forgot_in_the_middle_begins_conversation_and_count_anew(
    memory: RedisMemory, redis_server: RedisServer
) -> None:
    memory.keep(TEXTER, "M1", TALK, "a reply", record=RECORD)
    with redis_server.client() as client:
        client.flushall()
    assert memory.recall(TEXTER, "M1").record == UNCOUNTED
    memory.keep(TEXTER, "M2", TALK, "another", record=RECORD)
    assert memory.recall(TEXTER, "M2") == Recalled(TALK, "another", RECORD)


def test_forgetting_in_one_process_is_forgetting_in_all(memory: RedisMemory, other_process: RedisMemory) -> None:
    memory.keep(TEXTER, "M1", TALK, "a reply")
    other_process.forget(TEXTER)
    assert memory.recall(TEXTER, "M1") == Recalled()
    assert memory.recall(OTHER, "M0").reply == "another's"


def test_only_the_last_replies_are_kept(memory: RedisMemory) -> None:
    for n in range(REPLIES_KEPT + 1):
        memory.keep(TEXTER, f"M{n}", TALK, f"reply {n}")
    assert memory.recall(TEXTER, "M0").reply is None
    assert memory.recall(TEXTER, "M1").reply == "reply 1"


def test_budgets_are_common_to_all(memory: RedisMemory, other_process: RedisMemory) -> None:
    told = [one.spend(TEXTER) for one in (memory, other_process) * 3]
    assert told == [Spent.WITHIN] * 3 + [Spent.SLOW_DOWN] + [Spent.OVER] * 2
    # The three that were given came out of the line's five; those that were not did not.
    told = [one.spend(OTHER) for one in (memory, other_process) * 2]
    assert told == [Spent.WITHIN] * 2 + [Spent.BUSY, Spent.SLOW_DOWN]
    assert [one.spend("") for one in (memory, other_process)] == [Spent.BUSY, Spent.OVER]


def test_nought_is_no_limit(make: Make, redis_server: RedisServer) -> None:
    memory = make(redis_server, sender=0, line=0)
    assert {memory.spend(TEXTER) for _ in range(30)} == {Spent.WITHIN}


def test_everything_in_redis_dies_by_itself(memory: RedisMemory, redis_server: RedisServer) -> None:
    memory.keep(TEXTER, "M1", TALK, "a reply")
    for _ in range(9):
        memory.spend(TEXTER)
        memory.spend("")
    longest = {"held": 900, "spent": 300, "line": 3600, "told": 3600, "key": 24 * 3600 + 900, "turn": 2}
    with memory.turn(TEXTER), redis_server.client() as client:
        lives = {name.decode().split(":")[1]: client.ttl(name) for name in client.keys("*")}
    assert set(lives) == set(longest)
    assert all(0 <= lives[kind] <= seconds for kind, seconds in longest.items())


def test_a_shorter_time_can_be_set(make: Make, redis_server: RedisServer) -> None:
    make(redis_server, forget_after=60).keep(TEXTER, "M1", TALK, "a reply")
    with redis_server.client() as client:
        (name,) = client.keys("quietline:held:*")
        assert client.ttl(name) <= 60


def test_numbers_and_message_ids_stand_nowhere_in_redis(memory: RedisMemory, redis_server: RedisServer) -> None:
    memory.keep(TEXTER, "AC1 SM1", TALK, "a reply")
    for _ in range(9):
        memory.spend(TEXTER)
        memory.spend("")
    with memory.turn(TEXTER), redis_server.client() as client:
        told = [(name, client.dump(name)) for name in client.keys("*")]
    assert len(told) > 5
    assert not [name for name, value in told if TEXTER[2:].encode() in name + value or b"SM1" in name + value]


class TestWhenTheKeyChanges:
    def test_yesterdays_key_can_still_be_read_with(
        self, memory: RedisMemory, redis_server: RedisServer, make: Make
    ) -> None:
        memory.keep(TEXTER, "M1", TALK, "a reply")
        a_day_passes(redis_server)
        tomorrow = make(redis_server)
        assert tomorrow.recall(TEXTER, "M1") == Recalled(TALK, "a reply")
        tomorrow.keep(TEXTER, "M2", TALK, "another")
        with redis_server.client() as client:
            # What was kept anew stands under the new key, and under no other.
            assert len(client.keys("quietline:held:*")) == 2
            assert len(client.keys("quietline:key:*")) == 2

    def test_forgetting_reaches_what_stands_under_it(
        self, memory: RedisMemory, redis_server: RedisServer, make: Make
    ) -> None:
        memory.keep(TEXTER, "M1", TALK, "a reply")
        a_day_passes(redis_server)
        make(redis_server).forget(TEXTER)
        with redis_server.client() as client:
            assert len(client.keys("quietline:held:*")) == 1

    def test_idle_processes_let_go_of_their_copy(self, make: Make, redis_server: RedisServer) -> None:
        clock = Clock()
        memory = make(redis_server, clock=clock.uptime)
        memory.keep(TEXTER, "M1", TALK, "a reply")
        assert memory._keys.last_marks(TEXTER) != ()
        clock.tick(900)
        memory.sweep()
        assert memory._keys.last_marks(TEXTER) == ()


def a_day_passes(server: RedisServer) -> None:
    """Make today's key yesterday's."""
    with server.client() as client:
        (name,) = client.keys("quietline:key:*")
        day = int(name.decode().rpartition(":")[2])
        client.rename(name, f"quietline:key:{day - 1}")


@pytest.mark.parametrize("junk", [b"", b"{}", b"[]", b"\xff", b'{"conversation": "{}", "replies": []}', b'"text"'])
def test_what_another_version_wrote_counts_as_forgotten(
    memory: RedisMemory, redis_server: RedisServer, junk: bytes
) -> None:
    memory.keep(TEXTER, "M1", TALK, "a reply")
    with redis_server.client() as client:
        for name in client.keys("quietline:held:*"):
            client.set(name, junk, keepttl=True)
    assert memory.recall(TEXTER, "M1") == Recalled()


class TestTurns:
    def test_one_message_at_a_time_across_processes(self, make: Make, redis_server: RedisServer) -> None:
        processes = [make(redis_server) for _ in range(4)]

        def work(n: int) -> None:
            mine = processes[n % 4]
            with mine.turn(TEXTER):
                talk = mine.recall(TEXTER, "").conversation or Conversation(at=NOON)
                mine.keep(TEXTER, f"M{n}", Conversation(at=NOON, shown=talk.shown + 1), "a reply")

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(40)))
        kept = processes[0].recall(TEXTER, "").conversation
        assert kept is not None
        assert kept.shown == 40

    def test_a_double_delivery_to_two_processes_is_answered_once(self, make: Make, redis_server: RedisServer) -> None:
        houses = [House(make_settings(), memory=make(redis_server)) for _ in range(2)]
        together = Barrier(4)

        def deliver(n: int) -> str:
            together.wait(10)
            return houses[n % 2].text("food", sid="SM1")

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(deliver, range(4))) == ["reply 1"] * 4
        assert len(houses[0].counted) + len(houses[1].counted) == 1

    def test_a_turn_whose_owner_died_ends(self, memory: RedisMemory, redis_server: RedisServer) -> None:
        with redis_server.client() as client:
            memory.recall(TEXTER, "")
            mark = memory._keys.last_marks(TEXTER)[0]
            client.set(f"quietline:turn:{mark.hex()}", "gone", px=2000)
        with memory.turn(TEXTER):
            memory.keep(TEXTER, "M1", TALK, "a reply")
        assert memory.recall(TEXTER, "M1").reply == "a reply"


class TestWhenRedisIsAway:
    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    @pytest.fixture
    def memory(self, make: Make, own_redis_server: RedisServer, clock: Clock) -> RedisMemory:
        return make(own_redis_server, clock=clock.uptime)

    def test_killed_the_line_goes_on_in_ram(self, memory: RedisMemory, own_redis_server: RedisServer) -> None:
        memory.keep(TEXTER, "M1", TALK, "a reply")
        own_redis_server.stop()
        # The conversation is lost; what the message was answered with is not.
        assert memory.recall(TEXTER, "M1") == Recalled(None, "a reply")
        assert memory.recall(TEXTER, "M3") == Recalled()
        with memory.turn(TEXTER):
            memory.keep(TEXTER, "M2", TALK, "another")
        assert memory.recall(TEXTER, "M2") == Recalled(TALK, "another")
        assert [memory.spend(TEXTER) for _ in range(4)][-1] is Spent.SLOW_DOWN
        assert [memory.spend("") for _ in range(3)][-1] is Spent.BUSY

    def test_hanging_it_costs_one_text_a_fifth_of_a_second(
        self, make: Make, own_redis_server: RedisServer, clock: Clock
    ) -> None:
        house = House(make_settings(), memory=make(own_redis_server, sender=0, line=0, clock=clock.uptime))
        own_redis_server.pause()
        begun = time.monotonic()
        assert house.text("food") == "reply 1"
        first = time.monotonic()
        assert [house.text("more") for _ in range(10)][-1] == "reply 11"
        rest = time.monotonic() - first
        own_redis_server.resume()
        # Generous bounds: without the 300 ms, or trying each time again, this would take seconds.
        assert first - begun < 1.5
        assert rest < 1.0

    def test_back_again_it_is_used_again_and_ram_is_empty(
        self, memory: RedisMemory, own_redis_server: RedisServer, clock: Clock
    ) -> None:
        own_redis_server.stop()
        memory.keep(TEXTER, "M1", TALK, "in ram")
        own_redis_server.start()
        assert memory.recall(TEXTER, "M1") == Recalled(TALK, "in ram")
        clock.tick(LEAVE_ALONE_SECONDS)
        assert memory.recall(TEXTER, "M2") == Recalled()
        memory.keep(TEXTER, "M2", TALK, "in redis")
        with own_redis_server.client() as client:
            assert len(client.keys("quietline:held:*")) == 1
        own_redis_server.stop()
        assert memory.recall(TEXTER, "M3") == Recalled()

    def test_an_erasure_asked_for_meanwhile_is_done_on_its_return(
        self, memory: RedisMemory, own_redis_server: RedisServer, clock: Clock
    ) -> None:
        memory.keep(TEXTER, "M1", TALK, "a reply")
        memory.keep(OTHER, "M2", TALK, "a reply")
        own_redis_server.pause()
        # The outage is noticed first: what is sent into a hanging connection may still be done later.
        memory.recall(OTHER, "M2")
        memory.forget(TEXTER)
        own_redis_server.resume()
        clock.tick(LEAVE_ALONE_SECONDS)
        assert memory.recall(TEXTER, "M1") == Recalled()
        assert memory.recall(OTHER, "M2") == Recalled(TALK, "a reply")

    def test_not_there_at_the_start_it_is_waited_for(self, make: Make, tmp_path: Path, clock: Clock) -> None:
        server = RedisServer(tmp_path, port=free_port())
        memory = make(server, clock=clock.uptime)
        memory.keep(TEXTER, "M1", TALK, "in ram")
        assert memory.recall(TEXTER, "M1").reply == "in ram"
        server.start()
        clock.tick(LEAVE_ALONE_SECONDS)
        memory.keep(TEXTER, "M1", TALK, "in redis")
        try:
            with server.client() as client:
                assert len(client.keys("quietline:held:*")) == 1
        finally:
            server.stop()

    def test_an_outage_is_said_once(
        self, memory: RedisMemory, own_redis_server: RedisServer, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        own_redis_server.stop()
        with caplog.at_level(logging.DEBUG):
            for _ in range(5):
                memory.recall(TEXTER, "M1")
                clock.tick(LEAVE_ALONE_SECONDS)
        assert [record.message for record in caplog.records] == [
            "Redis does not answer; the line goes on with its own RAM"
        ]


class TestARedisThatWritesToDisk:
    @pytest.mark.parametrize(
        "options",
        [
            pytest.param(("--save", "900 1", "--appendonly", "no"), id="snapshots"),
            pytest.param(("--save", "", "--appendonly", "yes"), id="a log of changes"),
            pytest.param(
                ("--save", "", "--appendonly", "no", "--rename-command", "CONFIG", ""), id="one that will not say"
            ),
        ],
    )
    def test_is_refused_unless_it_is_allowed(self, tmp_path: Path, make: Make, options: tuple[str, ...]) -> None:
        server = RedisServer(tmp_path, options)
        server.start()
        try:
            with pytest.raises(PersistentStateError):
                make(server)
            memory = make(server, allow_disk=True)
            memory.keep(TEXTER, "M1", TALK, "a reply")
            assert memory.recall(TEXTER, "M1").reply == "a reply"
        finally:
            server.stop()

    def test_is_not_used_when_it_begins_to_later(
        self, make: Make, own_redis_server: RedisServer, caplog: pytest.LogCaptureFixture
    ) -> None:
        clock = Clock()
        memory = make(own_redis_server, clock=clock.uptime)
        own_redis_server.stop()
        memory.recall(TEXTER, "M1")
        own_redis_server.options = ("--save", "900 1", "--appendonly", "no")
        own_redis_server.start()
        clock.tick(LEAVE_ALONE_SECONDS)
        memory.keep(TEXTER, "M1", TALK, "a reply")
        with own_redis_server.client() as client:
            assert client.keys("*") == []
        assert memory.recall(TEXTER, "M1").reply == "a reply"


@pytest.mark.parametrize(("name", "on", "off"), [("appendonly", "yes", "no"), ("save", "900 1", "")])
def test_a_redis_told_to_write_to_disk_is_used_no_more(
    make: Make, own_redis_server: RedisServer, name: str, on: str, off: str
) -> None:
    clock = Clock()
    memory = make(own_redis_server, clock=clock.uptime)
    memory.keep(TEXTER, "M1", TALK, "a reply")
    with own_redis_server.client() as client:
        client.config_set(name, on)
        memory.sweep()
        assert str(memory.state) == "redis away"
        client.flushall()
        memory.keep(TEXTER, "M2", TALK, "a reply")
        assert client.keys("*held*") == []
        client.config_set(name, off)
        clock.tick(LEAVE_ALONE_SECONDS)
        memory.keep(TEXTER, "M3", TALK, "a reply")
        assert str(memory.state) == "redis"
        assert len(client.keys("*held*")) == 1


def test_the_log_of_slow_commands_is_off_and_empty(make: Make, redis_server: RedisServer) -> None:
    with redis_server.client() as client:
        client.config_set("slowlog-log-slower-than", 0)
        client.set("quietline:held:canary", "the beginning of a conversation", ex=1)
        assert client.slowlog_len()
        memory = make(redis_server)
        memory.keep(TEXTER, "M1", TALK, "a reply")
        assert client.slowlog_len() == 0
        # As after a restart of Redis: the broom comes by.
        client.config_set("slowlog-log-slower-than", 0)
        memory.keep(TEXTER, "M2", TALK, "a reply")
        assert client.slowlog_len()
        memory.sweep()
        assert client.slowlog_len() == 0


def test_a_redis_that_keeps_its_slow_log_is_told_of(
    make: Make, redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    with redis_server.client() as client:
        client.config_set("slowlog-log-slower-than", 10_000)
        client.acl_setuser(
            "line", enabled=True, nopass=True, categories=["+@all"], commands=["-config|set"], keys=["*"]
        )
    with connect(redis_server.url.replace("redis://", "redis://line@")) as limited:
        RedisMemory(limited, Allowances())
    assert "slow commands" in caplog.text

"""What a texter waits for does not come: a turn, a key, Redis in the middle of a turn. They are answered anyway."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.line.memory.interface import Allowances, State
from bot.line.memory.ram import RamMemory
from bot.line.memory.redis_memory import RedisMemory
from bot.line.memory.redis_server import connect
from bot.referral.conversation import Conversation
from tests.line.memory.redis_server import RedisServer
from tests.line.standins import NOON, TEXTER, House, make_settings

TALK = Conversation(at=NOON, topic="food")


@pytest.fixture
def memory(own_redis_server: RedisServer) -> Iterator[RedisMemory]:
    """Give a memory in a Redis that a test may kill."""
    with closing(connect(own_redis_server.url)) as client:
        yield RedisMemory(client, Allowances(50, 50))


def test_a_text_whose_turn_does_not_come_goes_on_and_ends_nobody_elses_turn() -> None:
    memory = RamMemory(Allowances(), turn_wait=0.01)
    went_on = 0
    with memory.turn(TEXTER):
        for _ in range(2):
            # A thread waits for itself as for any other. What it gave back would be the turn of the outer one.
            with memory.turn(TEXTER):
                went_on += 1
            assert memory._turns[hash(TEXTER) % len(memory._turns)].locked()
    assert went_on == 2
    assert not any(turn.locked() for turn in memory._turns)
    assert str(memory.state) == "memory"


def test_a_turn_for_which_redis_has_no_key_in_time_is_gone_without(
    memory: RedisMemory, own_redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.keep(TEXTER, "M1", TALK, "a reply")
    monkeypatch.setattr("bot.line.memory.redis_memory._TURN_WAIT_SECONDS", 0.0)
    with own_redis_server.client() as client:
        client.flushall()
        with memory.turn(TEXTER):
            assert memory.recall(TEXTER, "M2").conversation is None
            memory.keep(TEXTER, "M2", TALK, "another")
        assert client.keys("quietline:turn:*") == []
    assert memory.recall(TEXTER, "M2").reply == "another"
    assert memory.state is State.REDIS


def test_redis_dying_within_a_turn_costs_no_reply_and_no_error(
    memory: RedisMemory, own_redis_server: RedisServer
) -> None:
    with memory.turn(TEXTER):
        own_redis_server.stop()
        memory.keep(TEXTER, "M1", TALK, "a reply")
    with memory.turn(TEXTER):
        assert memory.recall(TEXTER, "M1").reply == "a reply"
    assert memory.state is State.REDIS_AWAY


def test_an_answer_that_fails_within_a_turn_gives_the_turn_back(
    memory: RedisMemory, own_redis_server: RedisServer
) -> None:
    with pytest.raises(RuntimeError), memory.turn(TEXTER):
        raise RuntimeError
    with own_redis_server.client() as client:
        assert client.keys("quietline:turn:*") == []


def test_sweeps_of_a_redis_that_is_gone_are_no_errors_and_one_line_in_the_log(
    memory: RedisMemory, own_redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    own_redis_server.stop()
    for _ in range(3):
        memory.sweep()
    memory.keep(TEXTER, "M1", TALK, "a reply")
    assert memory.recall(TEXTER, "M1").reply == "a reply"
    assert [record.message for record in caplog.records] == ["Redis does not answer; the line goes on with its own RAM"]


def test_a_redis_that_goes_while_its_slow_log_is_emptied_is_no_error(
    memory: RedisMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: object) -> bool:
        raise OSError

    monkeypatch.setattr("bot.line.memory.redis_memory.stop_slow_log", gone)
    memory.sweep()
    assert str(memory.state) == "redis"  # the next text finds out, and says so


def test_a_message_without_an_id_is_remembered_nowhere(memory: RedisMemory, own_redis_server: RedisServer) -> None:
    memory.keep(TEXTER, "", TALK, "a reply")
    assert memory.recall(TEXTER, "").conversation == TALK
    with own_redis_server.client() as client:
        (kept,) = (client.get(name) for name in client.keys("quietline:held:*"))
        assert json.loads(kept)["replies"] == []
        assert len(memory._replies._held) == 0


def test_a_redis_that_begins_to_refuse_scripts_leaves_the_line_with_its_ram(
    own_redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    narrow = own_redis_server.url.replace("redis://", "redis://narrow@")
    with own_redis_server.client() as client, closing(connect(narrow)) as limited:
        client.execute_command("ACL", "SETUSER", "narrow", "reset", "on", "nopass", "~*", "+@all")
        house = House(make_settings(), memory=RedisMemory(limited, Allowances(50, 50)))
        assert house.text("food") == "reply 1"
        client.execute_command("ACL", "SETUSER", "narrow", "-evalsha")
        assert house.text("food") == "reply 1"  # the conversation begins afresh, in RAM
        assert house.text("food") == "reply 2"
    (said,) = (record.message for record in caplog.records)
    assert said.startswith("Redis refuses what the line asks of it: it must allow EVALSHA and SCRIPT LOAD;")

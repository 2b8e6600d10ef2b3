"""Five tries, then a wait that doubles and ends."""

from datetime import datetime, timedelta

import pytest

from bot.console.tries import MOST, Tries, address_of
from tests.console.house import NOON


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def waits(tries: Tries, clock: Clock, names: tuple[str, ...], failures: int) -> list[int]:
    """Fail again and again, waiting each time as long as asked; give the waits."""
    told = []
    for _ in range(failures):
        while wait := tries.wait(*names):
            told.append(wait)
            clock.now += timedelta(seconds=wait)
    return told


def test_the_wait_doubles_and_has_an_end() -> None:
    clock = Clock()
    assert waits(Tries(clock), clock, ("name ana",), 40) == [60, 120, 240, 480, 900, 900, 900]


def test_a_success_forgets_the_failures_of_that_account() -> None:
    clock = Clock()
    tries = Tries(clock)
    for _ in range(3):
        assert waits(tries, clock, ("name ana",), 4) == []
        tries.succeeded("name ana")
    assert tries.wait("name ana") == 0


def test_one_address_that_tries_many_names_waits_too() -> None:
    clock = Clock()
    tries = Tries(clock)
    told = [tries.wait(f"name {n}", "address 1") for n in range(7)]
    assert told == [0, 0, 0, 0, 0, 60, 60]
    assert tries.wait("name 1", "address 2") == 0


def test_a_success_does_not_wipe_what_the_address_failed_before() -> None:
    clock = Clock()
    tries = Tries(clock)
    for n in range(4):
        tries.wait(f"name {n}", "address 1")
    tries.wait("name mine", "address 1")
    tries.succeeded("name mine", "address 1")
    assert [tries.wait(f"name {n}", "address 1") for n in (8, 9)] == [0, 60]


def test_after_a_day_without_failure_all_is_forgotten() -> None:
    clock = Clock()
    tries = Tries(clock)
    waits(tries, clock, ("name ana",), 15)
    clock.now += timedelta(hours=25)
    assert waits(tries, clock, ("name ana",), 6) == [60]


def test_an_address_is_forgotten_after_an_hour() -> None:
    clock = Clock()
    tries = Tries(clock)
    told = []
    for n in range(4):
        told.append([tries.wait(f"name {4 * n + m}", "address 1") for m in range(4)])
        clock.now += timedelta(hours=1)
    assert told == [[0, 0, 0, 0]] * 4


def test_strangers_cannot_fill_the_memory() -> None:
    tries = Tries(Clock())
    for n in range(MOST + 50):
        tries.wait(f"name {n}")
    assert len(tries._failed) == MOST


def test_no_name_and_no_address_is_held() -> None:
    tries = Tries(Clock())
    tries.wait("name ana@example.org", "address 198.51.100.7")
    assert b"ana" not in b"".join(tries._failed)
    assert all(len(mark) == 32 for mark in tries._failed)


@pytest.mark.parametrize(
    ("peer", "forwarded", "told"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("9.9.9.9", "198.51.100.1", "9.9.9.9"),
        ("8.8.8.8", "198.51.100.1", "8.8.8.8"),
        ("127.0.0.1", "8.8.4.4", "8.8.4.4"),
        ("10.0.0.2", "1.1.1.1, 8.8.4.4", "8.8.4.4"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("2001:4860:1:2:3:4:5:6", "", "2001:4860:1:2::/64"),
        ("::1", "2001:4860:1:2::9", "2001:4860:1:2::/64"),
        ("", "8.8.4.4", ""),
    ],
)
def test_where_a_request_came_from(peer: str, forwarded: str, told: str) -> None:
    assert address_of(peer, forwarded) == told

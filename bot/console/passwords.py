"""Which passwords are taken: long ones that nobody would try first. No rules about signs, no expiry.

NIST SP 800-63B-4: at least 15 where it may stand alone, a list of the too common, nothing else.
"""

import re
import unicodedata
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask_security import PasswordUtil

from bot.console.wording import say

SHORTEST = 15
LONGEST = 128

#: What people begin with when a password must be long; a password made of these alone is refused.
_COMMON = (
    "password passwort passphrase letmein welcome admin administrator qwerty qwertyuiop asdfghjkl zxcvbnm iloveyou"
    " monkey dragon football baseball basketball sunshine princess superman batman master shadow michael jennifer"
    " jordan charlie computer internet secret trustno changeme default login test testing temp guest root user"
    " hello summer winter spring autumn january february march april june july august september october november"
    " december monday friday love please thank you my is the a i am it in let me new old good best first one two"
    " three four five six seven eight nine zero correct horse battery staple abc abcd abcdef contrasena contraseña"
    " clave bienvenido hola amor teamo hotline shelter helpline referral texting quietline quiet line staff door"
    " console viewer editor approver"
).split()
_PIECE = re.compile("|".join(sorted((re.escape(word) for word in _COMMON), key=len, reverse=True)))
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890123456789")
#: Those of the million passwords found most often in breaches that are long enough for us, in small letters: of each
#: the first bytes of its SHA-256, for what they say belongs in no file of ours. From SecLists (MIT licence).
_BREACHED, _BYTES = Path(__file__).with_name("breached.bin"), 5
#: Signs people write for letters.
_LETTERS = str.maketrans("013457@$!", "oieastasi")


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
    plain = password.casefold()
    parts = [part for part in re.split(r"[^a-z0-9]+", email.casefold()) if len(part) > 2]
    if is_breached(plain) or is_common(plain) or any(_left(plain, parts) < SHORTEST // 2 for _ in parts[:1]):
        return say("That one is among the first that somebody else would try. Choose another.")
    return ""


def is_breached(password: str) -> bool:
    """Say whether a password, in small letters, is one of those found most often in breaches."""
    return sha256(password.encode()).digest()[:_BYTES] in _breached()


@cache
def _breached() -> frozenset[bytes]:
    held = _BREACHED.read_bytes()
    return frozenset(held[n : n + _BYTES] for n in range(0, len(held), _BYTES))


def is_common(password: str) -> bool:
    """Say whether a password is made of what everybody uses: few signs, runs of keys, the commonest words."""
    if len(set(password)) < 6 or _repeats(password) or _is_run(password):
        return True
    return min(_left(password, ()), _left(password.translate(_LETTERS), ())) < 5


def _left(password: str, parts: list[str] | tuple[str, ...]) -> int:
    """Count the letters and digits that remain without the common words, `parts`, and a date at either end."""
    for part in parts:
        password = password.replace(part, " ")
    rest = re.sub(r"[\W_]+", " ", _PIECE.sub(" ", password)).strip()
    return len(set(re.sub(r"^\d{1,8}\b|\b\d{1,8}$|\s", "", rest)))


def _repeats(password: str) -> bool:
    return any(password == (password[:n] * len(password))[: len(password)] for n in range(1, len(password) // 2 + 1))


def _is_run(password: str) -> bool:
    """Say whether it is keys or letters in a row, there and back."""
    steps = [password[n : n + 2] for n in range(len(password) - 1)]
    runs = [row + row[::-1] for row in _ROWS]
    return sum(any(step in run for run in runs) for step in steps) >= 0.8 * len(steps)

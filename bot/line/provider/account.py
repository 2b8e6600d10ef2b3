"""Who we are at the provider, and whether its records may be touched: read from the environment when asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.environ import Reader, SettingsError

#: What the provider calls its things: two letters that say of which kind, and 32 hex digits.
_HEX = re.compile(r"[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How to sign in at the provider, and which Messaging Service is this line's. None of it is in its repr."""

    sid: str = field(repr=False)
    service: str = field(repr=False)
    #: The name and the secret requests are sent with: an API key, or else the account itself and its token.
    user: str = field(repr=False)
    secret: str = field(repr=False)
    #: The token that signs webhooks, "" when only an API key is known: TwiML Bins open to nothing else.
    token: str = field(repr=False, default="")


def load(environ: Mapping[str, str], *, needing: Sequence[str] = ()) -> Account:
    """Read the account. Raises SettingsError naming all that is missing or misshapen at once, and no value.

    `needing` names further settings that must not be empty.
    """
    read = Reader(environ)
    read.problems += [f"{name} is missing" for name in needing if not read.text(name, "")]
    sid = _sid(read, "TWILIO_ACCOUNT_SID", "AC")
    service = _sid(read, "TWILIO_MESSAGING_SERVICE_SID", "MG")
    token = read.text("TWILIO_AUTH_TOKEN", "").partition(",")[0].strip()
    user, secret = sid, token
    if read.text("TWILIO_API_KEY", "") or read.text("TWILIO_API_SECRET", ""):
        user, secret = _sid(read, "TWILIO_API_KEY", "SK"), read.text("TWILIO_API_SECRET", "")
        if not secret:
            read.problems.append("TWILIO_API_SECRET is missing beside TWILIO_API_KEY")
    elif not token:
        read.problems.append("TWILIO_API_KEY with TWILIO_API_SECRET is missing, and so is TWILIO_AUTH_TOKEN")
    if read.problems:
        raise SettingsError(tuple(read.problems))
    return Account(sid=sid, service=service, user=user, secret=secret, token=token)


def is_held(environ: Mapping[str, str]) -> bool:
    """Say whether a hold is on: nothing may be deleted. Raises SettingsError when PURGE_HOLD is neither yes nor no."""
    read = Reader(environ)
    held = read.one_of("PURGE_HOLD", ("yes", "no"), "no") == "yes"
    if read.problems:
        raise SettingsError(tuple(read.problems))
    return held


def _sid(read: Reader, name: str, kind: str) -> str:
    value = read.text(name, "")
    if not value:
        read.problems.append(f"{name} is missing: {kind} and 32 letters and digits, as the Console shows it")
    elif not (value.startswith(kind) and _HEX.fullmatch(value[len(kind) :])):
        read.problems.append(f"{name} must be {kind} and 32 letters and digits, as the Console shows it")
    return value

"""What the provider delivers late, passes on, and still keeps of this line's texters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.line.provider.addresses import host_of
from bot.line.provider.configured import Number, Service
from bot.line.provider.finding import Finding, look, ok, wrong
from bot.line.provider.records import Record
from bot.referral.answer import OptOutMode

#: A reply that comes later may be read by somebody else.
LONGEST_VALIDITY_SECONDS = 600
#: Counted so far and no further.
MOST_COUNTED = 50
_PURGE = "quietline purge-provider --older-than 1h"
_REDACTION = "Messaging > Settings > Message redaction"


@dataclass(frozen=True, slots=True)
class Kept:
    """How many finished records there are, counted to one more than MOST_COUNTED: older than 1 h, older than 2 h."""

    over_1_hour: int
    over_2_hours: int


def validity(service: Service) -> Finding:
    """Say whether a reply that could not be delivered at once is given up in time."""
    if service.validity_seconds <= LONGEST_VALIDITY_SECONDS:
        return ok(f"a reply is given up after {service.validity_seconds} seconds")
    return wrong(
        f"a reply may arrive {_spoken(service.validity_seconds)} late, and be read by somebody else",
        f"at the Messaging Service set the validity period to {LONGEST_VALIDITY_SECONDS} seconds",
    )


def encoding(service: Service) -> Finding:
    """Say whether a stray character is kept from doubling the bill."""
    if service.smart_encoding:
        return ok("smart encoding is on")
    return wrong("smart encoding is off: one curly quote doubles the cost", "switch it on at the Messaging Service")


def callbacks(service: Service, numbers: Iterable[Number]) -> Iterator[Finding]:
    """Warn of every address that is told about each text or call."""
    places = {"the Messaging Service": service.status_callback}
    places.update((number.name, number.status_callback) for number in numbers)
    told = {place: host_of(url) or "an address that is none" for place, url in places.items() if url}
    if not told:
        yield ok("nobody else is told about texts and calls (no status callback is set)")
    for place, host in told.items():
        yield look(
            f"{host} is told whom this line texts or speaks with, and when (status callback of {place})",
            "take it away: this line needs none, and whoever is told may write it down",
        )


def redaction(seen: Sequence[Record], mode: OptOutMode) -> Finding:
    """Judge redaction by messages older than a day: the provider's interface does not show the switch itself."""
    if not seen:
        return look(
            "redaction cannot be told from here: no message older than a day is left to judge by",
            f"{_REDACTION}: body on, and phone numbers on too if the provider handles no STOP for you",
        )
    texts, numbers = sum(not r.text_hidden for r in seen), sum(not r.number_hidden for r in seen)
    if not texts and not numbers:
        return ok(f"texts and phone numbers are redacted (seen on {len(seen)} messages older than a day)")
    what = f"of {len(seen)} messages older than a day, {texts} show their text and {numbers} the whole phone number"
    if texts:
        return wrong(what, f"{_REDACTION}: switch the body on; then {_PURGE}")
    if mode is OptOutMode.APP:
        return wrong(what, f"{_REDACTION}: switch phone numbers on; then {_PURGE}")
    return wrong(what, f"{_PURGE} (redaction of numbers needs OPT_OUT_MODE=app: docs/twilio.md, part 5)")


def kept(found: Kept, *, held: bool) -> Finding:
    """Say whether records are deleted on a schedule. Those between one and two hours old wait for the next run."""
    if held:
        return look("a hold is on (PURGE_HOLD=yes): nothing is deleted", "take it off only when your lawyer says so")
    if not found.over_1_hour:
        return ok("no message or call older than an hour is kept")
    if not found.over_2_hours:
        return look(
            f"{_counted(found.over_1_hour)} messages and calls are between one and two hours old",
            f"right if this runs every hour: {_PURGE}",
        )
    return wrong(
        f"{_counted(found.over_2_hours)} messages and calls older than two hours are still kept",
        f"{_PURGE}, now and then every hour (docs/twilio.md, part 5)",
    )


def retention() -> Finding:
    """Point at what the provider's interface does not show: how long it keeps records it is not told to delete."""
    return look(
        "how long Twilio keeps what nobody deletes, and its backup, show in the Console only",
        "Messaging > Settings > Message Records Data Access and Backup: 7 days, backup off",
    )


def _counted(number: int) -> str:
    return str(number) if number <= MOST_COUNTED else f"more than {MOST_COUNTED}"


def _spoken(seconds: int) -> str:
    return f"{seconds // 3600} hours" if seconds >= 7200 else f"{seconds // 60} minutes"

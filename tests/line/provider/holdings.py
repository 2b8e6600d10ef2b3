"""An account at the provider with two of this line's numbers and one that is somebody else's, all invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from bot.line.last_resort import sms
from bot.line.sms import twiml

BASE_URL = "https://line.example.org"
LINE, SECOND, OTHER = "+12135550100", "+16305550109", "+12135550177"
TEXTER, HOTLINE = "+12135550142", "+18005550199"
SAID = "my ex found me"
ACCOUNT, SERVICE, KEY = "AC" + "b" * 32, "MG" + "c" * 32, "SK" + "d" * 32
SECRET, TOKEN = "a-secret-of-ours", "a-token-of-ours"
BIN = "https://handler.twilio.com/twiml/EH" + "e" * 32
#: Later than any test runs: commands ask the clock, and what they call old must be old to them as well.
NOW = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
ENVIRON: Mapping[str, str] = {
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_API_KEY": KEY,
    "TWILIO_API_SECRET": SECRET,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "TWILIO_MESSAGING_SERVICE_SID": SERVICE,
    "PUBLIC_BASE_URL": BASE_URL,
}


def service(**changes: object) -> dict[str, Any]:
    """Return a Messaging Service as it should be set."""
    return {
        "sid": SERVICE,
        "account_sid": ACCOUNT,
        "inbound_request_url": f"{BASE_URL}/sms#rc=1&rp=ct,rt,5xx",
        "inbound_method": "POST",
        "fallback_url": BIN,
        "fallback_method": "POST",
        "status_callback": None,
        "smart_encoding": True,
        "validity_period": 600,
        "use_inbound_webhook_on_number": False,
        **changes,
    }


def number(value: str, sid: str, **changes: object) -> dict[str, Any]:
    """Return a phone number as it should be set."""
    return {
        "sid": sid,
        "phone_number": value,
        "sms_url": "",
        "sms_method": "POST",
        "sms_fallback_url": "",
        "voice_url": f"{BASE_URL}/voice",
        "voice_method": "POST",
        "voice_fallback_url": "https://handler.twilio.com/twiml/EH" + "f" * 32,
        "status_callback": "",
        "voice_application_sid": None,
        "trunk_sid": None,
        **changes,
    }


@dataclass
class Holdings:
    """What the provider holds. Ages are counted back from `now`; records are kept in the order they are added."""

    now: datetime = NOW
    service: dict[str, Any] = field(default_factory=service)
    numbers: list[dict[str, Any]] = field(
        default_factory=lambda: [number(LINE, "PN" + "1" * 32), number(SECOND, "PN" + "2" * 32)]
    )
    short_codes: list[str] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    media: dict[str, list[str]] = field(default_factory=dict)
    bins: dict[str, str] = field(default_factory=lambda: {BIN: twiml(sms(""))})
    _made: int = 0

    def text(
        self, age: timedelta, *, sent_from: str = TEXTER, to: str = LINE, pictures: int = 0, **changes: Any
    ) -> str:
        """Keep a text from a phone to a number, and return its SID."""
        record = {"direction": "inbound", "from": sent_from, "to": to, "status": "received", "num_media": str(pictures)}
        sid = self._message(age, {**record, **changes})
        self.media[sid] = [self._sid("ME") for _ in range(pictures)]
        return sid

    def reply(self, age: timedelta, *, sent_from: str = LINE, status: str = "delivered", **changes: Any) -> str:
        """Keep a reply from a number to a phone, and return its SID."""
        record = {"direction": "outbound-reply", "from": sent_from, "to": TEXTER, "status": status, "num_media": "0"}
        return self._message(age, {**record, **changes})

    def exchange(self, age: timedelta, *, line: str = LINE) -> tuple[str, str]:
        """Keep a text and its reply."""
        return self.text(age, to=line), self.reply(age, sent_from=line)

    def call(self, age: timedelta, *, to: str = LINE, status: str = "completed", **changes: Any) -> str:
        """Keep a call from a phone to a number, and return its SID."""
        return self._call(age, {"direction": "inbound", "from": TEXTER, "to": to, "status": status, **changes})

    def leg(self, age: timedelta, parent: str, *, sent_from: str = LINE, **changes: Any) -> str:
        """Keep the leg of a call that was connected to a hotline, and return its SID."""
        record = {"direction": "outbound-dial", "from": sent_from, "to": HOTLINE, "parent_call_sid": parent}
        return self._call(age, {**record, "status": "completed", **changes})

    @property
    def kept(self) -> set[str]:
        """The SIDs of all messages and calls there still are."""
        return {record["sid"] for record in (*self.messages, *self.calls)}

    @property
    def secrets(self) -> set[str]:
        """All that must never be printed or logged: numbers, SIDs, bodies, keys."""
        bodies = {record["body"] for record in self.messages if record["body"]}
        media = {sid for sids in self.media.values() for sid in sids}
        numbers = {LINE, SECOND, OTHER, TEXTER, LINE[2:], TEXTER[2:], HOTLINE}
        return {*self.kept, *bodies, *media, *numbers, ACCOUNT, SERVICE, KEY, SECRET, TOKEN, BIN[-34:]}

    def _sid(self, kind: str) -> str:
        self._made += 1
        return f"{kind}{self._made:032x}"

    def _message(self, age: timedelta, record: dict[str, Any]) -> str:
        sid, moment = self._sid("SM"), format_datetime(self.now - age)
        self.messages.append({"sid": sid, "body": SAID, "date_created": moment, "date_sent": moment, **record})
        return sid

    def _call(self, age: timedelta, record: dict[str, Any]) -> str:
        sid, moment = self._sid("CA"), format_datetime(self.now - age)
        moments = {"date_created": moment, "start_time": moment, "end_time": moment}
        self.calls.append({"sid": sid, "parent_call_sid": None, **moments, **record})
        return sid

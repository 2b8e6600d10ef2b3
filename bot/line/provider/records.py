"""What the provider keeps of a message or a call, without what was said and with whom."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

#: The provider refuses to delete these. "sent" is not among them: some carriers never report delivery.
#: https://www.twilio.com/docs/messaging/api/message-resource, https://www.twilio.com/docs/voice/api/call-resource
_UNDER_WAY = frozenset(
    {"accepted", "in-progress", "initiated", "queued", "receiving", "ringing", "scheduled", "sending"}
)
#: A body or the end of a number after redaction: nothing, stars, crosses, or the word itself. The provider's page says
#: XXXX for a number's last four digits and does not say what a body becomes.
#: https://www.twilio.com/docs/messaging/guides/privacy-message-redaction
_NO_BODY = re.compile(r"[\W_xX]*(redacted[\W_]*)?", re.IGNORECASE)
_NO_END = re.compile(r"[xX*]{2,}$")


class Kind(StrEnum):
    """What a record is of."""

    MESSAGE = "message"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Record:
    """One message or call of this line, as far as we need to know it. Its SID stays out of its repr.

    `at` is the last moment it is known to have changed, None when the provider gives none.
    """

    kind: Kind
    sid: str = field(repr=False)
    at: datetime | None
    status: str
    media: bool = False
    text_hidden: bool = False
    number_hidden: bool = False

    @property
    def under_way(self) -> bool:
        """Say whether the provider still works on it."""
        return self.status in _UNDER_WAY

    def is_old(self, before: datetime) -> bool:
        """Say whether it is finished and from before a moment. What has no time is never old."""
        return not self.under_way and self.at is not None and self.at < before


def message_of(found: Any, number: str) -> Record | None:
    """Return a message as a Record; None when it is another number's side of an exchange with this one."""
    inbound = found.direction == "inbound"
    ours, theirs = (found.to, found.from_) if inbound else (found.from_, found.to)
    if ours != number or not found.sid:
        return None
    return Record(
        Kind.MESSAGE,
        str(found.sid),
        _latest(found.date_created, found.date_sent),
        str(found.status),
        media=str(found.num_media or "0") != "0",
        text_hidden=_NO_BODY.fullmatch(found.body or "") is not None,
        number_hidden=not theirs or _NO_END.search(theirs) is not None,
    )


def call_of(found: Any, number: str) -> Record | None:
    """Return a call, or the leg of one, as a Record; None when it is another number's."""
    ours = found.to if found.direction == "inbound" else found._from
    return leg_of(found) if ours == number and found.sid else None


def leg_of(found: Any) -> Record:
    """Return any leg of a call as a Record, whoever was called."""
    at = _latest(found.date_created, found.start_time, found.end_time)
    return Record(Kind.CALL, str(found.sid), at, str(found.status))


def _latest(*moments: object) -> datetime | None:
    return max((moment for moment in moments if isinstance(moment, datetime)), default=None)

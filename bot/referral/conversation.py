"""What the line remembers of a texter, for 15 minutes and only in memory."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

#: After this long without a text everything is forgotten (promises: at most 15 minutes).
FORGET_AFTER = timedelta(minutes=15)
#: What a fragment hinted at counts this long ("he took" + "my papers"), and so does an unclear text.
FRAGMENTS_LAST = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Trace:
    """What a text hinted at, never its words: a topic, perhaps a facet, and how strongly."""

    at: datetime
    label: str
    weight: float
    facet: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A value; each answer returns the next one. `shown` counts the items of the topic given so far.

    `pending` maps a digit to what it chooses ("area:westlake", "topic:food"); `silent` is set by an opt-out:
    thanks and chatter then stay unanswered. `minor`: the texter said they are under 18. `given`: the entries whose
    numbers this answer held so far, those of the newest message first: what a "no answer" can be about. `failed`:
    those of which that was said. `zip`: the ZIP code that told the area, so that what is near goes first.
    """

    at: datetime | None = None
    language: str = ""
    area: str = ""
    zip: str = ""
    topic: str = ""
    facet: str = ""
    named: str = ""
    start: int = 0
    shown: int = 0
    minor: bool = False
    greeted: bool = False
    silent: bool = False
    pending: tuple[tuple[str, str], ...] = ()
    traces: tuple[Trace, ...] = ()
    unclear: tuple[datetime, ...] = ()
    given: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def alive(self, now: datetime) -> "Conversation":
        """Return this conversation as it stands at `now`: forgotten after 15 minutes, fragments after 60 seconds."""
        if self.at is None:
            return self  # nothing was texted yet; a texted number may lend its area
        if now - self.at >= FORGET_AFTER:
            return Conversation()
        if not self.traces and not self.unclear:
            return self
        # A clock that was put back leaves marks that lie ahead: they are not of the last minute either.
        recent = now - FRAGMENTS_LAST
        return replace(
            self,
            traces=tuple(t for t in self.traces if recent < t.at <= now),
            unclear=tuple(t for t in self.unclear if recent < t <= now),
        )

    def cover(self) -> "Conversation":
        """Return it with topic, page, numbers given and fragments gone: MORE, a digit, "no answer" reveal nothing."""
        return replace(
            self,
            topic="",
            facet="",
            named="",
            start=0,
            shown=0,
            pending=(),
            traces=(),
            unclear=(),
            minor=False,
            given=(),
            failed=(),
        )

    def dump(self) -> str:
        """Write it as JSON, for a memory shared by several processes."""
        return json.dumps(asdict(self), default=datetime.isoformat)

    @classmethod
    def load(cls, text: str) -> "Conversation":
        """Read what `dump` wrote. Raises ValueError, KeyError or TypeError when it is anything else."""
        raw = json.loads(text)
        raw["at"] = datetime.fromisoformat(raw["at"]) if raw["at"] else None
        raw["pending"] = tuple((digit, target) for digit, target in raw["pending"])
        raw["traces"] = tuple(Trace(**{**t, "at": datetime.fromisoformat(t["at"])}) for t in raw["traces"])
        raw["unclear"] = tuple(datetime.fromisoformat(t) for t in raw["unclear"])
        raw["given"], raw["failed"] = tuple(map(str, raw["given"])), tuple(map(str, raw["failed"]))
        return cls(**raw)

"""Canaries: made-up senders, texts and identifiers that nobody has ever seen, so that a trace of one is a leak."""

import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.drill.forms import DIGESTED, Form, plain_forms, writings
from tests.line.standins import CAPTURED

#: All canaries live here, so that trying all 10,000 numbers of one exchange tries all of them.
AREA, EXCHANGE = "213", "555"
_LETTERS = string.ascii_lowercase


@dataclass(frozen=True, slots=True)
class Canary:
    """One sender with one text. `path` says which way it went; that is what a failure names."""

    path: str
    number: str
    body: str
    word: str
    city: str
    sid: str
    call_sid: str
    address: str

    @property
    def sender(self) -> str:
        """The number as the provider writes it."""
        return f"+1{self.number}"

    @property
    def last_four(self) -> str:
        """The last four digits; the first of them is 0, as in no year, port or process number."""
        return self.number[-4:]

    def form(self, **changes: str) -> dict[str, str]:
        """Return the provider's form with everything a leak could show."""
        sids = {"MessageSid": self.sid, "SmsSid": self.sid, "SmsMessageSid": self.sid}
        place = {"FromCity": self.city, "ProfileName": f"{self.word} {self.city}"}
        return {**CAPTURED, **sids, **place, "From": self.sender, "Body": self.body, **changes}

    def call(self, **changes: str) -> dict[str, str]:
        """Return the form of a voice call."""
        who = {"From": self.sender, "Caller": self.sender, "CallSid": self.call_sid, "CallerCity": self.city}
        return {**who, "To": CAPTURED["To"], "Direction": "inbound", **changes}

    def written(self) -> Iterator[tuple[str, str]]:
        """Give everything that must not be found, under names that tell none of it."""
        yield from ((f"number {pattern}", text) for pattern, text in writings(self.number).items())
        if self.word in self.body:  # MENU, STOP and X stand in many places
            yield "body", self.body
        yield from (("sid", self.sid), ("call sid", self.call_sid))
        yield from (("word", self.word), ("WORD", self.word.upper()), ("city", self.city), ("address", self.address))

    def digested(self) -> Iterator[tuple[str, str]]:
        """Give what a program is likely to make a digest of."""
        numbers = writings(self.number)
        yield from ((f"number {pattern}", numbers[pattern]) for pattern in DIGESTED)
        yield from (("number whatsapp:+1NNNNNNNNNN", f"whatsapp:{self.sender}"), ("sid", self.sid))
        yield from (("body", self.body), ("call sid", self.call_sid))
        yield "account and sid", f"{CAPTURED['AccountSid']} {self.sid}"


@dataclass
class Flock:
    """All canaries of a sweep; no two share anything, and `taken` last four digits are left out."""

    taken: set[str] = field(default_factory=set)
    canaries: list[Canary] = field(default_factory=list)

    def canary(self, path: str, text: str = "", *, signed_off: bool = True) -> Canary:
        """Return a new one that says a text, with a word of its own after it unless `signed_off` is False."""
        word, city = _word(), _word()
        made = Canary(
            path=path,
            number=f"{AREA}{EXCHANGE}{self._last_four()}",
            body=f"{text} {word}".strip() if signed_off else text,
            word=word,
            city=city,
            sid=f"SM{secrets.token_hex(16)}",
            call_sid=f"CA{secrets.token_hex(16)}",
            address=f"198.18.{100 + secrets.randbelow(150)}.{100 + secrets.randbelow(150)}",
        )
        self.canaries.append(made)
        return made

    def forms(self) -> Iterator[Form]:
        """Give every form but digests in which any canary could stand somewhere, each named by its path."""
        for canary in self.canaries:
            for name, text in canary.written():
                yield from plain_forms(f"{canary.path}: {name}", text)

    def digested(self) -> dict[str, str]:
        """Return everything that digests could have been made of, with its path."""
        return {text: f"{canary.path}: {name}" for canary in self.canaries for name, text in canary.digested()}

    def _last_four(self) -> str:
        free = sorted({f"{n:04d}" for n in range(1000)} - self.taken)
        chosen = secrets.choice(free)
        self.taken.add(chosen)
        return chosen


def _word() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(14))

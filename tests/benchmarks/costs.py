"""How many segments a reply and a conversation take, and what they cost.

A conversation is played by somebody who does what each reply asks for, each thing once: a choice, a place, MORE.
Prices: the provider's list of July 2026 and the carriers' fees on top of it, as the console estimates them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import mean
from typing import Any

from bot.console.price import CENTS_PER_SEGMENT
from bot.referral.answer import Answer, answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.meaning import Kind
from bot.referral.segments import count
from tests.benchmarks.figures import Figure, Figures

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
#: Cents for a segment that comes in: to the provider, and to the one carrier that asks for it.
CENTS_IN, CENTS_IN_CARRIER = 0.83, 0.25
#: Cents for a segment that goes out, to the provider; the rest of CENTS_PER_SEGMENT is the carriers'.
CENTS_OUT = 0.83
#: What the carriers take for a segment that goes out, at least and at most.
CARRIER_LEAST, CARRIER_MOST = 0.25, 0.62
#: A ZIP code in one of our areas.
PLACE = "90057"


@dataclass(frozen=True, slots=True)
class _Bill:
    """The segments of one conversation, in and out, and its texts."""

    texts: int
    inbound: int
    outbound: int

    def cents(self, out: float = CENTS_PER_SEGMENT) -> float:
        """Return what it costs at so many cents a segment that goes out."""
        return self.inbound * (CENTS_IN + CENTS_IN_CARRIER) + self.outbound * out


def measure(rows: Sequence[Mapping[str, Any]], content: Content) -> Figures:
    """Return segments per reply, with and without crises; segments and US cents per conversation, and the parts."""
    texts = [row["text"] for row in rows]
    told = [answer(text, Conversation(), content, NOW) for text in texts]
    bills = [_bill(list(_played(text, content))) for text in texts]
    inbound, outbound = mean(b.inbound for b in bills), mean(b.outbound for b in bills)
    cents = mean(b.cents() for b in bills)
    least, most = (mean(b.cents(CENTS_OUT + fee) for b in bills) for fee in (CARRIER_LEAST, CARRIER_MOST))
    carriers = CENTS_PER_SEGMENT - CENTS_OUT
    return {
        "segments_per_reply": _per_reply(told),
        "segments_per_reply_without_crisis": _per_reply([one for one in told if one.meaning.kind is not Kind.CRISIS]),
        "texts_per_conversation": Figure(round(mean(b.texts for b in bills), 2)),
        "segments_in_per_conversation": Figure(round(inbound, 2)),
        "segments_out_per_conversation": Figure(round(outbound, 2)),
        "segments_per_conversation": Figure(round(inbound + outbound, 2)),
        "cents_in_per_conversation": Figure(round(inbound * CENTS_IN, 2), note=f"{CENTS_IN} a segment, provider"),
        "cents_in_carriers_per_conversation": Figure(
            round(inbound * CENTS_IN_CARRIER, 2), note=f"{CENTS_IN_CARRIER} a segment; one carrier only"
        ),
        "cents_out_per_conversation": Figure(round(outbound * CENTS_OUT, 2), note=f"{CENTS_OUT} a segment, provider"),
        "cents_out_carriers_per_conversation": Figure(
            round(outbound * carriers, 2), note=f"{carriers:.2f} a segment, between {CARRIER_LEAST} and {CARRIER_MOST}"
        ),
        "cents_per_conversation": Figure(
            round(cents, 2), round(least, 2), round(most, 2), note="the sum; spread: the cheapest and dearest carrier"
        ),
    }


def _per_reply(told: Sequence[Answer]) -> Figure:
    parts = [count(one.reply).parts for one in told if one.reply]
    return Figure(round(mean(parts), 3), note=f"{len(parts)} replies, {min(parts)} to {max(parts)}")


def _played(text: str, content: Content) -> Iterator[tuple[str, str]]:
    """Give each text of a conversation and its reply, "" for silence."""
    talk, asked = Conversation(), set()
    while True:
        told = answer(text, talk, content, NOW)
        talk = told.conversation
        yield text, told.reply or ""
        wanted = next((one for one in _asks(told) if one not in asked), None)
        if wanted is None:
            return
        asked.add(wanted)
        text = wanted


def _asks(told: Answer) -> Iterator[str]:
    """Give what a reply asks for: one of some choices, a place, or that one texts MORE for the rest."""
    reply = told.reply or ""
    if told.meaning.kind is Kind.CHOICES:
        yield "1"
        return
    if "ZIP." in reply:
        yield PLACE
    elif "MORE for more" in reply:
        yield "MORE"
    elif "MAS para seguir" in reply:
        yield "MAS"


def _bill(played: Sequence[tuple[str, str]]) -> _Bill:
    out = sum(count(reply).parts for _, reply in played if reply)
    return _Bill(len(played), sum(count(text).parts for text, _ in played), out)

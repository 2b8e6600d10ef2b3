"""What a conversation may be told: the one function on the same content, and what remains of it when memory is lost."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.counts.record import UNCOUNTED, Record, Seen, seen
from bot.counts.tally import Tally
from bot.line import last_resort
from bot.line.sms import twiml
from bot.referral.answer import Answer, answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.segments import count

#: The reply that needs nothing, in one language or in both.
STATIC = frozenset({*last_resort.SMS.values(), last_resort.sms("")})


class NotTwimlError(ValueError):
    """A reply was found that is no TwiML with one message or none."""


@dataclass(frozen=True, slots=True)
class State:
    """What the line may hold of a conversation: where it stands, and what it was counted as."""

    talk: Conversation = field(default_factory=Conversation)
    record: Record = UNCOUNTED


@dataclass(frozen=True, slots=True)
class Step:
    """One way a text may have been answered: the reply, the state after it, and what was counted."""

    before: State
    reply: str
    after: State
    seen: Seen
    at: datetime

    def count_in(self, tally: Tally) -> None:
        """Count it as the line counts it."""
        if self.reply:
            tally.sent(count(self.reply).parts, self.at)
        tally.note(self.before.record, self.seen, self.at)


def message_in(reply: str) -> str:
    """Return the one message of a TwiML answer, "" for silence. Raises NotTwimlError for anything else."""
    try:
        root = ElementTree.fromstring(reply)  # noqa: S314 - what our own line answered
    except ElementTree.ParseError as error:
        raise NotTwimlError(str(error)) from None
    if root.tag != "Response" or [child.tag for child in root] not in ([], ["Message"]):
        raise NotTwimlError("neither one message nor silence")
    if len(root) and not (root[0].text or "").strip():
        raise NotTwimlError("a message that says nothing")
    return (root[0].text or "") if len(root) else ""


def steps(body: str, states: Iterable[State], contents: Sequence[Content], moments: Sequence[float]) -> Iterator[Step]:
    """Give every way a text may be answered from these states, releases and moments, the likeliest first."""
    for moment in moments:
        now = datetime.fromtimestamp(moment, UTC)
        for state in states:
            for content in contents:
                yield _step(state, answer(body, state.talk, content, now), now)


def _step(state: State, told: Answer, now: datetime) -> Step:
    # What goes over the wire is what a phone can show of it.
    reply = message_in(twiml(told.reply or ""))
    what = seen(told)
    counted = Tally().note(state.record, what, now)
    return Step(state, reply, State(told.conversation, counted), what, now)

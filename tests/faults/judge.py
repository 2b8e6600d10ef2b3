"""One conversation judged: was each reply right, and if it was not, does a fault explain it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.referral.content import Content
from tests.faults.oracle import STATIC, NotTwimlError, State, Step, message_in, steps
from tests.faults.record import Delivery, How
from tests.faults.texts import CRISIS, Talk, Turn


class Verdict(StrEnum):
    """What a delivery came to. Right, or explained by a fault: the first five. The others are faults of the line."""

    RIGHT = "right"
    REPEATED = "repeated"  # a duplicate that got the same reply
    AFRESH = "afresh"  # right for a texter whose conversation was lost with the memory that held it
    STATIC = "static"  # the safe reply
    FALLBACK = "fallback"  # from the provider's own fallback address, while a process was dying
    LOST = "lost"  # no reply of the line although no process died, or no reply at all
    LATE = "late"
    DOUBLED = "doubled"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Window:
    """When a fault held, until all was healed, and what it excuses: processes that die or stand still, lost memory."""

    begin: float
    end: float
    dies: bool = False
    forgets: bool = False
    stands: bool = False

    def meets(self, begin: float, end: float) -> bool:
        """Say whether anything of it falls between two moments."""
        return self.begin <= end and begin <= self.end


@dataclass(frozen=True, slots=True)
class Judged:
    """A delivery with its verdict; `step`: what was newly answered and counted; `unsure`: it may have been.

    `forgotten`: memory may have been lost since the last that was known of it, so a new conversation was counted.
    """

    delivery: Delivery
    verdict: Verdict
    step: Step | None = None
    unsure: bool = False
    why: str = ""
    forgotten: bool = False


@dataclass
class Judge:
    """Follows one conversation through its deliveries, in the order in which they began."""

    talk: Talk
    contents: Sequence[Content]
    windows: Sequence[Window]
    fallback: str
    patience: float = 10.0
    newest: list[State] = field(default_factory=lambda: [State()])
    older: list[State] = field(default_factory=list)
    said: dict[int, set[str]] = field(default_factory=dict)
    first: dict[int, float] = field(default_factory=dict)
    last: float = 0.0

    def judge(self, delivery: Delivery) -> Judged:
        """Give the verdict on the next delivery."""
        turn = self.talk.turns[delivery.turn]
        self.last = self.last or delivery.began
        self.first.setdefault(delivery.turn, delivery.began)
        told = self._not_by_the_line(delivery) or self._by_the_line(delivery, turn)
        if told.unsure:
            self._perhaps(turn, delivery)
        self.last = max(self.last, delivery.ended)
        return told

    def _not_by_the_line(self, delivery: Delivery) -> Judged | None:
        if delivery.how is How.NONE or (delivery.how is How.FALLBACK and delivery.reply.strip() != self.fallback):
            return Judged(delivery, Verdict.LOST, unsure=True, why=delivery.why)
        if delivery.why == "late" or delivery.took > self.patience:
            return Judged(delivery, Verdict.LATE, unsure=True, why=f"{delivery.took:.1f} s")
        if delivery.how is How.FALLBACK:
            explained = self._excused(delivery.began, delivery.ended, dies=True)
            return Judged(delivery, Verdict.FALLBACK if explained else Verdict.LOST, unsure=True, why=delivery.why)
        return None

    def _by_the_line(self, delivery: Delivery, turn: Turn) -> Judged:
        try:
            reply = message_in(delivery.reply)
        except NotTwimlError as error:
            return Judged(delivery, Verdict.WRONG, why=str(error))
        if turn.crisis and not re.search(CRISIS, reply):
            return Judged(delivery, Verdict.WRONG, why=f"{turn.body!r} in danger got {reply!r}")
        before = self.said.setdefault(delivery.turn, set())
        if reply in before:
            forgotten = self._excused(self.first[delivery.turn], delivery.ended, forgets=True)
            return Judged(delivery, Verdict.REPEATED, forgotten=forgotten)
        again = bool(before)
        before.add(reply)
        if again and not self._excused(self.first[delivery.turn], delivery.ended, forgets=True):
            return Judged(delivery, Verdict.DOUBLED, unsure=True, why=f"{turn.body!r} got {sorted(before)}")
        if reply in STATIC:
            return Judged(delivery, Verdict.STATIC, unsure=True)
        return self._answered(delivery, turn, reply, again=again)

    def _answered(self, delivery: Delivery, turn: Turn, reply: str, *, again: bool) -> Judged:
        forgotten = self._excused(self.last, delivery.ended, forgets=True)
        if step := self._found(self.newest, delivery, turn, reply):
            self.older += self.newest
            self.newest = [step.after]
            verdict = Verdict.AFRESH if again else Verdict.RIGHT
            return self._fit(Judged(delivery, verdict, step, forgotten=forgotten), turn, reply)
        # It lost its memory, or found again what it had before an outage: both only while a fault explains it.
        if forgotten:
            step = self._found([State(), *self.older], delivery, turn, reply)
            if step is not None:
                self.older += self.newest
                self.newest = [step.after]
                return Judged(delivery, Verdict.AFRESH, step, forgotten=True)
        return Judged(delivery, Verdict.WRONG, unsure=True, why=f"{turn.body!r} got {reply!r}")

    def _fit(self, told: Judged, turn: Turn, reply: str) -> Judged:
        """Hold a reply against what it must contain whatever our own function says."""
        if turn.must and not re.search(turn.must, reply):
            return replace(told, verdict=Verdict.WRONG, why=f"{turn.body!r} got {reply!r}")
        return told

    def _found(self, states: Sequence[State], delivery: Delivery, turn: Turn, reply: str) -> Step | None:
        moments = (delivery.now, delivery.now + delivery.took)
        ways = steps(turn.body, states, self.contents, moments)
        return next((step for step in ways if step.reply == reply), None)

    def _perhaps(self, turn: Turn, delivery: Delivery) -> None:
        """Hold both possible: the line answered and nobody heard it, or it never saw this text."""
        ways = [step.after for step in steps(turn.body, self.newest, self.contents[:1], (delivery.now,))]
        self.newest = [*ways, *self.newest][:8]

    def _excused(self, begin: float, end: float, *, dies: bool = False, forgets: bool = False) -> bool:
        fit = (one for one in self.windows if (one.dies or not dies) and (one.forgets or not forgets))
        return any(one.meets(begin, end) for one in fit)

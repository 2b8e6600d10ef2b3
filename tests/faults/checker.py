"""All deliveries of a run judged and added up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import quantiles

from bot.counts.cell import Cell
from bot.counts.tally import Tally
from bot.referral.content import Content
from tests.faults.judge import Judge, Judged, Verdict, Window
from tests.faults.record import Delivery
from tests.faults.texts import talk

#: What no fault excuses.
RED = (Verdict.LOST, Verdict.LATE, Verdict.DOUBLED, Verdict.WRONG)


@dataclass(frozen=True, slots=True)
class Sums:
    """How many deliveries came to what, and how long the line took (ms) while no process dies or stands still."""

    texts: int
    verdicts: dict[Verdict, int]
    p50: float | None
    p99: float | None

    @property
    def red(self) -> int:
        """How many replies were lost, late, doubled or wrong."""
        return sum(self.verdicts.get(one, 0) for one in RED)


@dataclass
class Checker:
    """Knows the content of every release that is published, the fallback TwiML, and when which fault held."""

    contents: Sequence[Content]
    fallback: str
    patience: float = 10.0
    windows: list[Window] = field(default_factory=list)

    def judge(self, deliveries: Iterable[Delivery]) -> list[Judged]:
        """Return the verdict on each delivery, by the moment it began."""
        by_talk: dict[int, list[Delivery]] = defaultdict(list)
        for one in deliveries:
            by_talk[one.talk].append(one)
        found = []
        for number, sent in by_talk.items():
            judge = Judge(talk(number), self.contents, self.windows, self.fallback, self.patience)
            found += [judge.judge(one) for one in sorted(sent, key=lambda one: one.began)]
        return sorted(found, key=lambda one: one.delivery.began)

    def sums(self, judged: Sequence[Judged]) -> Sums:
        """Add up verdicts and times."""
        verdicts: dict[Verdict, int] = defaultdict(int)
        for one in judged:
            verdicts[one.verdict] += 1
        dying = [window for window in self.windows if window.dies or window.stands]
        took = [
            one.delivery.took * 1000
            for one in judged
            if not one.delivery.why and not any(w.meets(one.delivery.began, one.delivery.ended) for w in dying)
        ]
        cuts = quantiles(took, n=100) if len(took) > 1 else None
        return Sums(len(judged), dict(verdicts), *((round(cuts[49], 1), round(cuts[98], 1)) if cuts else (None, None)))


@dataclass(frozen=True, slots=True)
class Expected:
    """What the line should have counted, by cell, and how much of it nobody can be sure of.

    `unsure` texts may have been counted although nobody heard the reply; `again`: duplicates whose first delivery was
    forgotten with the memory that held it; `begun`: texts that may have begun a conversation anew for that reason.
    """

    cells: Mapping[Cell, int]
    unsure: int
    again: int
    begun: int

    @property
    def sure(self) -> bool:
        """Whether every figure must be just so."""
        return not (self.unsure or self.again or self.begun)


def expected(judged: Sequence[Judged]) -> Expected:
    """Return what the line should have counted."""
    tally = Tally()
    for one in judged:
        if one.step is not None:
            one.step.count_in(tally)
    cells: dict[Cell, int] = defaultdict(int)
    for gains in tally.take().gains.values():
        for cell, gain in gains.items():
            cells[cell] += gain
    again = sum(one.forgotten and one.verdict is Verdict.REPEATED for one in judged)
    forgotten = sum(one.forgotten for one in judged)
    return Expected(cells, sum(one.unsure for one in judged), again, forgotten - again)

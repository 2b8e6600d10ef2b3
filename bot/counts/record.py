"""What one conversation counts as. Kept with the conversation, in memory, and forgotten with it."""

from dataclasses import dataclass, replace
from typing import Any

from bot.counts.cell import CONVERSATIONS, UNKNOWN, Cell, Table
from bot.referral.answer import Answer
from bot.referral.turn import Outcome

#: What became of a need, best first: a conversation counts each need once, with the best that was found.
BEST_FIRST = (Outcome.CRISIS, Outcome.LOCAL, Outcome.NATIONAL, Outcome.ONLY_211, Outcome.NO_ENTRY)


@dataclass(frozen=True, slots=True)
class Seen:
    """As much of one answer as is counted."""

    outcome: Outcome
    area: str = ""
    language: str = ""
    topic: str = ""
    entries: tuple[str, ...] = ()
    erased: bool = False


def seen(answer: Answer) -> Seen:
    """Return what is counted of an answer: no word of the texter, nothing about them."""
    talk = answer.conversation
    topic = talk.topic if answer.outcome in BEST_FIRST else ""
    return Seen(answer.outcome, talk.area, talk.language, topic, answer.entries, erased=answer.meaning.label == "erase")


@dataclass(frozen=True, slots=True)
class Record:
    """What a conversation has been counted as so far.

    `week` "" means not at all. `needs` are (topic, best outcome). `silenced`: an opt-out was counted, and asking
    for it again is no news.
    """

    week: str = ""
    area: str = ""
    language: str = ""
    needs: tuple[tuple[str, str], ...] = ()
    entries: tuple[str, ...] = ()
    unclear: bool = False
    opted_out: bool = False
    silenced: bool = False

    def after(self, what: Seen, week: str) -> "Record":
        """Return what the conversation counts as once this answer is given as well; `week` is the current one."""
        if what.erased or (self.silenced and what.outcome is Outcome.OPT_OUT):
            return self
        needs = dict(self.needs)
        if what.topic:
            needs[what.topic] = _better(needs.get(what.topic), what.outcome)
        return replace(
            self,
            week=self.week or week,
            area=what.area or self.area or UNKNOWN,
            language=what.language or self.language or UNKNOWN,
            needs=tuple(needs.items()),
            entries=tuple(dict.fromkeys((*self.entries, *what.entries))),
            unclear=self.unclear or what.outcome is Outcome.UNCLEAR,
            opted_out=self.opted_out or what.outcome is Outcome.OPT_OUT,
            silenced=False,
        )

    def kept(self, what: Seen) -> "Record":
        """Return what is remembered on: after X or an opt-out nothing but that it is no news."""
        if what.erased:
            return Record()
        return Record(silenced=True) if what.outcome is Outcome.OPT_OUT else self

    def cells(self) -> frozenset[Cell]:
        """Return the cells this conversation adds 1 to. One area, one language, so that tables add up."""
        if not self.week:
            return frozenset()
        found = {CONVERSATIONS, Cell(Table.AREA, self.area), Cell(Table.LANGUAGE, self.language)}
        for topic, outcome in self.needs:
            found |= {
                Cell(Table.TOPIC, topic),
                Cell(Table.TOPIC_AREA, topic, self.area),
                Cell(Table.TOPIC_LANGUAGE, topic, self.language),
                Cell(Table.OUTCOME, outcome),
            }
        found |= {Cell(Table.ENTRY, entry) for entry in self.entries}
        flags = ((self.unclear, Outcome.UNCLEAR), (self.opted_out, Outcome.OPT_OUT))
        return frozenset(found | {Cell(Table.OUTCOME, outcome.value) for told, outcome in flags if told})

    def dump(self) -> list[Any]:
        """Return it as JSON can hold it, for a memory shared by several processes."""
        return [
            self.week,
            self.area,
            self.language,
            self.needs,
            self.entries,
            self.unclear,
            self.opted_out,
            self.silenced,
        ]

    @classmethod
    def load(cls, raw: list[Any]) -> "Record":
        """Read what `dump` wrote. Raises TypeError or ValueError for anything else."""
        week, area, language, needs, entries, *flags = raw
        pairs = tuple((str(topic), str(outcome)) for topic, outcome in needs)
        unclear, opted_out, silenced = (bool(flag) for flag in flags)
        return cls(str(week), str(area), str(language), pairs, tuple(map(str, entries)), unclear, opted_out, silenced)


def _better(known: str | None, found: Outcome) -> str:
    if known is None:
        return found.value
    return min(known, found.value, key=[outcome.value for outcome in BEST_FIRST].index)


#: A conversation that has not been counted.
UNCOUNTED = Record()

"""What one conversation counts as. Kept with the conversation, in memory, and forgotten with it."""

from dataclasses import dataclass
from typing import Any

from bot.counts.cell import CONVERSATIONS, UNKNOWN, Cell, Table
from bot.referral.answer import Answer
from bot.referral.turn import Outcome

#: What became of a need, best first: a conversation counts each need once, with the best that was found.
BEST_FIRST = (Outcome.CRISIS, Outcome.LOCAL, Outcome.NATIONAL, Outcome.ONLY_211, Outcome.NO_ENTRY)

# Every text makes a dozen cells: a NamedTuple's own way costs three times as much, and a cache would remember what
# was asked for longer than the tally does.
_cell = tuple.__new__
_AREA, _LANGUAGE, _TOPIC, _OUTCOME, _ENTRY = Table.AREA, Table.LANGUAGE, Table.TOPIC, Table.OUTCOME, Table.ENTRY
_TOPIC_AREA, _TOPIC_LANGUAGE, _COMPLAINT = Table.TOPIC_AREA, Table.TOPIC_LANGUAGE, Table.COMPLAINT
_UNCLEAR, _OPT_OUT = Cell(Table.OUTCOME, Outcome.UNCLEAR.value), Cell(Table.OUTCOME, Outcome.OPT_OUT.value)


@dataclass(frozen=True, slots=True)
class Seen:
    """As much of one answer as is counted."""

    outcome: Outcome
    area: str = ""
    language: str = ""
    topic: str = ""
    entries: tuple[str, ...] = ()
    erased: bool = False
    complained: str = ""


def seen(answer: Answer) -> Seen:
    """Return what is counted of an answer: no word of the texter, nothing about them."""
    talk = answer.conversation
    topic = talk.topic if answer.outcome in BEST_FIRST else ""
    return Seen(
        answer.outcome,
        talk.area,
        talk.language,
        topic,
        answer.entries,
        erased=answer.meaning.label == "erase",
        complained=answer.complained,
    )


@dataclass(frozen=True, slots=True)
class Record:
    """What a conversation has been counted as so far.

    `week` "" means not at all. `needs` are (topic, best outcome). `silenced`: an opt-out was counted, and asking
    for it again is no news. `complaints`: the entries it said did not work, each once.
    """

    week: str = ""
    area: str = ""
    language: str = ""
    needs: tuple[tuple[str, str], ...] = ()
    entries: tuple[str, ...] = ()
    unclear: bool = False
    opted_out: bool = False
    silenced: bool = False
    complaints: tuple[str, ...] = ()

    def after(self, what: Seen, week: str) -> "Record":
        """Return what the conversation counts as once this answer is given as well; `week` is the current one."""
        if what.erased or (self.silenced and what.outcome is Outcome.OPT_OUT):
            return self
        return Record(
            self.week or week,
            what.area or self.area or UNKNOWN,
            what.language or self.language or UNKNOWN,
            self._needs_after(what),
            self.entries if set(self.entries).issuperset(what.entries) else _both(self.entries, what.entries),
            self.unclear or what.outcome is Outcome.UNCLEAR,
            self.opted_out or what.outcome is Outcome.OPT_OUT,
            complaints=_both(self.complaints, (what.complained,)) if what.complained else self.complaints,
        )

    def _needs_after(self, what: Seen) -> tuple[tuple[str, str], ...]:
        if not what.topic:
            return self.needs
        needs = dict(self.needs)
        needs[what.topic] = _better(needs.get(what.topic), what.outcome)
        return tuple(needs.items())

    def kept(self, what: Seen) -> "Record":
        """Return what is remembered on: after X or an opt-out nothing but that it is no news."""
        if what.erased:
            return Record()
        return Record(silenced=True) if what.outcome is Outcome.OPT_OUT else self

    def cells(self) -> frozenset[Cell]:
        """Return the cells this conversation adds 1 to. One area, one language, so that tables add up."""
        if not self.week:
            return frozenset()
        area, language = self.area, self.language
        found = [CONVERSATIONS, _cell(Cell, (_AREA, area, "")), _cell(Cell, (_LANGUAGE, language, ""))]
        for topic, outcome in self.needs:
            found.append(_cell(Cell, (_TOPIC, topic, "")))
            found.append(_cell(Cell, (_TOPIC_AREA, topic, area)))
            found.append(_cell(Cell, (_TOPIC_LANGUAGE, topic, language)))
            found.append(_cell(Cell, (_OUTCOME, outcome, "")))
        for entry in self.entries:
            found.append(_cell(Cell, (_ENTRY, entry, "")))
        for entry in self.complaints:
            found.append(_cell(Cell, (_COMPLAINT, entry, "")))
        if self.unclear:
            found.append(_UNCLEAR)
        if self.opted_out:
            found.append(_OPT_OUT)
        return frozenset(found)

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
            self.complaints,
        ]

    @classmethod
    def load(cls, raw: list[Any]) -> "Record":
        """Read what `dump` wrote. Raises TypeError or ValueError for anything else."""
        week, area, language, needs, entries, *flags, complaints = raw
        pairs = tuple((str(topic), str(outcome)) for topic, outcome in needs)
        unclear, opted_out, silenced = (bool(flag) for flag in flags)
        return cls(
            str(week),
            str(area),
            str(language),
            pairs,
            tuple(map(str, entries)),
            unclear,
            opted_out,
            silenced,
            tuple(map(str, complaints)),
        )


def _both(known: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *new)))


def _better(known: str | None, found: Outcome) -> str:
    if known is None:
        return found.value
    return min(known, found.value, key=[outcome.value for outcome in BEST_FIRST].index)


#: A conversation that has not been counted.
UNCOUNTED = Record()

"""Which times belong to which days in hours that people wrote, and whether they contradict each other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product

from bot.referral.notation import DAY, HOLIDAYS, WEEKDAYS, Span
from bot.referral.plain_clock import shifts
from bot.referral.plain_words import Kind, PlainHoursError, Token

_ROUND: tuple[Span, ...] = ((0, DAY),)
_MOST_SHIFTS = 6
_NAMED = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "holidays")
_NAMES = dict(zip((*WEEKDAYS, HOLIDAYS), _NAMED, strict=True))
_HALF = "it has two meanings or none that is likely: add am or pm to both times"
_LONG = 'it would end late on the next day: look at am and pm again, or add "next day"'
_EXAMPLE_HALF = "Mon-Fri 9am-5pm"
_WEIGHT = (None, Kind.COMMA, Kind.AND, Kind.STOP)


@dataclass(frozen=True, slots=True)
class Item:
    """Days, one shift, or a word between them; `before` is the strongest mark in front of it.

    `spans` are all shifts that may be meant, `clear` when each time says its half of the day; `single` are the
    days called by their own names.
    """

    kind: Kind
    at: int
    end: int
    before: Kind | None = None
    days: tuple[str, ...] = ()
    single: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()
    clear: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """The shifts of some days, none when closed; `more` when it was joined with "and"."""

    days: tuple[str, ...]
    single: frozenset[str]
    spans: tuple[Span, ...]
    at: int
    end: int
    more: bool = False


def items(text: str, tokens: list[Token]) -> Iterator[Item]:
    """Put days and times together into ranges and shifts; raise `PlainHoursError` at a piece that stands alone."""
    place, before = 0, None
    while place < len(tokens):
        token = tokens[place]
        if token.kind in _WEIGHT:
            before = max(before, token.kind, key=_WEIGHT.index)
            place += 1
            if place == len(tokens) and token.kind is Kind.AND:
                raise PlainHoursError(text[token.at : token.end], "nothing follows it")
            continue
        if token.kind is Kind.EXCEPT and tokens[place + 1 : place + 2] and tokens[place + 1].kind is Kind.CLOSED:
            place += 1  # "but closed Wed"
            continue
        item, used = _item(text, tokens[place : place + 5])
        yield replace(item, before=before)
        place, before = place + used, None


def _item(text: str, ahead: list[Token]) -> tuple[Item, int]:
    first, kinds = ahead[0], [token.kind for token in ahead]
    if kinds[0] is Kind.DAY:
        return _days(text, ahead) if kinds[1:2] == [Kind.TO] else (_item_of(first), 1)
    if kinds[0] is Kind.BETWEEN and kinds[1:4] in ([Kind.TIME, Kind.AND, Kind.TIME], [Kind.TIME, Kind.TO, Kind.TIME]):
        item, used = _shift(text, ahead[1:])
        return item, used + 1
    if kinds[:3] == [Kind.TIME, Kind.TO, Kind.TIME]:
        return _shift(text, ahead)
    if kinds[0] is Kind.TIME:
        wrong = ahead[2] if kinds[1:2] == [Kind.TO] and len(ahead) > 2 else first
        raise PlainHoursError(text[wrong.at : wrong.end], "a shift needs its opening and its closing time")
    if kinds[0] in (Kind.TO, Kind.BETWEEN, Kind.NEXT_DAY):
        raise PlainHoursError(text[first.at : first.end], "it does not stand between two days or two times")
    return _item_of(first), 1


def _item_of(token: Token) -> Item:
    spans = _ROUND if token.kind in (Kind.ALL_DAY, Kind.ALWAYS) else ()
    kind = Kind.SPAN if token.kind is Kind.ALL_DAY else token.kind
    single = frozenset(token.days if token.single else ())
    return Item(kind, token.at, token.end, days=token.days, single=single, spans=spans)


def _days(text: str, ahead: list[Token]) -> tuple[Item, int]:
    first, last = ahead[0], ahead[min(2, len(ahead) - 1)]
    ends = (*first.days, *last.days)
    if not (first.single and last.single and len(set(ends)) == 2 and HOLIDAYS not in ends):
        raise PlainHoursError(text[first.at : last.end], "a range goes from one weekday to another", "Mon-Fri 9am-5pm")
    begin, stop = map(WEEKDAYS.index, ends)
    days = (WEEKDAYS * 2)[begin : begin + (stop - begin) % 7 + 1]
    return Item(Kind.DAY, first.at, last.end, days=days, single=frozenset(ends)), 3


def _shift(text: str, ahead: list[Token]) -> tuple[Item, int]:
    start, last = ahead[0], ahead[2]
    if start.clock is None or last.clock is None:
        raise PlainHoursError(text[start.at : last.end], _HALF)
    next_day = len(ahead) > 3 and ahead[3].kind is Kind.NEXT_DAY
    spans = shifts(start.clock, last.clock, next_day=next_day)
    if not spans:
        said = bool(start.clock.half and last.clock.half)
        why, example = (_LONG, "Mon-Fri 8am-8am next day") if said else (_HALF, _EXAMPLE_HALF)
        raise PlainHoursError(text[start.at : last.end], why, example)
    clear = {start.clock.half, last.clock.half} <= {"am", "pm"}
    end = ahead[3].end if next_day else last.end
    return Item(Kind.SPAN, start.at, end, spans=spans, clear=clear), 4 if next_day else 3


def solved(text: str, shifts: list[Item]) -> tuple[Span, ...]:
    """Return the shifts of a day, in order: the one choice in which each begins after the one before has ended.

    Raises `PlainHoursError` when there are several such choices, or none.
    """
    if all(item.clear for item in shifts):
        shifts = sorted(shifts, key=lambda item: item.spans[0])
    elif len(shifts) > _MOST_SHIFTS:
        raise PlainHoursError(text[shifts[0].at : shifts[-1].end], "these are too many shifts for one day")
    chosen: list[tuple[Span, ...]] = [()]
    for item in shifts:
        pairs = product(chosen, item.spans)
        chosen = [(*before, span) for before, span in pairs if not before or before[-1][1] <= span[0]]
        if not chosen:
            why = "it begins before the shift in front of it has ended"
            raise PlainHoursError(text[item.at : item.end], why, "Mon-Fri 9am-12pm and 1pm-5pm")
    if len(chosen) > 1:
        unclear = next(item for item in shifts if len(item.spans) > 1)
        raise PlainHoursError(text[unclear.at : unclear.end], _HALF, _EXAMPLE_HALF)
    return chosen[0]


def table(text: str, rules: list[Rule]) -> dict[str, tuple[Span, ...]]:
    """Put rules together into the shifts of each day that is mentioned; raise at a day that is said twice."""
    days: dict[str, tuple[Span, ...]] = {}
    for rule in rules:
        for day in rule.days if rule.spans else ():
            both = tuple(sorted({*days.get(day, ()), *rule.spans}))
            apart = all(one[1] <= other[0] for one, other in pairwise(both))
            if day in days and days[day] != rule.spans and not (rule.more and apart):
                raise PlainHoursError(text[rule.at : rule.end], f"other hours are given for {_NAMES[day]} as well")
            days[day] = both
    for rule in rules:
        for day in () if rule.spans else rule.days:
            if any(_contradicts(other, rule, day) for other in rules):
                raise PlainHoursError(text[rule.at : rule.end], f"hours are given for {_NAMES[day]} as well")
            days[day] = ()
    return days


def _contradicts(opens: Rule, closed: Rule, day: str) -> bool:
    """Tell whether both speak of a day, and closing it is no plain exception from a longer row of days."""
    if not opens.spans or day not in opens.days:
        return False
    return day in opens.single or len(closed.days) >= len(opens.days)

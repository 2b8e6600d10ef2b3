"""The order in which people write days and their hours: "Mon-Fri 9-5", "9-5 Mon-Fri", "closed Sun"."""

from bot.referral.notation import DAY, HOLIDAYS, WEEKDAYS
from bot.referral.plain_rules import Item, Rule, solved
from bot.referral.plain_words import Kind, PlainHoursError

_ALL = (*WEEKDAYS, HOLIDAYS)


class Grammar:
    """A finger on the items of a text that turns them into rules."""

    def __init__(self, text: str, items: list[Item]) -> None:
        self._text, self._items, self._at, self._begin = text, items, 0, 0

    def rules(self) -> list[Rule]:
        """Return every rule in the order in which it was written; raise `PlainHoursError` at what belongs to none."""
        rules: list[Rule] = []
        while self._at < len(self._items):
            first, self._begin = self._items[self._at], self._at
            if first.kind is Kind.CLOSED:
                rules += self._closed()
            elif first.kind is Kind.EXCEPT:
                raise self._error(first, first, "it does not follow hours", "Mon-Fri 9am-5pm except Wed")
            else:
                rules += self._opens(first)
        return rules

    def _opens(self, first: Item) -> list[Rule]:
        hours_first = first.kind is not Kind.DAY
        shifts = self._hours() if hours_first else []
        days = self._take(Kind.DAY) if first.kind is not Kind.ALWAYS else []
        missing, closed = self._exceptions()
        if not hours_first and self._is_next(Kind.CLOSED):
            self._at += 1
            return [*closed, self._rule(days, [], missing)]
        if not hours_first:
            shifts = self._hours()
            after, more_closed = self._exceptions(last=True) if not missing else (missing, [])
            missing, closed = missing | after, closed + more_closed
        if not shifts:
            raise self._error(first, days[-1], "no hours are given for it", "Mon-Fri 9am-5pm")
        if not days:
            return [self._whole_week(shifts, missing), *closed]
        return [self._rule([*days, *self._holidays()], shifts, missing), *closed]

    def _hours(self) -> list[Item]:
        if self._is_next(Kind.ALWAYS):
            self._at += 1
            return [self._items[self._at - 1]]
        return self._take(Kind.SPAN)

    def _whole_week(self, shifts: list[Item], missing: frozenset[str]) -> Rule:
        """Return the rule of hours without days: only day and night needs none."""
        if shifts[0].spans != ((0, DAY),) or len(shifts) > 1:
            why = "it is not said on which days"
            raise self._error(shifts[0], shifts[-1], why, "Mon-Fri 9am-5pm")
        self._holidays()
        days = tuple(day for day in _ALL if day not in missing)
        return Rule(days, frozenset(), ((0, DAY),), shifts[0].at, shifts[-1].end)

    def _closed(self) -> list[Rule]:
        first = self._items[self._at]
        self._at += 1
        days = self._take(Kind.DAY)
        if not days:
            if self._at == 1 and (len(self._items) == 1 or self._items[1].before is Kind.STOP):
                return [Rule(WEEKDAYS, frozenset(), (), first.at, first.end)]
            last = self._items[min(self._at, len(self._items) - 1)]
            why = "only whole days can be closed; for a break write two shifts"
            raise self._error(first, last, why, "Mon-Fri 9am-12pm and 1pm-5pm, closed Sun")
        if len(days) == 1 or not self._is_next(Kind.SPAN):
            return [self._rule(days, [], frozenset())]
        last = days[-1]
        if last.before is Kind.AND or len(last.days) == 1:
            why = "it is not clear which of the days before it are closed: put a semicolon in front of the others"
            raise self._error(self._items[self._at], self._items[self._at], why, "closed Sun; Mon, Wed 9am-5pm")
        return [self._rule(days[:-1], [], frozenset()), self._rule([last], self._hours(), frozenset())]

    def _exceptions(self, *, last: bool = False) -> tuple[frozenset[str], list[Rule]]:
        """Read "except Wed and holidays": the days left out, and the rule that holidays are closed."""
        if not self._is_next(Kind.EXCEPT):
            return frozenset(), []
        word = self._items[self._at]
        self._at += 1
        days = self._take(Kind.DAY)
        after = self._items[self._at] if self._at < len(self._items) else word
        if not days:
            raise self._error(word, after, "only whole days can be left out", "Mon-Fri 9am-5pm except Wed")
        if last and self._is_next(Kind.SPAN):
            why = "it is not clear whether these hours are kept or left out: say that day on its own"
            raise self._error(after, after, why, "Mon-Tue, Thu-Fri 9am-5pm; Wed 10am-2pm")
        holidays = [item for item in days if HOLIDAYS in item.days]
        closed = [self._rule(holidays, [], frozenset())] if holidays else []
        return frozenset(day for item in days for day in item.days), closed

    def _holidays(self) -> list[Item]:
        """Take "including holidays" behind hours, unless holidays have hours of their own."""
        if not self._is_next(Kind.DAY):
            return []
        item, after = self._items[self._at], self._items[self._at + 1 : self._at + 2]
        if after and item.days == (HOLIDAYS,) and item.before is Kind.AND and after[0].before is Kind.COMMA:
            if after[0].kind is Kind.DAY:
                why = "it is not clear whether they belong to the days before or after"
                raise self._error(item, item, why, "Mon-Fri, holidays 9am-5pm; Sat 10am-2pm")
        own = after and after[0].kind in (Kind.SPAN, Kind.CLOSED, Kind.ALWAYS, Kind.DAY)
        if item.days != (HOLIDAYS,) or item.before is not Kind.AND or (own and after[0].before is not Kind.STOP):
            return []
        self._at += 1
        return [item]

    def _take(self, kind: Kind) -> list[Item]:
        begin = self._at
        while self._is_next(kind):
            self._at += 1
        return self._items[begin : self._at]

    def _is_next(self, kind: Kind) -> bool:
        if self._at >= len(self._items):
            return False
        item = self._items[self._at]
        return item.kind is kind and (item.before is not Kind.STOP or self._at == self._begin)

    def _rule(self, days: list[Item], shifts: list[Item], missing: frozenset[str]) -> Rule:
        both = sorted([*days, *shifts], key=lambda item: item.at)
        kept = tuple(dict.fromkeys(day for item in days for day in item.days if day not in missing or not shifts))
        single = frozenset(day for item in days for day in item.single)
        spans = solved(self._text, shifts)
        return Rule(kept, single, spans, both[0].at, both[-1].end, more=both[0].before is Kind.AND)

    def _error(self, first: Item, last: Item, why: str, example: str) -> PlainHoursError:
        return PlainHoursError(self._text[first.at : last.end], why, example)

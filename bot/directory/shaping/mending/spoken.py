"""Opening hours told in words: read when every word is understood and nothing contradicts, else not at all."""

from collections.abc import Sequence
from functools import lru_cache

from bot.directory.shaping.mending.clock import Time
from bot.directory.shaping.mending.lexer import WEEK, Token, Word, cut
from bot.directory.shaping.mending.shift import Group, NotUnderstood, Shift, place_in_week, shifts


@lru_cache(maxsize=4096)  # thousands of offices keep the same hours
def hours_in(text: str) -> tuple[Shift, ...]:
    """Return the shifts a text tells, () when it is not wholly understood."""
    tokens = cut(text)
    if not tokens:
        return ()
    try:
        return shifts(_Reader(tokens).groups())
    except NotUnderstood:
        return ()


@lru_cache(maxsize=4096)
def days_in(text: str) -> tuple[str, ...]:
    """Return the days a text names, as the standard writes them; () when it is not wholly understood."""
    tokens = cut(text)
    if not tokens:
        return ()
    reader = _Reader(tokens)
    try:
        days = reader.days()
        return tuple(sorted(days, key=place_in_week)) if reader.is_done() else ()
    except NotUnderstood:
        return ()


class _Reader:
    """Reads tokens from left to right: groups of days and hours, always in the same order."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def groups(self) -> list[Group]:
        """Return all groups, the closed days left out."""
        if [token.word for token in self._tokens] == [Word.ALWAYS]:
            return [Group(WEEK, (None,))]
        days_first = self._begins_with_days()
        found = []
        while not self.is_done():
            found.append(self._group(days_first=days_first))
            while self._takes(Word.BREAK, Word.AND):
                pass
        return found

    def _begins_with_days(self) -> bool:
        """Tell whether the first group that is not just closed names its days first."""
        first = next((t for t in self._tokens if t.word in (Word.TIME, Word.ALL_DAY)), None)
        days = [place for place, token in enumerate(self._tokens) if token.word in (Word.DAY, Word.DAYS, Word.NTH)]
        shut = [place for place, token in enumerate(self._tokens) if token.word is Word.CLOSED]
        return first is None or any(place < self._tokens.index(first) and place - 1 not in shut for place in days)

    def is_done(self) -> bool:
        """Tell whether all was read."""
        return self._at == len(self._tokens)

    def days(self) -> tuple[str, ...]:
        """Return the days of a list such as "Mon, Wed-Fri" or "1st and 3rd Saturday of each month"."""
        days: list[str] = []
        while True:
            days += self._some_days()
            after = self._tokens[self._at + 1].word if self._at + 1 < len(self._tokens) else None
            if not (self._sees(Word.AND) and after in (Word.DAY, Word.DAYS, Word.NTH)):
                break
            self._at += 1
        if len(set(days)) != len(days) or len({len(day) > 2 for day in days}) > 1:
            raise NotUnderstood
        return tuple(days)

    def _group(self, *, days_first: bool) -> Group:
        if self._takes(Word.CLOSED):
            self.days()
            return Group((), ())
        if self._sees(Word.DAY, Word.DAYS, Word.NTH) != days_first:
            raise NotUnderstood
        if not days_first:
            spans = self._spans()
            self._takes(Word.AND, Word.COLON, Word.BREAK)
            return Group(self.days(), spans)
        days = self.days()
        self._takes(Word.COLON, Word.AND, Word.TO)
        if self._takes(Word.CLOSED):
            return Group((), ())
        return Group(days, self._spans())

    def _some_days(self) -> list[str]:
        nths = []
        while self._sees(Word.NTH):
            nths.append(self._next().nth)
            if self._sees(Word.AND) and self._at + 1 < len(self._tokens):
                self._at += self._tokens[self._at + 1].word is Word.NTH
        first = self._next()
        if first.word is Word.DAYS and not nths:
            return [WEEK[day] for day in first.days]
        if first.word is not Word.DAY:
            raise NotUnderstood
        if nths:
            self._takes(Word.OF_MONTH)
            return [f"{nth}{WEEK[first.days[0]]}" for nth in nths]
        if not self._takes(Word.TO):
            return [WEEK[first.days[0]]]
        last = self._next()
        if last.word is not Word.DAY:
            raise NotUnderstood
        count = (last.days[0] - first.days[0]) % 7 + 1
        return [WEEK[(first.days[0] + step) % 7] for step in range(count)]

    def _spans(self) -> tuple[tuple[Time, Time] | None, ...]:
        spans = [self._span()]
        while self._sees(Word.AND) and self._at + 1 < len(self._tokens):
            if self._tokens[self._at + 1].word is not Word.TIME:
                break
            self._at += 1
            spans.append(self._span())
        return tuple(spans)

    def _span(self) -> tuple[Time, Time] | None:
        if self._takes(Word.ALL_DAY):
            return None
        opens = self._next().time
        if not self._takes(Word.TO):
            raise NotUnderstood
        closes = self._next().time
        if opens is None or closes is None:
            raise NotUnderstood
        return opens, closes

    def _next(self) -> Token:
        if self.is_done():
            raise NotUnderstood
        self._at += 1
        return self._tokens[self._at - 1]

    def _sees(self, *words: Word) -> bool:
        return not self.is_done() and self._tokens[self._at].word in words

    def _takes(self, *words: Word) -> bool:
        seen = self._sees(*words)
        self._at += seen
        return seen

"""Opening hours in plain words, for staff: read into our notation, written back, and said day by day."""

import unicodedata
from collections.abc import Iterable, Sequence

from bot.referral.hours import Schedule, parse
from bot.referral.notation import DAY, HOLIDAYS, WEEKDAYS, HoursError, Span, written_days
from bot.referral.plain_clock import clock, shifts
from bot.referral.plain_grammar import Grammar
from bot.referral.plain_rules import items, table
from bot.referral.plain_words import PlainHoursError, tokens

__all__ = ["MOST_CHARACTERS", "PlainHoursError", "meaning", "read", "written"]

#: Of words; the notation itself may be longer, for a week in which each day has many shifts.
MOST_CHARACTERS, _MOST_OF_NOTATION = 200, 2000
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNSAID = "not said: texters are told to call first"


def read(text: str) -> str:
    """Return hours written in English, Spanish or our notation in our notation, "" for none.

    Raises `PlainHoursError` naming the piece that is unclear, or that our notation has no words for: a wrong
    hour sends somebody to a dark door, so nothing is guessed that has two likely meanings.
    """
    text = unicodedata.normalize("NFC", text).strip(" ")
    if any(unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" for letter in text):
        raise PlainHoursError("a hidden character", "hours are one line of letters and figures")
    if not text:
        return ""
    if (schedule := _in_notation(text)) is not None:
        return str(schedule)
    if len(text) > MOST_CHARACTERS:
        why = f"it is longer than {MOST_CHARACTERS} characters: name days that share their hours together"
        raise PlainHoursError(f"{text[:20]}...", why)
    days = table(text, Grammar(text, list(items(text, tokens(text)))).rules())
    if not any(days.get(day) for day in WEEKDAYS) and not all(day in days for day in WEEKDAYS):
        raise PlainHoursError(text, "it is not said when the service is open", "Mon-Fri 9am-5pm, closed holidays")
    return str(Schedule(tuple(days.get(day, ()) for day in WEEKDAYS), days.get(HOLIDAYS)))


def _in_notation(text: str) -> Schedule | None:
    """Return hours in our notation; None for words, and for what a person would hardly mean by it.

    A row of times without days is every day in the notation, and "Su off" never open: people mean less.
    """
    rules = [rule.strip() for rule in text.split(";")]
    if len(text) > _MOST_OF_NOTATION or any(rule[:1].isdigit() and rule != "24/7" for rule in rules):
        return None
    try:
        schedule = parse(text)
    except HoursError:
        return None
    return schedule if any(schedule.week) or rules[0] in ("off", "closed") else None


_ENGLISH = ("closed", "every day", "holidays", "24 hours", "noon", "midnight", "next day")
_SPANISH = ("cerrado", "todos los días", "feriados", "24 horas", "mediodía", "medianoche", "del día siguiente")
_SHORT = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
}


def written(schedule_text: str, language: str = "en") -> str:
    """Return hours of our notation as a coordinator would write them, such as `read` reads back unchanged.

    The notation itself where words would be too long to be read, "" for "". Raises `HoursError` for a text
    that is not in our notation.
    """
    if not schedule_text:
        return ""
    schedule = parse(schedule_text)
    if schedule.always:
        return "24/7"
    words = _SPANISH if language == "es" else _ENGLISH
    names = _SHORT["es" if language == "es" else "en"]
    rules = [
        f"{_days(week, names, words)} {_shifts(spans, words)}"
        for spans in dict.fromkeys(filter(None, schedule.week))
        if (week := [day for day, other in enumerate(schedule.week) if other == spans])
    ]
    rules = rules or [words[0]]
    if schedule.holidays is not None:
        rules.append(f"{words[2]} {_shifts(schedule.holidays, words)}")
    plain = "; ".join(rules)
    return plain if len(plain) <= MOST_CHARACTERS else str(schedule)


def _days(days: list[int], names: Sequence[str], words: Sequence[str]) -> str:
    if len(days) == len(WEEKDAYS):
        return words[1]
    # Alone, "mar" may be March: in full it is Tuesday.
    return "martes" if [names[day] for day in days] == ["mar"] else written_days(days, names).replace(",", ", ")


def _shifts(spans: Iterable[Span], words: Sequence[str]) -> str:
    return " & ".join(_shift(span, words) for span in spans) or words[0]


def _shift(span: Span, words: Sequence[str]) -> str:
    if span == (0, DAY):
        return words[3]
    start, end = (_short(minute, words) for minute in span)
    one, other = (clock(_short(minute, _ENGLISH)) for minute in span)
    plain = one is not None and other is not None and shifts(one, other) == (span,)
    return f"{start}-{end}" if plain else f"{start}-{end} {words[6]}"


def _short(minute: int, words: Sequence[str]) -> str:
    hour, rest = divmod(minute % DAY, 60)
    if not rest and hour in (0, 12):
        return words[4] if hour else words[5]
    return f"{hour % 12 or 12}{f':{rest:02}' if rest else ''}{'am' if hour < 12 else 'pm'}"


def meaning(schedule_text: str) -> list[tuple[str, str]]:
    """Return what hours of our notation mean, a line for each day from Monday and one for holidays.

    None for "", hours that are not known. Raises `HoursError` for a text that is not in our notation.
    """
    if not schedule_text:
        return []
    schedule = parse(schedule_text)
    lines = [
        (name, _meant(spans, _DAY_NAMES[(place + 1) % 7]))
        for place, (name, spans) in enumerate(zip(_DAY_NAMES, schedule.week, strict=True))
    ]
    holidays = _UNSAID if schedule.holidays is None else _meant(schedule.holidays, "the next day")
    return [*lines, ("Holidays", holidays)]


def _meant(spans: Iterable[Span], tomorrow: str) -> str:
    return " and ".join(_said(span, tomorrow) for span in spans) or "closed"


def _said(span: Span, tomorrow: str) -> str:
    if span == (0, DAY):
        return "open all day"
    start, end = map(_long, span)
    return f"{start}, ends {end} {tomorrow}" if span[1] > DAY else f"{start} to {end}"


def _long(minute: int) -> str:
    hour, rest = divmod(minute % DAY, 60)
    if not rest and hour in (0, 12):
        return "noon" if hour else "midnight"
    return f"{hour % 12 or 12}:{rest:02} {'am' if hour < 12 else 'pm'}"

"""The numbers of an entry as fields of a form, and back. A changed number is a new one: nobody has tried it yet."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.console.editing.typed import Typed
from bot.console.wording import say
from bot.directory.drawing.dialling import numbers_in
from bot.referral import plain_hours
from bot.referral.check import PROVEN, How
from bot.referral.content import Content
from bot.referral.entry import Way
from bot.referral.hours import HoursError, parse
from bot.referral.lint_entries import is_zone

Table = Mapping[str, Any]
PREFIX = "phone"
#: What a number says of itself, in every language.
_TEXTS = {"purpose": 80, "keyword": 20}
#: How a new number may have been tried: only ways that prove it.
TRIED = tuple(how for how in How if how in PROVEN)
#: How many numbers an entry may have.
MOST = 20


def numbers_shown(typed: Typed, phones: Sequence[Table], languages: Sequence[str]) -> None:
    """Put numbers into the rows of a form."""
    for place, phone in enumerate(phones):
        row = f"{PREFIX}.{place}"
        typed[f"{row}.of"] = str(place)
        typed[f"{row}.number"] = printed(str(phone.get("number", "")))
        typed[f"{row}.hours"] = hours_shown(str(phone.get("hours", "")))
        typed[f"{row}.timezone"] = str(phone.get("timezone", ""))
        typed[f"{row}.languages"] = " ".join(phone.get("languages", ()))
        for way in phone.get("ways", ()):
            typed[f"{row}.way.{way}"] = "yes"
        typed[f"{row}.publish"] = "yes" if phone.get("publish") else ""
        for name in _TEXTS:
            for language in languages:
                typed[f"{row}.{name}.{language}"] = str(phone.get(name, {}).get(language, ""))


def numbers_from(
    typed: Typed, before: Sequence[Table], content: Content, *, today: date, by: str
) -> list[dict[str, Any]]:
    """Return the numbers that a form says; a row in which nothing stands is left out."""
    found = [
        _number_from(typed, row, _base(typed, row, before), content, today=today, by=by)
        for row in typed.rows(PREFIX)
        if _says_something(typed, row, content.line.languages)
    ]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for row, phone in zip(typed.rows(PREFIX), found, strict=False):
        key = phone["number"], tuple(phone["ways"])
        if key in seen:
            typed.wrong(f"{row}.number", say("That number is here twice."))
        seen.add(key)
    return found


def new_number(typed: Typed) -> str:
    """Add a row for a number more, unless there are too many; give the name of its first field, "" for none."""
    if len(typed.rows(PREFIX)) >= MOST:
        return ""
    name = f"{typed.next_row(PREFIX)}.number"
    typed[name] = ""
    return name


def printed(number: str) -> str:
    """Return a number as people read it: 800-799-7233."""
    bare = number.removeprefix("+1")
    return f"{bare[:3]}-{bare[3:6]}-{bare[6:]}" if len(bare) == 10 and bare != number else number


def hours_shown(text: str) -> str:
    """Return opening hours in plain words; as they stand where they cannot be read."""
    try:
        return plain_hours.written(text) if text else ""
    except HoursError:
        return text


def meanings(typed: Typed) -> dict[str, list[tuple[str, str]]]:
    """Return, for each row with hours that can be read, what they mean day by day."""
    found = {}
    for row in typed.rows(PREFIX):
        try:
            if text := plain_hours.read(typed[f"{row}.hours"]):
                found[row] = plain_hours.meaning(text)
        except plain_hours.PlainHoursError:
            continue
    return found


def _base(typed: Typed, row: str, before: Sequence[Table]) -> Table:
    place = typed[f"{row}.of"]
    return before[int(place)] if re.fullmatch(r"[0-9]{1,3}", place) and int(place) < len(before) else {}


def _says_something(typed: Typed, row: str, languages: Iterable[str]) -> bool:
    names = ["number", "hours", *(f"{name}.{language}" for name in _TEXTS for language in languages)]
    return bool(typed[f"{row}.of"]) or any(typed[f"{row}.{name}"].strip() for name in names)


def _number_from(typed: Typed, row: str, base: Table, content: Content, *, today: date, by: str) -> dict[str, Any]:
    number = _dialled(typed, f"{row}.number")
    # What was found out about another number says nothing about this one.
    same = number == base.get("number")
    made = dict(base) if same else {k: v for k, v in base.items() if k not in ("checks", "evidence", "source")}
    made["number"] = number
    made["ways"] = [way.value for way in Way if typed.ticked(f"{row}.way.{way}")]
    if not made["ways"]:
        typed.wrong(f"{row}.way.call", say("Say how it is reached: call, text ..."))
    _put(made, "hours", _same_hours(str(base.get("hours", "")), _hours(typed, f"{row}.hours")))
    _put(made, "timezone", _zone(typed, f"{row}.timezone"))
    _put(made, "languages", _languages(typed, f"{row}.languages"))
    for name, most in _TEXTS.items():
        texts = {
            lang: text for lang in content.line.languages if (text := typed.line(f"{row}.{name}.{lang}", most=most))
        }
        _put(made, name, texts)
    made["publish"] = typed.ticked(f"{row}.publish")
    how = typed[f"{row}.tried"]
    if how:
        typed.one_of(f"{row}.tried", TRIED)
        made["checks"] = [*made.get("checks", ()), {"on": today.isoformat(), "how": how, "by": by}]
    return made


def _dialled(typed: Typed, name: str) -> str:
    text = typed.line(name, most=40, needed=True)
    numbers, _ = numbers_in(text) if text else ((), "")
    if text and (len(numbers) != 1 or numbers[0].extension):
        typed.wrong(name, say("That is no number one can dial: ten digits like 213-555-0142, or a short code."))
        return text
    return numbers[0].number if numbers else ""


def _hours(typed: Typed, name: str) -> str:
    try:
        return plain_hours.read(typed.line(name))
    except plain_hours.PlainHoursError as error:
        typed.wrong(name, str(error))
        return ""


def _same_hours(before: str, now: str) -> str:
    """Return hours as they were written where they mean the same: nothing seems changed then."""
    try:
        return before if before and now and parse(before) == parse(now) else now
    except HoursError:
        return now


def _zone(typed: Typed, name: str) -> str:
    zone = typed.line(name, most=60)
    if zone and not is_zone(zone):
        typed.wrong(name, say("There is no time zone of that name. Leave it empty for that of the area."))
    return zone


def _languages(typed: Typed, name: str) -> list[str]:
    found = list(dict.fromkeys(re.split(r"[,\s]+", typed.line(name).lower())))
    if any(not re.fullmatch(r"[a-z]{2,3}|\*|", one) for one in found):
        typed.wrong(name, say("Write codes: en es, and * where there are interpreters for any language."))
    return [one for one in found if one]


def _put(table: dict[str, Any], key: str, value: Any) -> None:
    if value:
        table[key] = value
    elif key in table:
        del table[key]

"""An entry as fields of a form, and back: what the form does not show stays as it was."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.console.editing.number_form import numbers_from, numbers_shown
from bot.console.editing.typed import Typed
from bot.console.wording import say
from bot.referral.content import Content
from bot.referral.entry import Kind, Policy, Source, Status
from bot.referral.season import season_fault

Table = Mapping[str, Any]
#: Texts in every language, side by side, and how long each may be: what lint counts is told beside the phone.
TEXTS = {"short": 60, "who": 120, "note": 160}
#: Fields in which one of a closed list is chosen.
CHOICES: Mapping[str, type[Status] | type[Kind] | type[Source] | type[Policy]] = {
    "status": Status,
    "kind": Kind,
    "source": Source,
    "police": Policy,
    "minors": Policy,
}
#: How an entry begins: nobody is pointed to it.
DEFAULT = {"status": "check-first", "kind": "service", "source": "official", "police": "unknown", "minors": "unknown"}
_LINK = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}(/[\x21-\x7e]*)?")


def entry_shown(table: Table, languages: Sequence[str]) -> Typed:
    """Return the fields in which an entry is edited; those of a new one for an empty table."""
    typed = Typed({"name": str(table.get("name", ""))})
    for name in TEXTS:
        for language in languages:
            typed[f"{name}.{language}"] = str(table.get(name, {}).get(language, ""))
    for name in CHOICES:
        typed[name] = str(table.get(name, DEFAULT[name]))
    for name in ("aliases", "evidence"):
        typed[name] = "\n".join(table.get(name, ()))
    for name in ("season", "link"):
        typed[name] = str(table.get(name, ""))
    ages = [*table.get("ages", ()), "", ""]
    typed["ages.from"], typed["ages.to"] = str(ages[0]), str(ages[1])
    typed["is_police"] = "yes" if table.get("is_police") else ""
    serves_shown(typed, "serves", table.get("serves", ()))
    numbers_shown(typed, table.get("phone", ()), languages)
    return typed


def entry_from(typed: Typed, base: Table, content: Content, *, today: date, by: str) -> dict[str, Any]:
    """Return the table that a form says, over the one it was filled from. What is wrong stands in `typed.errors`.

    `today` and `by` (initials) are written to a number that somebody says they have just tried.
    """
    made = dict(base)
    _put(made, "name", typed.line("name", most=160, needed=True))
    for name, most in TEXTS.items():
        texts = {lang: text for lang in content.line.languages if (text := typed.line(f"{name}.{lang}", most=most))}
        others = {k: v for k, v in base.get(name, {}).items() if k not in content.line.languages}
        _put(made, name, {**others, **texts})
    for name, choices in CHOICES.items():
        made[name] = typed.one_of(name, [choice.value for choice in choices])
    _put(made, "aliases", typed.lines("aliases", most=120, many=60))
    _put(made, "evidence", typed.lines("evidence", most=500, many=40))
    _put(made, "season", typed.line("season", most=20))
    _put(made, "link", typed.line("link", most=120))
    _put(made, "ages", _ages(typed))
    _put(made, "is_police", typed.ticked("is_police") or None)
    _put(made, "serves", serves_from(typed, "serves", content))
    _put(made, "phone", numbers_from(typed, base.get("phone", ()), content, today=today, by=by))
    _look(typed, made)
    return made


def serves_shown(typed: Typed, prefix: str, serves: Sequence[Table]) -> None:
    """Put what an entry or a number serves into the rows of a form."""
    for number, one in enumerate(serves):
        row = f"{prefix}.{number}"
        typed[f"{row}.topic"], typed[f"{row}.rank"] = str(one.get("topic", "")), str(one.get("rank", ""))
        typed[f"{row}.facets"] = ", ".join(one.get("facets", ()))


def serves_from(typed: Typed, prefix: str, content: Content) -> list[dict[str, Any]]:
    """Return what the rows of a form say is served; an empty row says nothing."""
    found = []
    for row in typed.rows(prefix):
        topic = typed.line(f"{row}.topic", most=60)
        facets = [one for one in re.split(r"[,\s]+", typed.line(f"{row}.facets")) if one]
        rank = typed.whole(f"{row}.rank", least=1, most=9999)
        if not topic and not facets:
            continue
        if topic not in content.topics:
            typed.wrong(f"{row}.topic", say("Choose a topic."))
            continue
        if rank is None and f"{row}.rank" not in typed.errors:
            typed.wrong(f"{row}.rank", say("Say in which order it is offered: 10 comes before 20."))
        if unknown := [one for one in facets if one not in content.topics[topic].facets]:
            known = ", ".join(content.topics[topic].facets) or say("none")
            typed.wrong(f"{row}.facets", say("{topic} has no {facet}; there are: {known}", topic=topic,
                                             facet=", ".join(unknown), known=known))  # fmt: skip
        found.append({"topic": topic, "rank": rank or 0, **({"facets": facets} if facets else {})})
    return found


def _ages(typed: Typed) -> list[int]:
    first, last = (typed.whole(f"ages.{name}", least=0, most=120) for name in ("from", "to"))
    if first is None and last is None:
        return []
    if first is None or last is None or first > last:
        typed.wrong("ages.from", say("Say both ages, the younger first; leave both empty for any age."))
        return []
    return [first, last]


def _look(typed: Typed, made: Table) -> None:
    if fault := season_fault(str(made.get("season", ""))):
        typed.wrong("season", fault)
    link = str(made.get("link", ""))
    if link and not _LINK.fullmatch(link):
        typed.wrong("link", say("Write it without https://, like example.org/help."))
    if not made.get("short"):
        typed.wrong("short.en", say("Something has to stand here: it is what a texter reads."))


def _put(table: dict[str, Any], key: str, value: Any) -> None:
    """Put a value where one stood or one is given: an empty field adds no key, so nothing seems changed."""
    if value:
        table[key] = value
    elif key in table:
        del table[key]

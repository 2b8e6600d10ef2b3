"""The paragraphs of a topic as fields of a form, and back: what the form does not show stays as it was."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.console.editing.typed import Typed
from bot.console.wording import say
from bot.referral.content import ELSEWHERE, Content

Table = Mapping[str, Any]
PREFIX = "block"
#: Where a paragraph may stand.
PLACES = ("before", "after", "alone")
#: So many characters a paragraph may have; lint says what fits into a message.
MOST = 600
_UNKNOWN = "unknown"
_DATES = ("checked_on", "due")


def areas_known(content: Content) -> tuple[str, ...]:
    """Return what a paragraph may be for: each area, a place not known, another county."""
    return (*content.line.areas, _UNKNOWN, ELSEWHERE)


def texts_from(typed: Typed, name: str, base: Table, languages: Sequence[str], *, most: int) -> dict[str, Any]:
    """Return a text in every language over what stood there; an empty field takes its text away."""
    found = {language: text for language, text in base.items() if language not in languages}
    for language in languages:
        text, before = typed.line(f"{name}.{language}", most=most), base.get(language, "")
        if text:
            found[language] = before if text == " ".join(str(before).split()) else text
    return found


def texts_shown(typed: Typed, name: str, texts: Table, languages: Sequence[str]) -> None:
    """Put a text in every language into its fields."""
    for language in languages:
        typed[f"{name}.{language}"] = str(texts.get(language, ""))


def blocks_shown(typed: Typed, blocks: Sequence[Table], languages: Sequence[str]) -> None:
    """Put paragraphs into the rows of a form."""
    for number, block in enumerate(blocks):
        row = f"{PREFIX}.{number}"
        typed[f"{row}.of"], typed[f"{row}.place"] = str(number), str(block.get("place", ""))
        for name in ("text", "instead"):
            texts_shown(typed, f"{row}.{name}", block.get(name, {}), languages)
        for name in ("areas", "facets"):
            for one in block.get(name, ()):
                typed[f"{row}.{name}.{one}"] = "yes"
        for name in _DATES:
            typed[f"{row}.{name}"] = str(block.get(name, ""))


def new_block(typed: Typed) -> None:
    """Add an empty paragraph to a form."""
    row = typed.next_row(PREFIX)
    typed[f"{row}.of"], typed[f"{row}.place"] = "", "after"


def blocks_from(typed: Typed, base: Sequence[Table], content: Content, facets: Sequence[str]) -> list[dict[str, Any]]:
    """Return the paragraphs that the rows of a form say. What is wrong stands in `typed.errors`."""
    return [_block(typed, row, _of(typed, row, base), content, facets=facets) for row in typed.rows(PREFIX)]


def _of(typed: Typed, row: str, base: Sequence[Table]) -> Table:
    number = typed[f"{row}.of"]
    return base[int(number)] if number in map(str, range(len(base))) else {}


def _block(typed: Typed, row: str, base: Table, content: Content, *, facets: Sequence[str]) -> dict[str, Any]:
    made = dict(base)
    languages = content.line.languages
    made["place"] = typed.one_of(f"{row}.place", PLACES)
    for name in ("text", "instead"):
        _put(made, name, texts_from(typed, f"{row}.{name}", base.get(name, {}), languages, most=MOST))
    for language in languages:
        if not made.get("text", {}).get(language):
            typed.wrong(f"{row}.text.{language}", say("Something has to stand here, in each language."))
    for name, known in (("areas", areas_known(content)), ("facets", facets)):
        _put(made, name, _ticked(typed, f"{row}.{name}", base.get(name, ()), known))
    for name in _DATES:
        _put(made, name, _day(typed, f"{row}.{name}"))
    return made


def _ticked(typed: Typed, name: str, base: Sequence[str], known: Sequence[str]) -> list[str]:
    # What stood there keeps its place, so that nothing seems changed; what the form does not show stays.
    kept = [one for one in base if one not in known or typed.ticked(f"{name}.{one}")]
    return [*kept, *(one for one in known if one not in base and typed.ticked(f"{name}.{one}"))]


def _day(typed: Typed, name: str) -> str:
    value = typed[name].strip()
    if value:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            typed.wrong(name, say("Write a day like 2027-01-01."))
    return value


def _put(table: dict[str, Any], key: str, value: Any) -> None:
    if value:
        table[key] = value
    else:
        table.pop(key, None)

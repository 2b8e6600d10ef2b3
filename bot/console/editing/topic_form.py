"""A topic as fields of a form, and back, without its examples: what the form does not show stays as it was."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.console.editing.block_form import blocks_from, blocks_shown, texts_from, texts_shown
from bot.console.editing.typed import Typed, faults
from bot.console.wording import say
from bot.referral.content import Content
from bot.referral.lint_examples import LONGEST
from bot.referral.private import faults as private
from bot.referral.private import traces

Table = Mapping[str, Any]
#: Sentences of a topic, and of a facet of it, each with how long it may be: what lint counts is told beside the phone.
TEXTS = {"label": 40, "lead": 200, "note": 300, "notice": 300}
FACET_TEXTS = {"lead": 200, "lead_instead": 200, "note": 300}
#: Wordings that mean it, and how each list is counted.
WORDS = ("words", "hints", "alone", "unless")
#: What a topic is unless it says so.
FLAGS = {"local": False, "police": False, "minors": True}
_LONGEST_WORDING, _MOST_WORDINGS, _MOST_EXAMPLES = 400, 3000, 6000
_OWN = ("lead", "lead_instead", "note", "examples")


def topic_shown(table: Table, languages: Sequence[str]) -> Typed:
    """Return the fields in which a topic is edited."""
    typed = Typed()
    for name in TEXTS:
        texts_shown(typed, name, table.get(name, {}), languages)
    for name in WORDS:
        _lines_shown(typed, name, table.get(name, {}), languages)
    for name, usual in FLAGS.items():
        typed[name] = "yes" if table.get(name, usual) else ""
    for slug, facet in table.get("facets", {}).items():
        for name in FACET_TEXTS:
            texts_shown(typed, f"facet.{slug}.{name}", facet.get(name, {}), languages)
        _lines_shown(typed, f"facet.{slug}.words", facet, languages)
    blocks_shown(typed, table.get("block", ()), languages)
    return typed


def topic_from(typed: Typed, base: Table, content: Content) -> dict[str, Any]:
    """Return the table that a form says, over the one it was filled from. What is wrong stands in `typed.errors`."""
    made, languages = dict(base), content.line.languages
    for name, most in TEXTS.items():
        _put(made, name, texts_from(typed, name, base.get(name, {}), languages, most=most))
    for language in languages:
        if not made.get("label", {}).get(language):
            typed.wrong(f"label.{language}", say("Something has to stand here: it is the word that people text."))
    for name in WORDS:
        _put(made, name, _wordings(typed, name, base.get(name, {}), languages))
    for name, usual in FLAGS.items():
        if typed.ticked(name) != base.get(name, usual):
            _put(made, name, None if typed.ticked(name) == usual else typed.ticked(name), keep=True)
    facets = base.get("facets", {})
    _put(made, "facets", {slug: _facet(typed, slug, facets[slug], languages) for slug in facets})
    _put(made, "block", blocks_from(typed, base.get("block", ()), content, list(facets)))
    return made


def examples_shown(table: Table, languages: Sequence[str]) -> Typed:
    """Return the fields in which the examples of a topic and of its facets are edited, one a line."""
    typed = Typed()
    for name, owner in _owners(table):
        texts_shown(typed, name, owner.get("examples", {}), languages)
    return typed


def examples_from(typed: Typed, base: Table, languages: Sequence[str]) -> dict[str, Any]:
    """Return a topic with the examples that a form says. What is wrong stands in `typed.errors`."""
    made = dict(base)
    _put(made, "examples", _examples(typed, "examples", base, languages))
    facets = {}
    for slug, facet in base.get("facets", {}).items():
        facets[slug] = dict(facet)
        _put(facets[slug], "examples", _examples(typed, f"facet.{slug}.examples", facet, languages))
    _put(made, "facets", facets)
    return made


def added(name: str, made: Table, base: Table, languages: Iterable[str]) -> list[str]:
    """Return the wordings or examples that stand in a list now and did not before, in every language."""
    found: list[str] = []
    for language in languages:
        before = set(_lines_of(base.get(name, {}).get(language, ())))
        found += [line for line in _lines_of(made.get(name, {}).get(language, ())) if line not in before]
    return found


def _facet(typed: Typed, slug: str, base: Table, languages: Sequence[str]) -> dict[str, Any]:
    made = dict(base)
    for name, most in FACET_TEXTS.items():
        _put(made, name, texts_from(typed, f"facet.{slug}.{name}", base.get(name, {}), languages, most=most))
    # Inside a facet every other key is a language with its wordings.
    own = {key: value for key, value in base.items() if key in languages}
    words = _wordings(typed, f"facet.{slug}.words", own, languages)
    for language in languages:
        _put(made, language, words.get(language))
    return made


def _wordings(typed: Typed, name: str, base: Table, languages: Sequence[str]) -> dict[str, Any]:
    def look(line: str) -> Iterable[str]:
        yield from faults(line, most=_LONGEST_WORDING)
        # A wording is what many people say: a number or an address in it is from one person's message.
        found = traces(line[:_LONGEST_WORDING])
        yield from (say("It {fault}: take that out.", fault=say(fault)) for fault in found)

    found = {language: lines for language, lines in base.items() if language not in languages}
    for language in languages:
        lines = _read(typed, f"{name}.{language}", base.get(language, ()), look, most=_MOST_WORDINGS)
        if lines:
            found[language] = lines
    return found


def _examples(typed: Typed, name: str, owner: Table, languages: Sequence[str]) -> dict[str, Any]:
    def look(line: str) -> Iterable[str]:
        yield from faults(line, most=LONGEST)
        yield from (
            say("A line {fault}: make up a sentence without it.", fault=fault) for fault in private(line[:LONGEST])
        )

    base = owner.get("examples", {})
    found = {language: texts for language, texts in base.items() if language not in languages}
    for language in languages:
        before = base.get(language, "")
        lines = _read(typed, f"{name}.{language}", _lines_of(before), look, most=_MOST_EXAMPLES)
        if lines:
            found[language] = before if lines == _lines_of(before) else "\n".join(lines) + "\n"
    return found


def _read(
    typed: Typed, name: str, base: Sequence[str], look: Callable[[str], Iterable[str]], *, most: int
) -> list[str]:
    """Return the lines of a field; only those that are new are looked at, a topic has thousands."""
    lines, before = _lines_of(typed[name]), _lines_of(base)
    known = set(before)
    for line in lines:
        if line not in known:
            for fault in look(line):
                typed.wrong(name, say("“{line}”: {fault}", line=line[:40], fault=fault))
    if len(lines) > most:
        typed.wrong(name, say("That is {n} lines; {most} at most.", n=len(lines), most=most))
    if lines == before:
        return list(base)
    # What is too long was told above and is saved nowhere; whoever looks at it more closely need not read a book.
    return [line if line in known else line[:_LONGEST_WORDING] for line in lines]


def _lines_of(texts: str | Sequence[str]) -> list[str]:
    rows = texts.splitlines() if isinstance(texts, str) else texts
    return [" ".join(row.split()) for row in rows if row.strip()]


def _lines_shown(typed: Typed, name: str, lists: Table, languages: Sequence[str]) -> None:
    for language in languages:
        typed[f"{name}.{language}"] = "\n".join(lists.get(language, ()))


def _owners(table: Table) -> list[tuple[str, Table]]:
    facets = table.get("facets", {})
    return [("examples", table), *((f"facet.{slug}.examples", facets[slug]) for slug in facets)]


def _put(table: dict[str, Any], key: str, value: Any, *, keep: bool = False) -> None:
    """Put a value where one stood or one is given: an empty field adds no key, so nothing seems changed."""
    if value or (keep and value is not None):
        table[key] = value
    else:
        table.pop(key, None)

"""Is there something right to say on every day, even when nobody checks anything any more?

911, 988 and 211 are always given. What names other numbers needs something to be said instead of it.
"""

from collections.abc import Iterable, Iterator

from bot.referral.content import Content
from bot.referral.given import is_code
from bot.referral.problem import Problem
from bot.referral.sayable import INSTEAD, numbers_named

#: Pasted at the provider or put together with an entry that may be given: they say nothing by themselves.
_PASTED = "provider_"


def lint(content: Content) -> Iterator[Problem]:
    """List what would leave somebody without an answer once numbers may no longer be given."""
    always = _always(content)
    for language, texts in content.wording.items():
        for key, text in texts.items():
            shaky = _shaky(content, text, always)
            if shaky and not key.startswith(_PASTED) and f"{key}{INSTEAD}" not in texts:
                yield Problem(
                    f"wording/{language}.toml",
                    key,
                    f"names {shaky}, which may not be given on every day: add {key}{INSTEAD}",
                )
    yield from _crises(content, always)
    yield from _areas(content)


def _crises(content: Content, always: frozenset[str]) -> Iterator[Problem]:
    for topic in content.topics.values():
        alone = [block for block in topic.block if block.place == "alone"]
        for text in alone[0].text.values() if alone else ():
            shaky = _shaky(content, text, always)
            if shaky or alone[0].areas or alone[0].facets:
                yield Problem(
                    f"topics/{topic.slug}.toml",
                    f"block[{topic.block.index(alone[0])}]",
                    "is what is said alone when nothing else may be: it must hold everywhere"
                    + (f", and names {shaky}, which may not be given on every day" if shaky else ""),
                )


def _areas(content: Content) -> Iterator[Problem]:
    for area in content.line.areas.values():
        entry = content.entries.get(area.entry_211)
        if entry is None:
            yield Problem("line.toml", f"areas.{area.slug}.entry_211", f"no entry {area.entry_211!r}")
        elif not entry.keep or not any(is_code(p) and p.publish for p in entry.phone):
            yield Problem(
                "line.toml", f"areas.{area.slug}.entry_211", f"{entry.id!r} is not published with keep = true and 211"
            )


def _always(content: Content) -> frozenset[str]:
    kept = (entry for entry in content.entries.values() if entry.keep)
    return frozenset(p.printed for entry in kept for p in entry.phone if p.publish and is_code(p))


def _shaky(content: Content, text: str, always: Iterable[str]) -> str:
    named = (number for number in numbers_named(text) if number in content.printed and number not in always)
    return next(named, "")

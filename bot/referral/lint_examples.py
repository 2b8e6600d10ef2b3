"""What is wrong with the examples of a release: what must never stand in one, and one text under two labels."""

import re
from collections.abc import Iterator

from bot.referral.content import Content
from bot.referral.examples import NONE, Block, lines
from bot.referral.problem import Problem

#: A text of more characters is no example of anything in particular.
LONGEST = 320
#: What may be somebody's own: it never belongs into an example.
_NEVER = (
    (re.compile(r"\d[\d\-. ()]{5,}\d"), "holds a number that may be somebody's"),
    (re.compile(r"@\S+\.\S|https?:|www\."), "holds an address"),
    (re.compile(r"\d[/-]\d{1,2}[/-]\d\d"), "holds a date"),
)


def lint(content: Content) -> Iterator[Problem]:
    """List what is wrong with the examples."""
    first: dict[str, Block] = {}
    for block in content.learnt.examples:
        file, at = _file(content, block), _place(block)
        if block.language not in content.line.languages:
            yield Problem(file, at, f"there is no language {block.language!r}")
        for text, fault in _faults(block.texts):
            yield Problem(file, at, f"{text[:40]!r} {fault}")
        for text in lines(block.texts):
            if len(text) > LONGEST:
                yield Problem(file, at, f"{text[:40]!r} has more than {LONGEST} characters")
            other = first.setdefault(text.casefold(), block)
            if other.label != block.label:
                yield Problem(file, at, f"{text[:40]!r} stands in {_file(content, other)} too: {_place(other)}")


def _faults(texts: str) -> Iterator[tuple[str, str]]:
    for pattern, fault in _NEVER:
        # Once over the whole block: forty thousand texts are read at every start.
        if pattern.search(texts):
            yield from ((text, fault) for text in lines(texts) if pattern.search(text))


def _file(content: Content, block: Block) -> str:
    if block.label == NONE:
        return "ordinary.toml"
    return f"topics/{block.label}.toml" if block.label in content.topics else "commands.toml"


def _place(block: Block) -> str:
    inside = f"facets.{block.facet}." if block.facet else ""
    return f"{inside}examples.{block.language}"

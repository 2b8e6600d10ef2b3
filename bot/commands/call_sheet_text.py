"""A call sheet as plain text."""

import textwrap
from collections.abc import Iterable, Iterator

from bot.referral.call_sheet import HOW, INTRODUCTION, RESULTS, WARNING, Block, Sheet
from bot.referral.moments import day_said

#: A blank at which no line ends.
_HOLD = "\N{NO-BREAK SPACE}"


def as_text(made: Sheet) -> str:
    """Write a sheet for a terminal or a plain printer: 78 columns, boxes as [ ]."""
    lines = [f"{made.line} call sheet, {day_said(made.day)}: {made.size} numbers", *textwrap.wrap(WARNING, 78), ""]
    for place, told in enumerate(INTRODUCTION, start=1):
        lines += textwrap.wrap(told, 74, initial_indent=f"{place}. ", subsequent_indent="   ")
    for section, blocks in made.sections:
        lines += ["", "=" * 78, section]
        for block in blocks:
            lines += ["-" * 78, *_block_lines(block)]
    return "\n".join(lines) + "\n"


def _block_lines(block: Block) -> Iterator[str]:
    yield from textwrap.wrap(f"{block.number}   {block.name}", 78, subsequent_indent="    ")
    yield from _wrapped(f"{block.reached}   [{block.entry}]   {block.known}")
    for mind in block.mind:
        yield from _wrapped(f"! {mind}")
    for question in block.questions:
        known = f" (on record: {question.known})" if question.known else ""
        yield from _wrapped(f"{question.asked}{known}  {_boxes(question.answers)}")
    yield from _wrapped(f"Result: {_boxes(RESULTS)}")
    yield from _wrapped(f"How: {_boxes(HOW)}")
    yield "  Day ______________  Time ________  By ____  Note ___________________________"


def _boxes(answers: Iterable[str]) -> str:
    return "  ".join(f"[ ] {answer}".replace(" ", _HOLD) for answer in answers)


def _wrapped(words: str) -> list[str]:
    lines = textwrap.wrap(words, 76, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    return [line.replace(_HOLD, " ") for line in lines]

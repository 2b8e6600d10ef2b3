"""A call sheet as one HTML page to print: no script, nothing fetched from anywhere else.

As a file it holds its style; as a page of the staff door it names it, for there no style may stand in a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from bot.referral.call_sheet import HOW, INTRODUCTION, RESULTS, WARNING, Block, Question, Sheet
from bot.referral.moments import day_said

_STYLE = files("bot.console") / "static" / "call_sheet.css"
#: A number that is wider than its column, such as the address of a page.
_LONG = 14
#: So many answers fit beside a question in half the width.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Served:
    """Where a page that is served has its style, where it leads back to, and in which words."""

    style: str
    back: str
    words: str


def as_page(made: Sheet, served: Served | None = None) -> str:
    """Write a sheet as a page of HTML that prints on A4 and Letter; whatever stands in an entry is escaped."""
    return "".join(_page(made, served))


def _page(made: Sheet, served: Served | None) -> Iterator[str]:
    title = f"{made.line} call sheet"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    source = "'self'" if served else "'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src {source}">\n'
    yield '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
    yield f"<title>{escape(title)}</title>\n"
    if served:
        yield f'<link rel="stylesheet" href="{escape(served.style)}">\n</head>\n<body>\n<main>\n'
        yield f'<p class="back"><a href="{escape(served.back)}">{escape(served.words)}</a></p>\n'
    else:
        yield f"<style>\n{_STYLE.read_text('utf-8')}</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>{escape(title)}</h1>\n<p>{day_said(made.day)}, {made.size} numbers to try</p>\n"
    yield f'<p class="warning">{escape(WARNING)}</p>\n<ol class="how">\n'
    yield from (f"<li>{escape(told)}</li>\n" for told in INTRODUCTION)
    yield "</ol>\n"
    for place, blocks in made.sections:
        yield f"<section>\n<h2>{escape(place)}</h2>\n"
        for block in blocks:
            yield from _block(block)
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def _block(block: Block) -> Iterator[str]:
    long = " long" if len(block.number) > _LONG else ""
    yield '<article class="number">\n<div class="head">'
    yield f'<p class="dial{long}">{escape(block.number)}</p>'
    yield f"<div><h3>{escape(block.name)}</h3><p>{escape(block.reached)} · "
    yield f'<span class="id">{escape(block.entry)}</span> · {escape(block.known)}</p></div></div>\n'
    yield from (f'<p class="mind">{escape(mind)}</p>\n' for mind in block.mind)
    yield '<dl class="ask">\n'
    yield from (_question(question) for question in block.questions)
    yield "</dl>\n"
    yield f'<div class="result"><b>Result</b>{_ticks(RESULTS)}<b>How</b>{_ticks(HOW)}</div>\n'
    yield '<div class="result"><span class="line">Day</span><span class="line">Time</span><span class="line">By</span>'
    yield '<span class="line long">Note</span></div>\n</article>\n'


def _question(question: Question) -> str:
    wide = ' class="wide"' if len(question.answers) > _FEW else ""
    known = f' <span class="known">On record: {escape(question.known)}.</span>' if question.known else ""
    return f"<div{wide}><dt>{escape(question.asked)}{known}</dt><dd>{_ticks(question.answers)}</dd></div>\n"


def _ticks(answers: tuple[str, ...]) -> str:
    """Give a box to tick before each answer, and room to write behind those that end with a colon."""
    room = {answer: '<span class="line"></span>' if answer.endswith(":") else "" for answer in answers}
    return "".join(f'<span class="tick">{escape(answer)}</span>{line}' for answer, line in room.items())

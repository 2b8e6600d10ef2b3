"""What somebody typed into a sentence that texters get: a number nobody checked, or where somebody may be found."""

import re
from collections.abc import Iterator

from bot.referral.content import Content
from bot.referral.misprints import may_hold, ten_digits
from bot.referral.private import holds_address
from bot.referral.rules import numbers_in

#: Ten digits or more, however they are put apart: "(213) 555-0142", "2135550142", "+1 213 5550142".
_DIALLED = re.compile(r"\+?\(?(?:\d[\s().-]{0,3}){9,}\d")

#: What is dialled behind a number: an import writes it beside the number it belongs to.
_EXTENSION = re.compile(r"\bext\. \d{1,8}\b")


def typed_numbers(content: Content, text: str) -> Iterator[str]:
    """Say which numbers of a text are none that the release gives, and whether it holds one that is denied."""
    yield from _strange(content, text)
    # Printed, it was said above, unless it is written in letters.
    if may_hold(text, frozenset(ten_digits(denied.number) for denied in content.denied if not denied.name)):
        yield "holds a number that must not be listed"


def said_of_entry(content: Content, text: str) -> Iterator[str]:
    """Say what a text about a service may not hold: a number beside those that are checked, or an address.

    Many services hide where they are; what a texter has to know of a place they are told on the phone.
    """
    if any(map(str.isdigit, text)):  # of a state's entries few texts have any
        yield from _strange(content, _EXTENSION.sub("", text))
        if holds_address(text):
            yield "holds an address; a service tells where it is to those who call"


def _strange(content: Content, text: str) -> Iterator[str]:
    left, found = text, list[str]()
    for number in numbers_in(text):
        left = left.replace(number, "|")
        if number not in content.printed:
            found.append(number)
    for dialled in _DIALLED.finditer(left):
        if ten_digits(dialled[0]) not in {ten_digits(number) for number in content.printed}:
            found.append(dialled[0].strip())
    yield from (f"holds {one}, which is no published number; write {{entry}} instead of digits" for one in found)

"""Everything there is to say on a need, in order, before it is cut into messages."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from bot.referral.choose import ANY_211, Choice, Need, choose, today_in
from bot.referral.content import Block, Content
from bot.referral.hours import Opening
from bot.referral.sentence import entry_sentence

_NAMES_211 = re.compile(r"\b211\b")
_NUMBER = re.compile(r"\d{3}-\d{3}-\d{4}|(?<![\d$-])\d{5,6}(?![\d-])")
_WAY_TO_GO = re.compile(r"\d{3}-\d{3}-\d{4}|\b(?:[23]11|911|988)\b|\.(?:gov|org)\b")


def leaves_a_way(text: str) -> bool:
    """Say whether a text names a number to reach or a site to go to."""
    return _WAY_TO_GO.search(text) is not None


@dataclass(frozen=True, slots=True)
class Item:
    """A thing to say that is never cut: a block or an entry. `alone`: nothing else stands in its message."""

    text: str
    alone: bool = False
    entry: str = ""
    area: str = ""
    hours_unknown_at_night: bool = False
    outdated: bool = False

    @property
    def is_211(self) -> bool:
        """Say whether it leads to 211, under whichever entry, or names it."""
        if self.entry:
            return self.entry.partition("-")[0] == ANY_211
        return _NAMES_211.search(self.text) is not None

    @property
    def acts(self) -> bool:
        """Say whether it leaves a way to go: an entry, or a number or site in the text."""
        return bool(self.entry) or leaves_a_way(self.text)


def items_for(content: Content, need: Need, now: datetime) -> tuple[Item, ...]:
    """List everything there is to say on a need, in order: an alone block, blocks before, entries, blocks after."""
    today = today_in(content, need.area, now)
    applying = [b for b in content.topics[need.topic].block if _applies(b, need)]
    blocks = [b for b in applying if _still_good(content, b.text[need.language], today)]
    if not any(b.place == "alone" for b in blocks):
        # What is said first in a crisis never vanishes: with every variant out of date the general one stands.
        blocks += [b for b in applying if b.place == "alone"][:1]

    def said(place: str) -> list[Item]:
        return [
            Item(b.text[need.language], alone=place == "alone", outdated=b.due is not None and today >= b.due)
            for b in blocks
            if b.place == place
        ]

    alone = said("alone")[-1:]  # the most particular one stands last: general first, then by area
    entries = [_entry_item(content, choice, need) for choice in choose(content, need, now)]
    if not entries and not any(item.acts for item in (*alone, *said("before"))):
        entries = [Item(content.wording[need.language]["none_here"], entry=ANY_211)]
    if need.named and not alone:
        return (*entries[:1], *said("before"), *entries[1:], *said("after"))
    return (*alone, *said("before"), *entries, *said("after"))


@lru_cache(maxsize=4096)  # sentences of releases, never of texters
def _numbers(text: str) -> tuple[str, ...]:
    return tuple(_NUMBER.findall(text))


def _still_good(content: Content, text: str, today: date) -> bool:
    # A number whose entry has stepped back is not sent inside a sentence either.
    owners = (content.printed.get(number, ()) for number in _numbers(text))
    return all(any(e.may_be_sent(today, content.line.term) for e in found) for found in owners if found)


def _applies(block: Block, need: Need) -> bool:
    area = need.area or "unknown"
    return (not block.areas or area in block.areas) and (not block.facets or need.facet in block.facets)


def _entry_item(content: Content, choice: Choice, need: Need) -> Item:
    unsure = choice.night and choice.opening is Opening.UNKNOWN and choice.call is not None
    return Item(
        entry_sentence(content, choice, need),
        entry=choice.entry.id,
        area=choice.entry.area,
        hours_unknown_at_night=unsure,
    )

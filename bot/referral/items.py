"""Everything there is to say on a need, in order, before it is cut into messages."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.referral.choose import ANY_211, Choice, Need, choose
from bot.referral.content import Block, Content
from bot.referral.given import Given
from bot.referral.hours import Opening
from bot.referral.sayable import numbers_named
from bot.referral.sentence import entry_sentence

_NAMES_211 = re.compile(r"\b211\b")
_911 = "911"
_WAY_TO_GO = re.compile(r"\d{3}-\d{3}-\d{4}|\b(?:[23]11|911|988)\b|\.(?:gov|org)\b")
#: Septets of banners before the first number of an answer, and of all that is said up to it: the rest of the banners
#: follow it, so that a first message has room for a number.
_BANNERS_FIRST, _UP_TO_A_NUMBER = 160, 330
_put = object.__setattr__


def leaves_a_way(text: str) -> bool:
    """Say whether a text names a number to reach or a site to go to."""
    return _WAY_TO_GO.search(text) is not None


@dataclass(frozen=True, slots=True)
class Item:
    """A thing to say that is never cut: a block or an entry. `alone`: nothing else stands in its message.

    `outdated`: what to add because its law was to be read again by now: that, and a lawyer's number.
    `acts`: whether it leaves a way to go: an entry, or a number or site in the text. `is_211`: whether it leads to
    211, under whichever entry, or names it. `leads_past_911`: whether its way is not the police and the ambulance.
    """

    text: str
    alone: bool = False
    entry: str = ""
    area: str = ""
    hours_unknown_at_night: bool = False
    outdated: str = ""
    acts: bool = field(init=False, compare=False)
    is_211: bool = field(init=False, compare=False)
    leads_past_911: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        ways = (self.text, self.outdated)
        past = self.entry != _911 if self.entry else any(leaves_a_way(text.replace(_911, "")) for text in ways)
        _put(self, "acts", bool(self.entry) or any(map(leaves_a_way, ways)))
        _put(self, "is_211", _leads_to_211(self))
        _put(self, "leads_past_911", past)


def _leads_to_211(item: Item) -> bool:
    if item.entry:
        return item.entry.partition("-")[0] == ANY_211
    return _NAMES_211.search(item.text) is not None


class _Offered(Item):
    """An entry as it is offered; its sentence is made when it is first read: of very many, few are ever said."""

    __slots__ = ("_choice", "_content", "_need")
    _choice: Choice
    _content: Content
    _need: Need

    def __init__(self, content: Content, choice: Choice, need: Need) -> None:
        unsure = choice.night and choice.opening is Opening.UNKNOWN and choice.call is not None
        super().__init__("", entry=choice.entry.id, area=choice.entry.area, hours_unknown_at_night=unsure)
        object.__delattr__(self, "text")
        _put(self, "_content", content)
        _put(self, "_choice", choice)
        _put(self, "_need", need)

    def __getattr__(self, name: str) -> str:
        # Only what has no value yet comes here.
        if name != "text":
            raise AttributeError(name)
        made = entry_sentence(self._content, self._choice, self._need)
        _put(self, "text", made)
        return made


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block as it may be said on a day, in one language. `late`: its law was to be read again by now."""

    block: Block
    item: Item
    late: bool


def items_for(content: Content, need: Need, now: datetime, *, given: Given | None = None) -> tuple[Item, ...]:
    """List everything there is to say on a need, in order.

    An alone block; banners; blocks before; entries; blocks after. A service asked for by name goes before the blocks.
    `given`: the moment as it was looked at before, from the same area, by who asks for many needs.
    """
    given = given or Given.at(content, need.area, now)
    said, lawyer = dict[str, list[Item]](), ""
    for paragraph in _paragraphs(given).get((need.topic, need.language), ()):
        block, item = paragraph.block, paragraph.item
        if _applies(block.areas, need) and _suits(block, need):
            if paragraph.late:
                lawyer = lawyer or ask_a_lawyer(content, need, now, given=given)
                item = Item(item.text, alone=item.alone, outdated=lawyer)
            said.setdefault(block.place, []).append(item)
    # The most particular one stands last: general first, then by area. The general one never vanishes: it names
    # only 911, 988 and 211 (lint holds it).
    alone, before, after = said.get("alone", [])[-1:], said.get("before", []), said.get("after", ())
    entries: list[Item] = [_Offered(content, choice, need) for choice in choose(content, need, now, given=given)]
    # Nobody is left with 911 alone, which is always given: 211 goes with it.
    if not any(item.leads_past_911 for item in (*alone, *before, *entries)):
        entries.append(Item(content.wording[need.language]["none_here"], entry=ANY_211))
    if need.named and not alone:
        before, entries = [*entries[:1], *before], entries[1:]
    rest, banners = [*before, *entries], _banners(given, need, now)
    return (*alone, *(_with_banners(banners, rest) if banners else rest), *after)


def _paragraphs(given: Given) -> Mapping[tuple[str, str], tuple[Paragraph, ...]]:
    """Return all paragraphs of all topics as they may be said on a day, worked out once."""
    if given.day.paragraphs is None:
        topics, languages = given.content.topics.items(), given.content.wording
        given.day.paragraphs = {
            (slug, language): tuple(_sayable(given, topic.block, language))
            for slug, topic in topics
            for language in languages
        }
    return given.day.paragraphs


def _sayable(given: Given, blocks: Iterable[Block], language: str) -> Iterator[Paragraph]:
    for block in blocks:
        if text := _text(given, block, language):
            yield Paragraph(block, Item(text, alone=block.place == "alone"), _late(given, block))


def _banners(given: Given, need: Need, now: datetime) -> list[Item]:
    if not given.content.bulletins.banners:
        return []
    banners = (
        b
        for b in given.content.bulletins.banners
        if now < b.until and (not b.topics or need.topic in b.topics) and _applies(b.areas, need)
    )
    texts = (b.text[need.language] for b in sorted(banners, key=lambda b: (not b.topics, not b.areas)))
    return [Item(text) for text in texts if _may_be_said(given, text)]


def _with_banners(banners: Sequence[Item], rest: Sequence[Item]) -> list[Item]:
    way = next((place for place, item in enumerate(rest) if item.acts), 0) + 1
    first, room = 0, min(_BANNERS_FIRST, _UP_TO_A_NUMBER - sum(len(item.text) + 1 for item in rest[:way]))
    while first < len(banners) and len(banners[first].text) <= room:
        room -= len(banners[first].text) + 1
        first += 1
    return [*banners[:first], *rest[:way], *banners[first:], *rest[way:]]


def _text(given: Given, block: Block, language: str) -> str:
    texts = (block.text.get(language, ""), block.instead.get(language, ""))
    return next((text for text in texts if _may_be_said(given, text)), "")


def _late(given: Given, block: Block) -> bool:
    return block.due is not None and given.today >= block.due


def ask_a_lawyer(content: Content, need: Need, now: datetime, *, given: Given | None = None) -> str:
    """Return what is said when the law may have changed: ask the first lawyer there whom one can call, else 211."""
    lawyers = content.topics[need.topic].lawyers
    asking = Need(lawyers, area=need.area, language=need.language)
    calls = (c.call for c in choose(content, asking, now, given=given) if c.entry.id.partition("-")[0] != ANY_211)
    number = next((phone.printed for phone in calls if phone is not None), "")
    words = content.wording[need.language]
    return words["law_outdated"].replace("{number}", number) if number else words["law_outdated_211"]


def _may_be_said(given: Given, text: str) -> bool:
    # A number that may not be given is not sent inside a sentence either.
    return all(given.allows(number) for number in numbers_named(text))


def _applies(areas: Sequence[str], need: Need) -> bool:
    return not areas or (need.area or "unknown") in areas


def _suits(block: Block, need: Need) -> bool:
    return not block.facets or need.facet in block.facets

"""One message out of what there is to say: the right things first, no entry cut in half, within the segments."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from operator import itemgetter
from typing import TypeAlias

from bot.referral.choose import Need
from bot.referral.content import ELSEWHERE, Content
from bot.referral.items import Item, leaves_a_way
from bot.referral.segments import room


class Rank(IntEnum):
    """What stays when two segments cannot hold everything (lowest first)."""

    MUST = 0
    POLICE = 1
    NIGHT = 2
    AUTOMATIC = 3
    DANGER = 4
    PLACE = 5
    ALSO = 6
    TALK = 7
    MORE = 8
    NOTE = 9
    FORGET = 10


@dataclass(frozen=True, slots=True)
class Page:
    """One message of an answer. `next` is the item MORE begins with, or None at the end."""

    text: str
    next: int | None
    items: tuple[Item, ...]


#: A sentence that may stand in a message: where, how much it matters, and what it says.
Part: TypeAlias = tuple[int, Rank, str]

#: What a first message keeps free for saying that it is automatic, for 911 and for the place; and for what a minor
#: must know first, when it takes three segments anyway.
_ROOM_FOR_THE_REST, _ROOM_FOR_A_NOTICE = 50, 120
#: Places of the parts in a message, in reading order.
_OPENING, _NOTICE, _LEAD, _ITEMS, _NOTE, _ALSO, _WHERE, _MORE, _FORGET, _DANGER = range(10)
_PLACE, _RANK = itemgetter(0), itemgetter(1)


def page(content: Content, need: Need, items: tuple[Item, ...], start: int, *, first: bool, also: str = "") -> Page:
    """Compose the message that begins with item `start`.

    `first`: the conversation begins, so the message says that it is automatic and how to be forgotten.
    `also`: the label of a second need, to be offered. Two segments are the aim, three the cap; what does not
    fit is left out by `Rank`, never an item of this page.
    """
    alphabet = content.alphabets[need.language]
    aim, cap = room(content.line.limits.aim_segments, alphabet), room(content.line.limits.cap_segments, alphabet)
    taken = _opening_items(items, start, aim, cap)
    rest = len(items) - start - len(taken)
    around = _Around(content, need, start, _before(content, need, start), _end(content, need, first=first, also=also))
    parts = around.frame(taken, more=rest > 0)
    if len(taken) > 1 and _must(parts) > cap:
        taken, rest = taken[:1], len(items) - start - 1
        parts = around.frame(taken, more=rest > 0)
    kept = _keep(parts, aim if _must(parts) <= aim else cap)
    while rest > 0 and not items[start].alone and not items[start + len(taken)].alone:
        wider = [*taken, items[start + len(taken)]]
        ranks = {Rank.MUST, Rank.NIGHT, *(rank for _, rank, _ in kept)}
        keep = [part for part in around.frame(wider, more=rest > 1) if part[1] in ranks]
        if _size(keep) > aim:
            break
        taken, kept, rest = wider, keep, rest - 1
    following = start + len(taken) if rest else None
    return Page(_join(kept), following, tuple(taken))


def _opening_items(items: tuple[Item, ...], start: int, aim: int, cap: int) -> list[Item]:
    # The first message must leave a way to go: what is said before the entries brings the first number along, and
    # rather takes three segments than stand without one.
    first_entry = next((n for n, item in enumerate(items) if item.acts), 0)
    together = list(items[: first_entry + 1])
    most = max(aim - _ROOM_FOR_THE_REST, cap - _ROOM_FOR_A_NOTICE)
    if start == 0 and not items[0].alone and sum(len(i.text) + 1 for i in together) <= most:
        return together
    return [items[start]]


@dataclass(frozen=True, slots=True)
class _Around:
    """What may stand around the items of a message, whichever these are: `before` them, and at the `end`."""

    content: Content
    need: Need
    start: int
    before: list[Part]
    end: list[Part]

    def frame(self, taken: list[Item], *, more: bool) -> list[Part]:
        """Return all that may stand in a message with these items."""
        need, words = self.need, self.content.wording[self.need.language]
        following = [(_MORE, Rank.MORE, words["more_hint"])] if more else []
        if taken[0].alone:
            return [(_ITEMS, Rank.MUST, taken[0].text), *following]
        parts = [(_ITEMS, Rank.MUST, item.text) for item in taken]
        parts += [*self.before, *_doubts(words, taken), *following]
        if self.start == 0 and need.area == "" and self.content.topics[need.topic].local:
            # Unknown place: whatever else is said, 211 and somebody to talk to are there already.
            key = "place_question" if any([item.is_211 for item in taken]) else "place_or_211"
            parts.append((_WHERE, Rank.PLACE, words[key]))
        if self.start == 0 and need.area in ("", ELSEWHERE) and all([i.is_211 for i in taken if i.entry]):
            parts.append((_ALSO, Rank.TALK, words["talk_hint"]))
        return parts + self.end


def _end(content: Content, need: Need, *, first: bool, also: str) -> list[Part]:
    words = content.wording[need.language]
    parts = [(_DANGER, Rank.DANGER, words["danger"])]
    if also:
        parts.append((_ALSO, Rank.ALSO, words["also"].replace("{label}", also)))
    if first:
        parts += [(_OPENING, Rank.AUTOMATIC, words["opening"]), (_FORGET, Rank.FORGET, words["forget_hint"])]
    return parts


def _doubts(words: Mapping[str, str], taken: list[Item]) -> list[Part]:
    parts = []
    if any([item.hours_unknown_at_night for item in taken]):
        parts.append((_NOTE, Rank.NIGHT, words["night_unknown"]))
    parts += [(_NOTE, Rank.MUST, text) for text in dict.fromkeys([item.outdated for item in taken]) if text]
    return parts


def _before(content: Content, need: Need, start: int) -> list[Part]:
    words, language, topic = content.wording[need.language], need.language, content.topics[need.topic]
    if start:
        return []
    facet = topic.facets.get(need.facet)
    lead = (facet.lead.get(language, "") if facet else "") or topic.lead.get(language, "")
    note = (facet.note.get(language, "") if facet else "") or topic.note.get(language, "")
    parts = []
    if need.minor and topic.minors:
        parts.append((_NOTICE, Rank.MUST, words["minor_notice"]))
    elif topic.notice:
        parts.append((_NOTICE, Rank.MUST, topic.notice[language]))
    if lead:
        # A lead that holds numbers is no ornament: "papers kept by someone" lives in its lead.
        parts.append((_LEAD, Rank.MUST if leaves_a_way(lead) else Rank.NOTE, lead))
    if note:
        parts.append((_NOTE, Rank.NOTE, note))
    if topic.police:
        parts.append((_NOTE, Rank.POLICE, words["police_ask"]))
    return parts


def _keep(parts: list[Part], limit: int) -> list[Part]:
    kept = [part for part in parts if part[1] is Rank.MUST]
    size = _size(kept)
    for part in sorted([part for part in parts if part[1] is not Rank.MUST], key=_RANK):
        if size + len(part[2]) + 1 <= limit:
            kept.append(part)
            size += len(part[2]) + 1
    return kept


def _must(parts: list[Part]) -> int:
    return _size([part for part in parts if part[1] is Rank.MUST])


def _size(parts: list[Part]) -> int:
    # GSM-7 without extension characters, or letters of two bytes: a character is a septet or a unit here.
    return sum([len(text) + 1 for _, _, text in parts]) - 1


def _join(parts: list[Part]) -> str:
    return " ".join([text for _, _, text in sorted(parts, key=_PLACE)])

"""One message out of what there is to say: the right things first, no entry cut in half, within the segments."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from bot.referral.choose import Need
from bot.referral.content import ELSEWHERE, Content, Topic
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


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence that may stand in a message: where, and how much it matters."""

    place: int
    rank: Rank
    text: str


#: What a first message keeps free for saying that it is automatic, for 911 and for the place; and for what a minor
#: must know first, when it takes three segments anyway.
_ROOM_FOR_THE_REST, _ROOM_FOR_A_NOTICE = 50, 120
#: Places of the parts in a message, in reading order.
_OPENING, _NOTICE, _LEAD, _ITEMS, _NOTE, _ALSO, _WHERE, _MORE, _FORGET, _DANGER = range(10)


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
    parts = _frame(content, need, taken, first=first, start=start, more=rest > 0, also=also)
    if len(taken) > 1 and _size(_must(parts)) > cap:
        taken, rest = taken[:1], len(items) - start - 1
        parts = _frame(content, need, taken, first=first, start=start, more=rest > 0, also=also)
    kept = _keep(parts, aim if _size(_must(parts)) <= aim else cap)
    while rest > 0 and not items[start].alone and not items[start + len(taken)].alone:
        wider = [*taken, items[start + len(taken)]]
        again = _frame(content, need, wider, first=first, start=start, more=rest > 1, also=also)
        ranks = {p.rank for p in kept}
        keep = [p for p in again if p.rank in ranks or p.rank in (Rank.MUST, Rank.NIGHT)]
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


def _must(parts: list[Part]) -> list[Part]:
    return [p for p in parts if p.rank is Rank.MUST]


def _frame(
    content: Content, need: Need, taken: list[Item], *, first: bool, start: int, more: bool, also: str
) -> list[Part]:
    topic, words = content.topics[need.topic], content.wording[need.language]
    following = [Part(_MORE, Rank.MORE, words["more_hint"])] if more else []
    if taken[0].alone:
        return [Part(_ITEMS, Rank.MUST, taken[0].text), *following]
    parts = [Part(_ITEMS, Rank.MUST, item.text) for item in taken]
    parts += [*_before(content, need, topic, start), *_doubts(words, taken), *following]
    if first:
        parts += [Part(_OPENING, Rank.AUTOMATIC, words["opening"]), Part(_FORGET, Rank.FORGET, words["forget_hint"])]
    if topic.local and need.area == "" and start == 0:
        # Unknown place: whatever else is said, 211 and somebody to talk to are there already.
        key = "place_question" if any(item.is_211 for item in taken) else "place_or_211"
        parts.append(Part(_WHERE, Rank.PLACE, words[key]))
    if need.area in ("", ELSEWHERE) and start == 0 and all(item.is_211 for item in taken if item.entry):
        parts.append(Part(_ALSO, Rank.TALK, words["talk_hint"]))
    if also:
        parts.append(Part(_ALSO, Rank.ALSO, words["also"].replace("{label}", also)))
    return [*parts, Part(_DANGER, Rank.DANGER, words["danger"])]


def _doubts(words: Mapping[str, str], taken: list[Item]) -> list[Part]:
    parts = []
    if any(item.hours_unknown_at_night for item in taken):
        parts.append(Part(_NOTE, Rank.NIGHT, words["night_unknown"]))
    parts += [Part(_NOTE, Rank.MUST, text) for text in dict.fromkeys(item.outdated for item in taken) if text]
    return parts


def _before(content: Content, need: Need, topic: Topic, start: int) -> list[Part]:
    words, language = content.wording[need.language], need.language
    if start:
        return []
    facet = topic.facets.get(need.facet)
    lead = (facet.lead.get(language, "") if facet else "") or topic.lead.get(language, "")
    note = (facet.note.get(language, "") if facet else "") or topic.note.get(language, "")
    parts = []
    if need.minor and topic.minors:
        parts.append(Part(_NOTICE, Rank.MUST, words["minor_notice"]))
    elif topic.notice:
        parts.append(Part(_NOTICE, Rank.MUST, topic.notice[language]))
    if lead:
        # A lead that holds numbers is no ornament: "papers kept by someone" lives in its lead.
        parts.append(Part(_LEAD, Rank.MUST if leaves_a_way(lead) else Rank.NOTE, lead))
    if note:
        parts.append(Part(_NOTE, Rank.NOTE, note))
    if topic.police:
        parts.append(Part(_NOTE, Rank.POLICE, words["police_ask"]))
    return parts


def _keep(parts: list[Part], limit: int) -> list[Part]:
    kept = _must(parts)
    for part in sorted((p for p in parts if p.rank is not Rank.MUST), key=lambda p: p.rank):
        if _size([*kept, part]) <= limit:
            kept.append(part)
    return kept


def _size(parts: list[Part]) -> int:
    # GSM-7 without extension characters, or letters of two bytes: a character is a septet or a unit here.
    return sum(len(p.text) + 1 for p in parts) - 1


def _join(parts: list[Part]) -> str:
    return " ".join(p.text for p in sorted(parts, key=lambda p: p.place))

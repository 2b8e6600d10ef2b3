"""What somebody gets who says that a number did not work: the next ones for the same need, and a last resort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.referral.choose import ANY_211, Need
from bot.referral.compose import Page
from bot.referral.content import NATIONAL, Content
from bot.referral.entry import Way
from bot.referral.given import Given
from bot.referral.items import Item
from bot.referral.sayable import numbers_in
from bot.referral.segments import room

#: So many entries at most stand in one message; so many that were given are remembered.
MOST_ENTRIES, MOST_GIVEN = 4, 30
_TALK_LINE = "988"
_NO_ANSWER, _FULL = "no_answer", "full"


@dataclass(frozen=True, slots=True)
class Failed:
    """A number that did not work: `how` (one of command.FAILED), its entry ("" unknown), and all given so far.

    `before`: the entries of which the same was said before. `shown`: the item MORE goes on with, 0 = none.
    """

    how: str
    entry: str
    given: tuple[str, ...]
    before: tuple[str, ...] = ()
    shown: int = 0

    @property
    def is_first(self) -> bool:
        """Say whether nothing was said against this entry before."""
        return self.entry not in self.before


def next_page(moment: Given, need: Need, items: tuple[Item, ...], failed: Failed) -> Page:
    """Compose the message with the next entries that were not given yet, or the last one where there are none.

    It holds as many as fit into two segments, at least one. `next` is the item MORE goes on with.
    """
    content = moment.content
    left = [at for at, item in enumerate(items) if item.entry and item.entry not in failed.given][:MOST_ENTRIES]
    if not left:
        tried = {failed.entry, *failed.before}
        untried = any(item.entry and not item.is_211 and item.entry not in tried for item in items)
        return Page(last_words(moment, need, failed, untried=untried), failed.shown or None, ())
    words = content.wording[need.language]
    crisis = content.topics[need.topic].crisis
    once_more = _other_number(moment, need, failed) or _again(moment, need, failed)
    # Whoever cannot reach 988 should hear first that a second call is worth it.
    begun = [words[f"failed_{failed.how}"], *([once_more] if crisis and once_more else [])]
    begun.append(words["failed_now" if crisis else "failed_next"])
    most = room(content.line.limits.aim_segments, content.alphabets[need.language])
    for many in range(len(left), 0, -1):
        taken = [items[at] for at in left[:many]]
        following = left[many - 1] + 1
        way = _way(content, need, taken, failed)
        after = [way, "" if crisis else once_more, words["more_hint"] if following < len(items) else ""]
        said = _fitting(_begin(words, taken, begun), [*filter(None, after)], words["danger"], most)
        # Where to go on is worth more than one entry more.
        if len(said) <= most and way in said:
            break
    return Page(said, following if following < len(items) else None, tuple(taken))


def last_words(moment: Given, need: Need, failed: Failed, *, untried: bool = False) -> str:
    """Say that there is no other number for this need here, and whom to call then: never nothing.

    `untried`: of those that were given one or more may not have been tried yet.
    """
    content = moment.content
    words, topic = content.wording[need.language], content.topics.get(need.topic)
    sorry, other = words[f"failed_{failed.how}"], _other_number(moment, need, failed)
    # Without numbers there may still be something to read.
    more = words["more_hint"] if failed.shown else ""
    if topic is not None and topic.crisis:
        return " ".join(filter(None, [sorry, words["failed_last_now"], more]))
    unplaced = topic is not None and topic.local and need.area == ""
    parts = [
        sorry,
        words["failed_rest" if untried else "failed_last"] if topic is not None and not unplaced and not other else "",
        other or _again(moment, need, failed),
        words["place_question"] if unplaced else "",
        "" if _is_211(content, failed.entry) else words["failed_call_211"],
        "" if failed.entry == _TALK_LINE else words["failed_talk"],
        more,
        words["danger"],
    ]
    return " ".join(filter(None, parts))


def given_in(
    content: Content, area: str, items: Sequence[Item], text: str, *, before: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the entries a message gives: its own, then others whose number stands in it; then those `before`."""
    own = [item.entry for item in items if item.entry]
    known = [content.entries[name] for name in own if name in content.entries]
    theirs = {phone.printed for entry in known for phone in entry.phone if phone.publish}
    others = [_owner(content, number, area) for number in numbers_in(text) if number not in theirs]
    return tuple(dict.fromkeys([*own, *filter(None, others), *before]))[:MOST_GIVEN]


def _owner(content: Content, number: str, area: str) -> str:
    # Every 211 has the same number; the texter's own is meant.
    entries = content.printed.get(number, ())
    here, national = (next((e.id for e in entries if e.area == where), "") for where in (area, NATIONAL))
    return here or national


def _begin(words: Mapping[str, str], taken: Sequence[Item], begun: Sequence[str]) -> list[str]:
    unsure = [words["night_unknown"]] if any(item.hours_unknown_at_night for item in taken) else []
    return [*begun, *(item.text for item in taken), *unsure]


def _fitting(begin: Sequence[str], after: Sequence[str], end: str, most: int) -> str:
    """Join what must be said and as much of `after`, in order, as there is room for."""
    kept: list[str] = []
    for text in after:
        if len(" ".join([*begin, *kept, text, end])) <= most:
            kept.append(text)
    return " ".join([*begin, *kept, end])


def _way(content: Content, need: Need, taken: Sequence[Item], failed: Failed) -> str:
    """Return where to go on besides, outside a crisis: 211, and the question for the place."""
    words, topic = content.wording[need.language], content.topics[need.topic]
    told = _is_211(content, failed.entry) or any(item.is_211 for item in taken)
    if topic.crisis:
        return ""
    if topic.local and need.area == "":
        return words["place_question" if told else "place_or_211"]
    return "" if told else words["failed_or_211"]


def _other_number(moment: Given, need: Need, failed: Failed) -> str:
    """Name another number of the entry that failed, once."""
    calls = _calls(moment, failed.entry) if failed.how != _FULL and failed.is_first else []
    if len(calls) < 2:
        return ""
    label = moment.content.entries[failed.entry].short[need.language]
    words = moment.content.wording[need.language]
    return words["failed_other"].replace("{label}", label).replace("{number}", calls[1])


def _again(moment: Given, need: Need, failed: Failed) -> str:
    """Say of a line that is always there (911, 988, a 211, the one of last resort) that it is worth a second call."""
    entry = moment.content.entries.get(failed.entry)
    calls = _calls(moment, failed.entry) if entry and entry.keep and failed.how == _NO_ANSWER else []
    return moment.content.wording[need.language]["failed_again"].replace("{number}", calls[0]) if calls else ""


def _calls(moment: Given, entry_id: str) -> list[str]:
    # A number with needs of its own is another desk.
    entry = moment.content.entries.get(entry_id)
    phones = moment.phones(entry) if entry is not None else ()
    return [phone.printed for phone in phones if Way.CALL in phone.ways and phone.serves is None]


def _is_211(content: Content, entry: str) -> bool:
    return entry in (ANY_211, *(area.entry_211 for area in content.line.areas.values()))

"""Every reply about a need, listed: by topic, facet, area and language, as texters get them, page after page."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import product

from bot.referral.booklet.moments import Moment, moments
from bot.referral.choose import Need
from bot.referral.compose import page
from bot.referral.content import ELSEWHERE, Content
from bot.referral.given import Given
from bot.referral.items import Item, items_for
from bot.referral.sayable import barred_numbers, without
from bot.referral.segments import Encoding, count

#: So much of a message a locked phone shows at least.
LOCK_SCREEN = 40
#: The topic that is a menu: it has no entries of its own.
_MENU = "help"


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is sent. `offending`: the characters that make it dear; `entries`: whom it refers to."""

    text: str
    segments: int
    encoding: Encoding
    offending: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, entries: tuple[str, ...] = ()) -> "Message":
        """Count what a text costs."""
        counted = count(text)
        return cls(text, counted.parts, counted.encoding, counted.offending, entries)

    @property
    def lock_screen(self) -> str:
        """The first 40 characters, as a locked phone shows them."""
        return self.text[:LOCK_SCREEN]


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked for, and where: `area` "" = the place is not known, "elsewhere" = a county that is not served."""

    topic: str
    facet: str
    area: str
    language: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody gets who texts for the first time and then MORE to the end, and at which moments."""

    place: Place
    moments: tuple[Moment, ...]
    messages: tuple[Message, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The messages' words alone."""
        return tuple(message.text for message in self.messages)


#: Which moments to look at: a release, a topic, an area and a day to moments.
Looking = Callable[[Content, str, str, date], Iterable[Moment]]


def four(content: Content, topic: str, area: str, day: date) -> tuple[Moment, ...]:
    """Return the four moments that matter; they are the same for every topic."""
    return moments(content, area, day)


def areas_of(content: Content) -> tuple[str, ...]:
    """Return where somebody may be: each area, an unknown place, elsewhere."""
    return (*content.line.areas, "", ELSEWHERE)


def every_reply(
    content: Content, day: date, *, topics: Iterable[str] | None = None, looking: Looking = four
) -> Iterator[Reply]:
    """Give every reply about a need from a day on; of all topics, or of some.

    A reply that is the same at several moments stands there once, with all of them. Made by the functions that answer
    texts (`items_for`, `compose.page`), so these are the very messages.
    """
    lister = _Lister(content)
    chosen = content.topics if topics is None else [slug for slug in topics if slug in content.topics]
    for slug in chosen:
        for area in areas_of(content) if slug != _MENU else ():
            at = tuple(looking(content, slug, area, day))
            facets = ("", *content.topics[slug].facets)
            for facet, language in product(facets, content.line.languages):
                yield from lister.of(Place(slug, facet, area, language), at)


def replies_at(content: Content, places: Iterable[Place], moment: Moment) -> Iterator[Reply]:
    """Give the reply of each place at one moment."""
    lister = _Lister(content)
    for place in places:
        yield from lister.of(place, (moment,))


@dataclass(slots=True)
class _Lister:
    """Makes replies, and remembers what they share: numbers, items, later pages, releases without what is barred."""

    content: Content
    _barred: dict[tuple[str, datetime], frozenset[str]] = field(default_factory=dict)
    _without: dict[frozenset[str], Content] = field(default_factory=dict)
    _given: dict[object, Given] = field(default_factory=dict)
    _items: dict[Item, Item] = field(default_factory=dict)
    _later: dict[object, tuple[Message, int]] = field(default_factory=dict)

    def of(self, place: Place, at: tuple[Moment, ...]) -> Iterator[Reply]:
        need = Need(place.topic, place.facet, place.area, place.language)
        found: dict[object, tuple[Content, tuple[Item, ...], list[Moment]]] = {}
        for moment in at:
            content = self._sayable(place.area, moment.at)
            given = self._given_at(content, place.area, moment.at)
            said = items_for(content, need, moment.at, given=given)
            items = tuple(self._items.setdefault(item, item) for item in said)
            key = (id(content), *map(id, items))
            found.setdefault(key, (content, items, []))[2].append(moment)
        for content, items, when in found.values():
            yield Reply(place, tuple(when), tuple(self._pages(content, need, items)))

    def _pages(self, content: Content, need: Need, items: tuple[Item, ...]) -> Iterator[Message]:
        message, start = _page(content, need, items, 0)
        yield message
        while start:
            # No lead, no notice and no opening stand on a later page: many replies have the same ones.
            key = (id(content), need.topic, need.area == "", need.language, *map(id, items[start:]))
            if key not in self._later:
                message, following = _page(content, need, items, start)
                self._later[key] = message, following - start if following else 0
            message, taken = self._later[key]
            yield message
            start = start + taken if taken else 0

    def _given_at(self, content: Content, area: str, now: datetime) -> Given:
        """Return which numbers may be given: on one day they are the same for all needs, while nobody pauses any."""
        fresh = Given.at(content, area, now)
        return self._given.setdefault((id(content), fresh.today, fresh.paused), fresh)

    def _sayable(self, area: str, now: datetime) -> Content:
        if (area, now) not in self._barred:
            self._barred[area, now] = barred_numbers(self.content, area, now)
        barred = self._barred[area, now]
        if barred not in self._without:
            self._without[barred] = without(self.content, barred) if barred else self.content
        return self._without[barred]


def _page(content: Content, need: Need, items: tuple[Item, ...], start: int) -> tuple[Message, int]:
    made = page(content, need, items, start, first=start == 0)
    return Message.of(made.text, tuple(item.entry for item in made.items if item.entry)), made.next or 0

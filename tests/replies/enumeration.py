"""Every reply a release can produce, listed: each need at every moment that matters, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import product

from bot.referral.choose import Need
from bot.referral.compose import page
from bot.referral.content import ELSEWHERE, Content
from bot.referral.given import Given, today_in
from bot.referral.items import Item, items_for
from bot.referral.sayable import barred_numbers, without
from tests.replies.moments import Group, Moments, candidates


@dataclass(frozen=True, slots=True)
class Case:
    """How a reply comes about: enough to see it again."""

    need: Need
    now: datetime
    start: int = 0
    first: bool = False
    also: str = ""

    def __str__(self) -> str:
        need = self.need
        told = [need.topic + (f"/{need.facet}" if need.facet else ""), need.area or "place unknown", need.language]
        told += [f"asked for {need.named}"] * bool(need.named) + ["under 18"] * need.minor
        told += ["first reply"] * self.first + [f"page from item {self.start}"] * bool(self.start)
        told += [f"also {self.also}"] * bool(self.also)
        return f"{', '.join(told)}, at {self.now:%Y-%m-%dT%H:%M%z}"


@dataclass(frozen=True, slots=True)
class Chain:
    """A whole answer: its items, and the pages MORE leads through, from a first or a later reply."""

    case: Case
    items: tuple[Item, ...]
    pages: tuple[tuple[str, int], ...]

    @property
    def texts(self) -> list[str]:
        """The replies in the order in which a texter gets them."""
        return [text for text, _ in self.pages]


@dataclass
class Enumeration:
    """The replies of a release about needs, made group by group and kept.

    `replies` maps a text to the simplest case that produced it, `chains` holds every answer once, and `said`
    each thing that is never cut: the sentences about entries, and the paragraphs.
    """

    content: Content
    moments: Moments
    replies: dict[str, Case] = field(default_factory=dict)
    chains: list[Chain] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    _done: set[Group] = field(default_factory=set)
    _seen: set[object] = field(default_factory=set)
    _later: dict[object, tuple[str, int]] = field(default_factory=dict)
    _without: dict[frozenset[str], Content] = field(default_factory=dict)
    _barred: dict[tuple[str, datetime], frozenset[str]] = field(default_factory=dict)
    _days: dict[date, Given] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Content) -> "Enumeration":
        """Prepare the moments; nothing is listed before it is asked for."""
        return cls(content, Moments(content))

    def groups(self) -> list[Group]:
        """List every topic in every place, for itself and asked for by the name of a service; the plain ones first."""
        topics = [slug for slug in self.content.topics if slug != "help"]
        areas = ["", *self.content.line.areas, ELSEWHERE]
        named = [(e.id, s.topic) for e in self.content.entries.values() for s in e.serves]
        plain = [Group(topic, area) for topic, area in product(topics, areas)]
        return plain + [Group(t, area, name) for name, t in dict.fromkeys(named) if t in topics for area in areas]

    def all(self) -> dict[str, Case]:
        """List every reply about a need."""
        for group in self.groups():
            self.of_group(group)
        return self.replies

    def most(self) -> dict[str, Case]:
        """List every reply about a need, but of those asked for by name in one place each, the places in turn."""
        places = len(self.content.line.areas) + 2
        named = (group for group in self.groups() if group.named)
        # One place further with each name, so that every place has its share.
        turns = (group for n, group in enumerate(named) if n % places == n // places % places)
        for group in (*(group for group in self.groups() if not group.named), *turns):
            self.of_group(group)
        return self.replies

    def of_group(self, group: Group) -> dict[str, Case]:
        """List the replies of one group, and give all that are listed so far."""
        if group not in self._done:
            self._done.add(group)
            for need, now in self._needs(group):
                self._answer(need, now)
        return self.replies

    def _needs(self, group: Group) -> Iterator[tuple[Need, datetime]]:
        facets = ("", *self.content.topics[group.topic].facets)
        bare = Need(group.topic, area=group.area, named=group.named)
        moments = self.moments.that_differ(group)
        for facet, language, now in product(facets, self.content.line.languages, moments):
            yield replace(bare, facet=facet, language=language), now

    def _answer(self, need: Need, now: datetime) -> None:
        items = self._items(need, now)
        self.said.update(item.text for item in items)
        self._pages(need, now, items)
        young = replace(need, minor=True)
        # Being under 18 changes what is offered only where some entry is for adults.
        adults = any(e.ages and e.ages[0] >= 18 for e in candidates(self.content, group_of(need)))
        self._pages(young, now, self._items(young, now) if adults else items)

    def _items(self, need: Need, now: datetime) -> tuple[Item, ...]:
        # A release keeps what it worked out for few days, and each group goes through all the years: they are kept
        # here. The release has no pauses, which alone could begin in the middle of one.
        day = today_in(self.content, need.area, now)
        if day not in self._days:
            self._days[day] = Given.at(self.content, need.area, now)
        return items_for(self.content, need, now, given=self._days[day])

    def _pages(self, need: Need, now: datetime, items: tuple[Item, ...]) -> None:
        # Which service was asked for shows in the items alone; of the place only whether it is known.
        shown = replace(need, named="", area="" if need.area == "" else "known")
        said = self._sayable(need.area, now)
        if not items or (shown, items, id(said)) in self._seen:
            return
        self._seen.add((shown, items, id(said)))
        for first in (True, False):
            self._follow(Case(need, now, first=first), items)
        for start in range(1, len(items)):
            self._page(Case(need, now, start), items)
        for also in () if need.named else self._labels(need.language):
            self._page(Case(need, now, first=True, also=also), items)

    def _follow(self, case: Case, items: tuple[Item, ...]) -> None:
        pages = [self._page(case, items)]
        while (following := pages[-1][1]) > 0 and len(pages) <= len(items):
            pages.append(self._page(Case(case.need, case.now, following), items))
        self.chains.append(Chain(case, items, tuple(pages)))

    def _page(self, case: Case, items: tuple[Item, ...]) -> tuple[str, int]:
        """Make a page; return its text and the item MORE begins with, 0 at the end."""
        need = case.need
        said = self._sayable(need.area, case.now)
        key = _rest(need, items[case.start :]), id(said)
        if not case.start or key not in self._later:
            made = page(said, need, items, case.start, first=case.first, also=case.also)
            self.replies.setdefault(made.text, case)
            taken = made.next - case.start if made.next else 0
            if not case.start:
                return made.text, taken
            self._later[key] = made.text, taken
        text, taken = self._later[key]
        return text, case.start + taken if taken else 0

    def _sayable(self, area: str, now: datetime) -> Content:
        if (area, now) not in self._barred:
            self._barred[area, now] = barred_numbers(self.content, area, now) & self.moments.around
        barred = self._barred[area, now]
        if barred not in self._without:
            self._without[barred] = without(self.content, barred) if barred else self.content
        return self._without[barred]

    def _labels(self, language: str) -> tuple[str, ...]:
        """Give the shortest and the longest label: what follows "Or text:" changes how much else fits."""
        labels = sorted((t.label[language] for t in self.content.topics.values()), key=len)
        return labels[0], labels[-1]


def _rest(need: Need, items: tuple[Item, ...]) -> object:
    """Return what a later page depends on: no lead, no notice and no opening stand there."""
    return need.topic, need.area == "", need.language, items


def group_of(need: Need) -> Group:
    """Return the group a need belongs to."""
    return Group(need.topic, need.area, need.named)

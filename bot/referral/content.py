"""What the line says and to whom it refers: one release, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.referral.ages import Ages
from bot.referral.bulletin import NO_BULLETINS, Bulletins, Target
from bot.referral.crowd import Crowd
from bot.referral.day import Day
from bot.referral.entry import Entry, Text
from bot.referral.examples import Learnt
from bot.referral.hours import Schedule
from bot.referral.lexicon import Lexicon
from bot.referral.limits import Limits, Terms
from bot.referral.rules import Rules
from bot.referral.segments import Encoding
from bot.referral.where import Point

#: Wordings per language slug.
Wordings = Mapping[str, tuple[str, ...]]
#: Example texts per language slug, one a line.
Examples = Mapping[str, str]

NATIONAL = "national"
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a topic. place "alone" is a whole reply, "before" and "after" flow around the entries.

    `instead`: what is said when a number in `text` may not be given; without it the paragraph is left out then.
    """

    place: str
    text: Text
    instead: Text = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    checked_on: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A finer need inside a topic: it picks entries and may replace the topic's lead and note."""

    words: Wordings
    lead: Text = field(default_factory=dict)
    #: The lead when a number in the first one may not be given.
    lead_instead: Text = field(default_factory=dict)
    note: Text = field(default_factory=dict)
    examples: Examples = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topic:
    """A need: the wordings that mean it, and what is said around its entries."""

    slug: str
    label: Text
    crisis: bool = False
    local: bool = False
    frank: bool = False
    police: bool = False
    #: Whether a minor hears first that some lines must report (not where it would only frighten: food, ID, work).
    minors: bool = True
    otherwise: str = ""
    #: The topic whose entries are the lawyers to ask when what is said here about the law is past due.
    lawyers: str = "legal"
    lead: Text = field(default_factory=dict)
    note: Text = field(default_factory=dict)
    notice: Text = field(default_factory=dict)
    words: Wordings = field(default_factory=dict)
    hints: Wordings = field(default_factory=dict)
    alone: Wordings = field(default_factory=dict)
    unless: Wordings = field(default_factory=dict)
    examples: Examples = field(default_factory=dict)
    facets: Mapping[str, Facet] = field(default_factory=dict)
    block: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A county served: its ZIPs, the words people use for places in it, and its 211 entry."""

    slug: str
    digit: str
    name: str
    state: str
    timezone: str
    entry_211: str
    zips: frozenset[str]
    places: Wordings
    #: Names that count only when they are (almost) the whole text: "LA" is an article in Spanish.
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Namesake:
    """A place name that exists more than once: the words for a state beside it decide, else `default`."""

    word: str
    default: str
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Command:
    """The wordings of one command: as a whole message, anywhere (`within`), and those that void it (`unless`).

    `language`: the one that a command asks for by its name.
    """

    whole: Wordings = field(default_factory=dict)
    within: Wordings = field(default_factory=dict)
    unless: Wordings = field(default_factory=dict)
    examples: Examples = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Denied:
    """A (number, name) pair that must never be published together; no name = the number under any name."""

    number: str
    why: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Never:
    """Names that may never be listed, and the topic (or entry) that answers for them."""

    names: tuple[str, ...]
    topic: str
    why: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The programme itself: its name, languages (first one is the default), areas and limits."""

    name: str
    languages: tuple[str, ...]
    limits: Limits
    areas: Mapping[str, Area]
    emoji: Mapping[str, str]
    namesakes: tuple[Namesake, ...]
    states: Mapping[str, tuple[str, ...]]
    #: Bare names of states; they count beside a place or alone ("westmont nj", "texas").
    state_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: Terms = field(default_factory=Terms)

    def term(self, entry: Entry) -> timedelta:
        """Return how long a check of an entry stays good."""
        return self.terms.of(entry.kind)


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """One immutable release, held in memory, with everything compiled that answering needs."""

    line: Line
    topics: Mapping[str, Topic]
    entries: Mapping[str, Entry]
    wording: Mapping[str, Mapping[str, str]]
    #: What a language's sentences travel as: one letter beyond GSM-7 and a part holds 67 instead of 153.
    alphabets: Mapping[str, Encoding]
    never: tuple[Never, ...]
    denied: tuple[Denied, ...]
    commands: Mapping[str, Command]
    ages: Ages
    schedules: Mapping[str, Schedule]
    days: Mapping[str, tuple[str, ...]]
    #: (topic, area or "national") → the published entries that serve it there.
    serving: Mapping[tuple[str, str], tuple[Entry, ...]]
    lexicon: Lexicon
    rules: Rules
    #: Every published number as it is printed → the entries it belongs to.
    printed: Mapping[str, tuple[Entry, ...]]
    learnt: Learnt
    #: Every published number that a sentence of the line, a lead or a note names, as printed, but 911, 988 and 211.
    named: tuple[str, ...] = ()
    #: One entry for each of those numbers, by its id: while all their numbers may be given, so may those.
    named_of: tuple[str, ...] = ()
    #: The middle of each ZIP code of our areas, where the release knows it.
    middles: Mapping[str, Point] = field(default_factory=dict)
    #: Of the keys of `serving` those with very many entries, sorted so that nobody has to look at all of them.
    crowds: Mapping[tuple[str, str], Crowd] = field(default_factory=dict)
    #: What staff said since the release. Their checks are in the entries already: with_bulletins puts both in.
    bulletins: Bulletins = NO_BULLETINS
    #: What holds on a day while these are paused: filled and emptied by `given`, anew for each release.
    by_day: dict[tuple[date, frozenset[Target]], Day] = field(default_factory=dict, init=False, compare=False)

    def __repr__(self) -> str:
        """Say how much it is: a release written out has ten million characters."""
        return f"<Content: {len(self.topics)} topics, {len(self.entries)} entries>"

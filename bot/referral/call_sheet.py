"""What stands on a call sheet: for each number what is known, what to ask, and room to write."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.referral.check import Check, How, Result
from bot.referral.content import NATIONAL, Content
from bot.referral.entry import Entry, Phone, Policy, Way
from bot.referral.hours import describe
from bot.referral.moments import day_said, place_of, zone_for
from bot.referral.standing import Standing
from bot.referral.trying import NOT_TO_BE_TRIED, is_tried

#: What to mind before somebody dials.
_MIND = {
    "911": "Do NOT dial 911 to test it. Ask your police department's non-emergency number whether 911 works by call"
    " and by text here, or look at its page (how: official page).",
    "988": "Do not hold up a counsellor: hang up once the greeting says who they are; read their page for the rest.",
}
RESULTS = tuple(Result)
HOW = (How.CALLED, How.TEXTED, How.VISITED, How.OFFICIAL_PAGE)
_POLICIES = ("never", "if law requires", "if danger", "works with them", "would not say")
_LANGUAGES = {"en": "English", "es": "Spanish", "*": "interpreters"}
_WAYS = {Way.CALL: "call", Way.TEXT: "text", Way.TTY: "TTY", Way.VIDEO: "video phone"}
INTRODUCTION = (
    "Say who you are: “I help with a free text line that gives your number to people who may need you. May I check"
    " that what we tell them is right?” A crisis line may be needed this minute: be brief, ask when to call again.",
    "Tick what they say; where it differs, write it down. Nothing about callers, and no name of whom you spoke to.",
    "A line that nobody answers: try once more on another day before you tick “no answer”.",
    "Afterwards record each number, or the line knows nothing of it: at the staff door under Checks, or with"
    "  quietline checks record ENTRY --phone NUMBER --how called --result ok --by AB",
)
WARNING = "Names stand here in full. Print it on a printer of your own, leave it nowhere, shred it afterwards."


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, what is on record, and the answers to tick."""

    asked: str
    known: str = ""
    answers: tuple[str, ...] = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Block:
    """One number: whose it is, how it is reached, what is known, what to mind, what to ask."""

    name: str
    entry: str
    number: str
    reached: str
    known: str
    mind: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A call sheet: its blocks under the places they are for."""

    line: str
    day: date
    sections: tuple[tuple[str, tuple[Block, ...]], ...]

    @property
    def size(self) -> int:
        """Count the numbers on it."""
        return sum(len(blocks) for _, blocks in self.sections)


def sheet(content: Content, standings: Iterable[Standing], today: date) -> Sheet:
    """Return the sheet for some numbers: national ones first, then area by area, in the order of the files."""
    wanted: dict[str, list[Standing]] = {}
    for standing in standings:
        wanted.setdefault(standing.entry.id, []).append(standing)
    places = {
        NATIONAL: "Everywhere",
        **{area.slug: f"{area.name}, {area.state}" for area in content.line.areas.values()},
    }
    sections = []
    for area in dict.fromkeys((*places, *(entry.area for entry in content.entries.values()))):
        here = [entry for entry in content.entries.values() if entry.area == area and entry.id in wanted]
        blocks = tuple(_block(content, one) for entry in here for one in _in_order(entry, wanted[entry.id]))
        if blocks:
            sections.append((places.get(area, area), blocks))
    return Sheet(content.line.name, today, tuple(sections))


def _in_order(entry: Entry, wanted: Sequence[Standing]) -> list[Standing]:
    places = {phone.number: place for place, phone in enumerate(entry.phone)}
    return sorted(wanted, key=lambda one: places[one.phone.number] if one.phone else -1)


def _block(content: Content, standing: Standing) -> Block:
    entry, phone = standing.entry, standing.phone
    alike = [other for other in entry.phone if phone and other.number == phone.number and other.publish]
    return Block(
        name=entry.name,
        entry=entry.id,
        number=phone.printed if phone else entry.link,
        reached=", ".join(filter(None, (_ways(content, alike), _purpose(content, alike)))) if phone else "its page",
        known=_known(standing),
        mind=tuple(_mind(standing)),
        questions=tuple(_questions(content, entry, alike)),
    )


def _ways(content: Content, phones: Sequence[Phone]) -> str:
    first = content.line.languages[0]
    found = []
    for phone in phones:
        word = phone.keyword.get(first, "")
        found += [f"{_WAYS[way]} {word!r} to it" if way is Way.TEXT and word else _WAYS[way] for way in phone.ways]
    return " or ".join(dict.fromkeys(found))


def _purpose(content: Content, phones: Sequence[Phone]) -> str:
    return "; ".join(dict.fromkeys(filter(None, (p.purpose.get(content.line.languages[0], "") for p in phones))))


def _known(standing: Standing) -> str:
    last = "never checked" if standing.last is None else f"last check {check_said(standing.last)}"
    return last if is_tried(standing) else f"{last}; never tried"


def check_said(check: Check, *, with_note: bool = False) -> str:
    """Write a check for staff: "Sat 21 Nov 2026, called: no answer (AB)"."""
    result = "" if check.result == "ok" else f": {check.result}"
    note = f", {check.note!r}" if with_note and check.note else ""
    return f"{day_said(check.on)}, {check.how}{result}" + (f" ({check.by})" if check.by else "") + note


def _mind(standing: Standing) -> Iterator[str]:
    number = standing.phone.number if standing.phone else ""
    if number in _MIND:
        yield _MIND[number]
    if standing.asked is not None:
        yield f"Texters say that this does not work (since {day_said(standing.asked)})."
    yield from (f"Not put right yet: {check_said(check)}." for check in standing.failed)


def _questions(content: Content, entry: Entry, phones: Sequence[Phone]) -> Iterator[Question]:
    if not phones:
        yield Question("Is this still their page?")
        yield Question("Does it still say that they are open?")
        return
    yield Question("Is that who answers?")
    if {way for phone in phones for way in phone.ways} <= {Way.TTY, Way.VIDEO}:
        return  # the rest is asked on the number for hearing callers
    yield Question("Your hours?", _hours(content, entry, phones), ("right", "now:"))
    if entry.is_police or phones[0].number in NOT_TO_BE_TRIED:
        return
    yield Question("Open to new people?")
    spoken = [_LANGUAGES.get(code, code) for code in dict.fromkeys(c for p in phones for c in p.languages)]
    yield Question("Spanish spoken?", ", ".join(spoken), ("yes", "interpreter", "no"))
    yield Question("Do you tell police, unasked?", _policy(entry.police), _POLICIES)
    yield Question("And of somebody under 18?", _policy(entry.minors), _POLICIES)


def _policy(policy: Policy) -> str:
    return "" if policy is Policy.UNKNOWN else policy


def _hours(content: Content, entry: Entry, phones: Sequence[Phone]) -> str:
    names, found = content.days[content.line.languages[0]], []
    for phone in phones:
        schedule = content.schedules.get(phone.hours)
        if schedule is not None:
            found.append(f"{describe(schedule, names, closed='closed', holidays='holidays')}")
            if not schedule.always:
                found[-1] += f" ({place_of(zone_for(content, entry, phone))} time)"
    return "; ".join(dict.fromkeys(found))

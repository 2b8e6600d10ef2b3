"""What is wrong with the entries of a release: numbers, names, and what they say they serve."""

import re
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.referral.content import NATIONAL, Content
from bot.referral.entry import Entry, Kind, Phone, Serves, Way
from bot.referral.lint_digits import said_of_entry
from bot.referral.problem import Problem
from bot.referral.rules import manners, spelling
from bot.referral.season import season_fault

_NANP = re.compile(r"\+1[2-9]\d\d[2-9]\d{6}")
_SHORT = re.compile(r"\d{3}|\d{5,6}")
#: What a texter sees of an entry besides its number.
_SHORT_NAME_MOST, _NOTE_MOST = 26, 60


def lint(content: Content) -> Iterator[Problem]:
    """List what is wrong with entries, each with its file and id."""
    for entry in content.entries.values():
        file, at = f"entries/{entry.area}.toml", f"entry[{entry.id}]"
        for path, fault in _entry(content, entry):
            yield Problem(file, f"{at}.{path}", fault)
        for place, phone in enumerate(entry.phone):
            for fault in _phone(content, entry, phone):
                yield Problem(file, f"{at}.phone[{place}]", fault)
    yield from _leaders(content)
    for area in content.line.areas.values():
        if not is_zone(area.timezone):
            yield Problem("line.toml", f"areas.{area.slug}.timezone", f"no time zone {area.timezone!r}")


def is_zone(name: str) -> bool:
    """Say whether a time zone of that name exists."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _entry(content: Content, entry: Entry) -> Iterator[tuple[str, str]]:
    published = any(p.publish for p in entry.phone)
    if entry.status == "check-first" and published:
        yield "phone", "is published, though the entry is to be checked first"
    if entry.status == "publish" and not published and not entry.link:
        yield "phone", "has no published number and no link"
    yield from _proof(entry)
    if fault := season_fault(entry.season):
        yield "season", fault
    elif entry.season and entry.keep:
        yield "season", "stands beside keep: what is always given has no season"
    for fault in (*spelling(entry.link), *manners(content.rules, entry.link)):
        yield "link", fault
    if entry.link and published:
        yield "link", "stands beside a published number; numbers are enough"
    for path, fault in _texts(content, entry):
        yield path, fault
    for serves in entry.serves:
        for fault in _serves(content, serves):
            yield "serves", fault


def _proof(entry: Entry) -> Iterator[tuple[str, str]]:
    for path, checks in (
        ("checks", entry.checks),
        *((f"phone[{n}].checks", p.checks) for n, p in enumerate(entry.phone)),
    ):
        if any(one.on > following.on for one, following in pairwise(checks)):
            yield path, "are not in the order of their days: what was found last stands last"
    if entry.status != "publish":
        return
    given = [p for p in entry.phone if p.publish]
    if not entry.evidence and not (given and all(p.evidence for p in given)):
        yield "evidence", "is missing: no number without a source and a check"
    if not entry.checks and not (given and all(p.checks for p in given)):
        yield "checks", "are missing: no number without a source and a check"


def _leaders(content: Content) -> Iterator[Problem]:
    for topic in content.topics.values():
        for area in (NATIONAL, *content.line.areas) if topic.crisis else ():
            there = [e for where in {NATIONAL, area} for e in content.serving.get((topic.slug, where), ())]
            ranked = [(s.rank, e.id) for e in there for s in e.all_serves() if s.topic == topic.slug and not s.facets]
            leader = content.entries[min(ranked)[1]] if ranked else None
            if leader is not None and leader.kind is not Kind.CRISIS_LINE:
                at = f"entry[{leader.id}].kind"
                yield Problem(f"entries/{leader.area}.toml", at, f"leads {topic.slug}: it must be a crisis line")


def _texts(content: Content, entry: Entry) -> Iterator[tuple[str, str]]:
    for path, texts, most in (
        ("short", entry.short, _SHORT_NAME_MOST),
        ("who", entry.who, 40),
        ("note", entry.note, _NOTE_MOST),
    ):
        for language in content.line.languages if texts or path == "short" else ():
            text = texts.get(language, "")
            faults = [*spelling(text), *manners(content.rules, text)] if text else ["is missing"]
            faults += said_of_entry(content, text)
            if len(text) > most:
                faults.append(f"has {len(text)} septets, more than {most}")
            # Police must be called police. A note stands late in a reply, and replies are linted whole.
            if path == "short" and not entry.is_police and (word := content.rules.sensitive.first(text)):
                faults.append(f"shows {word!r}; a texter's phone may be read")
            for fault in faults:
                yield f"{path}.{language}", fault


def _serves(content: Content, serves: Serves) -> Iterator[str]:
    topic = content.topics.get(serves.topic)
    if topic is None:
        yield f"no topic {serves.topic!r}"
        return
    for facet in serves.facets:
        if facet not in topic.facets:
            yield f"no facet {facet!r} in {serves.topic}"


def _phone(content: Content, entry: Entry, phone: Phone) -> Iterator[str]:
    if not _NANP.fullmatch(phone.number) and not _SHORT.fullmatch(phone.number):
        yield f"{phone.number!r} is no number of +1 and ten digits, and no short code"
    if phone.timezone and not is_zone(phone.timezone):
        yield f"no time zone {phone.timezone!r}"
    yield from _purpose(content, phone)
    if not phone.ways:
        yield "has no ways (call, text, tty, video)"
    if (
        len(phone.number) >= 5
        and phone.number.isdigit()
        and Way.TEXT in phone.ways
        and phone.publish
        and not phone.keyword
    ):
        yield "is a short code without the word to send"
    for serves in phone.serves or ():
        yield from _serves(content, serves)


def _purpose(content: Content, phone: Phone) -> Iterator[str]:
    for language, text in phone.purpose.items():
        faults = (*spelling(text), *manners(content.rules, text), *said_of_entry(content, text))
        yield from (f"purpose.{language} {fault}" for fault in faults)

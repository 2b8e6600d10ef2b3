"""What is wrong with the entries of a release: numbers, names, and what they say they serve."""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.referral.content import Content
from bot.referral.entry import Entry, Phone, Serves, Way
from bot.referral.normalise import words_of
from bot.referral.problem import Problem
from bot.referral.rules import manners, spelling

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
    yield from _never(content)
    for area in content.line.areas.values():
        if area.entry_211 not in content.entries:
            yield Problem("line.toml", f"areas.{area.slug}.entry_211", f"no entry {area.entry_211!r}")
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
    if entry.status == "publish" and (not entry.evidence or not entry.checks):
        yield "evidence", "is missing: no number without a source and a check"
    for fault in (*spelling(entry.link), *manners(content.rules, entry.link)):
        yield "link", fault
    if entry.link and published:
        yield "link", "stands beside a published number; numbers are enough"
    for path, fault in _texts(content, entry):
        yield path, fault
    for serves in entry.serves:
        for fault in _serves(content, serves):
            yield "serves", fault


def _texts(content: Content, entry: Entry) -> Iterator[tuple[str, str]]:
    for path, texts, most in (
        ("short", entry.short, _SHORT_NAME_MOST),
        ("who", entry.who, 40),
        ("note", entry.note, _NOTE_MOST),
    ):
        for language in content.line.languages if texts or path == "short" else ():
            text = texts.get(language, "")
            faults = [*spelling(text), *manners(content.rules, text)] if text else ["is missing"]
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
    if not phone.publish:
        return
    folded = " ".join(words_of(entry.name))
    for denied in content.denied:
        same_name = not denied.name or " ".join(words_of(denied.name)) in folded
        if _digits(denied.number) == _digits(phone.number) and same_name:
            yield f"{phone.number} must not be listed: {denied.why}"


def _purpose(content: Content, phone: Phone) -> Iterator[str]:
    for language, text in phone.purpose.items():
        yield from (f"purpose.{language} {fault}" for fault in (*spelling(text), *manners(content.rules, text)))


def _never(content: Content) -> Iterator[Problem]:
    names = {" ".join(words_of(n)): n for never in content.never for n in never.names}
    for entry in content.entries.values():
        if " ".join(words_of(entry.name)) in names:
            yield Problem(f"entries/{entry.area}.toml", f"entry[{entry.id}].name", "is a name that may never be listed")
    for never in content.never:
        if never.topic not in content.topics:
            yield Problem("denied.toml", f"never.{never.names[0] if never.names else ''}", f"no topic {never.topic!r}")
        if never.entry and never.entry not in content.entries:
            yield Problem("denied.toml", f"never.{never.names[0]}", f"no entry {never.entry!r}")


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number).removeprefix("1")[-10:]

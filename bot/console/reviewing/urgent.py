"""What cannot wait for a second person: finding the number that is wrong, and what taking it away would change."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.console.desk import Desk, Member
from bot.console.wording import say
from bot.referral.booklet.moments import Moment, When
from bot.referral.booklet.replies import Place, Reply, replies_at
from bot.referral.bulletin import Banner, Pause, Why
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone, Status
from bot.referral.given import Given, unheeded
from bot.referral.moments import said, zone_for
from bot.storage import audit, bulletins
from bot.storage.audit import Act
from bot.storage.said import Row, Said, UnreadableRowError, said_in

#: So many entries are listed, and so many messages shown.
MOST, _SHOWN = 40, 3
_MENU = "help"
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that was looked for. `given`: the numbers that texters get now."""

    entry: Entry
    area: str
    given: tuple[str, ...]


def search(content: Content, words: str, now: datetime) -> list[Match]:
    """Return the entries of which every word, or a number, is among the words; those whose name begins so first."""
    wanted, digits = words.lower().split(), re.sub(r"\D", "", words).removeprefix("1")
    if not wanted:
        return []
    found = [e for e in content.entries.values() if _has_number(e, digits) or all(w in _words_of(e) for w in wanted)]
    found.sort(key=lambda e: (not e.name.lower().startswith(wanted[0]), e.area, e.name.lower()))
    return [match(content, entry, now) for entry in found[:MOST]]


def match(content: Content, entry: Entry, now: datetime) -> Match:
    """Return an entry with what texters get of it now."""
    phones = Given.at(content, entry.area, now).phones(entry)
    area = content.line.areas.get(entry.area)
    return Match(entry, area.name if area else say("everywhere"), tuple(dict.fromkeys(p.printed for p in phones)))


def still_given(content: Content, pause: Pause, now: datetime) -> tuple[str, ...]:
    """Return the numbers, as printed, that would go on being given in spite of a pause that is not said yet."""
    told = replace(content.bulletins, pauses=(*content.bulletins.pauses, pause))
    return unheeded(replace(content, bulletins=told), pause, now)


def pauses_on(content: Content, now: datetime, entry: str = "") -> list[Pause]:
    """Return the pauses that are on, or those of one entry."""
    on = [one for one in content.bulletins.pauses if one.until is None or now < one.until]
    return [one for one in on if entry in ("", one.entry)]


def said_by(rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    """Return who said a pause last, by entry and number; and a banner, by "" and its name."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row.kind == "pause":
            found[row.entry, row.phone] = row
        elif row.kind == "banner":
            found["", _banner_of(row)] = row
    return found


def texters_get(content: Content, entry: Entry, now: datetime) -> list[Reply]:
    """Return what somebody gets at this moment who asks for what an entry is for: a few replies, in every language."""
    topics = [one for one in dict.fromkeys(serves.topic for serves in entry.all_serves()) if one != _MENU]
    area = entry.area if entry.area in content.line.areas else next(iter(content.line.areas))
    places = [Place(topic, "", area, lang) for topic in topics[:_SHOWN] for lang in content.line.languages]
    return [*replies_at(content, (one for one in places if one.topic in content.topics), Moment(now, When.NOW))]


def with_banner(content: Content, banner: Banner, now: datetime) -> list[Reply]:
    """Return what somebody would get whom a banner is for: its text has its numbers filled in."""
    told = replace(content.bulletins, banners=(*content.bulletins.banners, banner))
    topic = next(iter(banner.topics), "") or next(slug for slug in content.topics if slug != _MENU)
    area = next((one for one in banner.areas if one in content.line.areas), next(iter(content.line.areas)))
    places = [Place(topic, "", area, language) for language in content.line.languages]
    return [*replies_at(replace(content, bulletins=told), places, Moment(now, When.NOW))]


def without_number(table: Table, number: str) -> dict[str, Any]:
    """Return the table of an entry that gives a number no more, or none at all ("" = the whole entry)."""
    phones = [
        {**phone, "publish": False} if phone.get("publish") and number in ("", phone["number"]) else phone
        for phone in table.get("phone", ())
    ]
    made = {**table, "phone": phones} if phones else dict(table)
    if not any(phone.get("publish") for phone in phones):
        made["status"] = Status.CHECK_FIRST.value
    return made


def with_hours(table: Table, number: str, hours: str) -> dict[str, Any]:
    """Return the table of an entry with other hours for a number."""
    phones = [{**one, "hours": hours} if one["number"] == number else one for one in table["phone"]]
    return {**table, "phone": phones}


def tell(the_desk: Desk, member: Member, words: Said, *, act: Act, about: str, detail: Mapping[str, str]) -> int:
    """Tell every line something at once, and write it down. Raises DatabaseError."""
    content, now = the_desk.shelf.in_use().content, the_desk.now
    entry = content.entries.get(getattr(words, "entry", ""))
    day = now.astimezone(zone_for(content, entry)).date()
    number = bulletins.add(the_desk.database, words, day=day, by=member.initials)
    audit.write(the_desk.database, act, by=member.name, about=about, detail=dict(detail), now=now)
    the_desk.shelf.look()
    return number


def named(entry: str, number: str) -> str:
    """Return how the audit names an entry, or one of its numbers."""
    return f"{entry} {number}".rstrip()


def until_said(content: Content, pause: Pause) -> str:
    """Say until when a pause lasts."""
    if pause.until is None:
        return say("until somebody lifts it")
    return say("until {when}", when=said(pause.until, zone_for(content, content.entries.get(pause.entry))))


def why_said(why: Why) -> str:
    """Say why something is paused."""
    told = {
        Why.FULL: say("they are full"),
        Why.CLOSED: say("closed for now"),
        Why.OUTAGE: say("their phone is out of order"),
        Why.WITHDRAWN: say("wrong or closed for good"),
    }
    return told[why]


def phone_of(entry: Entry, number: str) -> Phone | None:
    """Return a number of an entry as the release writes it, None when it has no such number."""
    return next((one for one in entry.phone if one.number == number), None)


def _banner_of(row: Row) -> str:
    try:
        return getattr(said_in(row), "slug", "")
    except UnreadableRowError:
        return ""


def _has_number(entry: Entry, digits: str) -> bool:
    return len(digits) >= 3 and any(digits in re.sub(r"\D", "", phone.number) for phone in entry.phone)


def _words_of(entry: Entry) -> str:
    return " ".join((entry.id, entry.name, *entry.short.values(), *entry.aliases)).lower()

"""Entries and services of every shape, for hypothesis."""

import os
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.directory.hsds import ENTITIES
from bot.directory.model import Entity
from bot.directory.service import Doc, canonical
from bot.directory.shaping.mending.blank import says_nothing
from bot.directory.writing.table import table_of
from bot.referral.check import Check, How, Result
from bot.referral.content import Content
from bot.referral.entry import Entry, Kind, Phone, Policy, Serves, Source, Status, Way
from bot.referral.where import Point

#: How many entries are made.
EXAMPLES = 10_000 if os.environ.get("THOROUGH") == "1" else 60

_HOURS = (
    "",
    "24/7",
    "Mo-Fr 09:00-17:00",
    "Mo-Fr 08:00-12:00,13:30-16:00; Sa 20:00-02:00; PH off",
    "off",
    "Mo 00:00-23:59",
)
_HARD = (
    "Bed & Bath",
    '"quoted"',
    "comma, and more",
    "two\nlines",
    "=1+1",
    "N/A, or so",
    "null and void",
    "né à Ñandú",
    "- -",
    "<b>",
    "🏠",
)
#: What staff write: no blank at an end, never nothing, nor a word for it, which is read as nothing on its way in.
texts = st.sampled_from(_HARD) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30
).filter(lambda text: text == text.strip() and not says_nothing(text))
spoken = st.dictionaries(st.sampled_from(("en", "es", "zh")), texts, max_size=3)
slugs = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
checks = st.builds(Check, days, st.sampled_from(How), texts, st.sampled_from(Result), texts)
serves = st.builds(
    Serves, st.sampled_from(("shelter", "food", "legal")), st.integers(1, 999), st.lists(slugs, max_size=2).map(tuple)
)
numbers = st.sampled_from(("911", "88788", "741741", "+18007997233", "+13125550142", "+525512345678")) | st.integers(
    2_002_000_000, 9_899_999_999
).map(lambda number: f"+1{number}")


def some(inner: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """Make a few of something."""
    return st.lists(inner, max_size=most).map(tuple)


phones = st.builds(
    Phone,
    number=numbers,
    ways=st.lists(st.sampled_from(Way), min_size=1, max_size=4, unique=True).map(tuple),
    keyword=spoken,
    hours=st.sampled_from(_HOURS),
    timezone=st.sampled_from(("", "America/Chicago")),
    languages=st.lists(st.sampled_from(("en", "es", "*", "hmn", "xx")), max_size=4, unique=True).map(tuple),
    purpose=spoken,
    publish=st.booleans(),
    serves=st.none() | some(serves, 2),
    source=st.none() | st.sampled_from(Source),
    evidence=some(texts, 2),
    checks=some(checks, 2),
)


def entries(areas: tuple[str, ...] = ("national", "westlake", "westmont")) -> st.SearchStrategy[Entry]:
    """Make published entries of every shape."""
    ages = st.just(()) | st.tuples(st.integers(0, 30), st.integers(31, 99))
    return st.builds(
        Entry,
        id=slugs,
        name=texts,
        short=spoken.filter(bool),
        area=st.sampled_from(areas),
        status=st.just(Status.PUBLISH),
        source=st.sampled_from(Source),
        serves=some(serves),
        phone=some(phones, 4),
        aliases=some(texts),
        who=spoken,
        ages=ages,
        police=st.sampled_from(Policy),
        minors=st.sampled_from(Policy),
        is_police=st.booleans(),
        keep=st.booleans(),
        note=spoken,
        link=st.sampled_from(("", "caase.org", "la-hop.org/beds?a=1", "no site")),
        evidence=some(texts),
        checks=some(checks),
        kind=st.sampled_from(Kind),
        season=st.sampled_from(("", "11-15/03-31")),
        place=st.none() | st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)),
        radius_miles=st.none() | st.integers(1, 100),
    )


def exported(entry: Entry) -> dict[str, Any]:
    """Return the table that an export has to give back: no checks, and no number that is not published."""
    bare = replace(entry, checks=(), phone=tuple(replace(p, checks=()) for p in entry.phone if p.publish))
    return table_of(bare)


def checked_on(content: Content, entry: Entry, *checks: Check) -> Entry:
    """Return an entry with these checks only."""
    return replace(entry, checks=checks, phone=tuple(replace(phone, checks=()) for phone in entry.phone))


_junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
_keys = st.text(min_size=1, max_size=6) | st.sampled_from(
    ("x/y", "~", "a~1b", "services", "attributes", "id#1", "phones")
)
_values = _junk | st.sampled_from(
    ("", "007", "www.example.com", "last tuesday", "9:00am", "09:00", "not-a-uuid", 1e300)
)


@st.composite
def odd_services(draw: st.DrawFn, example: Doc) -> Doc:
    """Make canonical services as other people's files have them: fields nobody knows, wrong, missing and doubled."""
    doc = deepcopy(example)
    objects = list(_objects(doc, ENTITIES["service"]))
    for _ in range(draw(st.integers(1, 6))):
        kind, found = draw(st.sampled_from(objects))
        action = draw(st.sampled_from(("unknown", "wrong", "missing")))
        name = draw(_keys if action == "unknown" else st.sampled_from([f.name for f in kind.fields]))
        if (found is doc and name in ("id", "name", "status")) or name in kind.inside:
            continue
        if action == "missing":
            found.pop(name, None)
        else:
            found[name] = draw(_values)
    if draw(st.booleans()):
        doc["phones"] = [*doc["phones"], deepcopy(doc["phones"][0]) | {"description": "the same id"}]
    # Twice, because services of an organization that are no list come out of the first round as an empty one.
    return canonical(canonical(doc))


def _objects(doc: Doc, kind: Entity) -> Any:
    yield kind, doc
    for child in kind.children:
        inside = doc.get(child.key, ())
        for one in inside if child.many else (inside,) if inside else ():
            yield from _objects(one, ENTITIES[child.entity])


def long_ago(day: date, days_before: int) -> date:
    """Return the day so many days before."""
    return day - timedelta(days=days_before)

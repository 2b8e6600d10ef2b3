"""Read a release document into Content, naming every problem at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.referral import hours, wordings
from bot.referral.content import (
    NATIONAL,
    Area,
    Command,
    Content,
    Denied,
    Limits,
    Line,
    Namesake,
    Never,
    Topic,
)
from bot.referral.entry import Entry
from bot.referral.lexicon import Lexicon
from bot.referral.problem import ContentError, Problem
from bot.referral.reader import Document, Reader, filled
from bot.referral.rules import RuleFile, Rules


@dataclass(frozen=True, slots=True)
class _AreaFile:
    """An area as line.toml writes it."""

    slug: str
    digit: str
    name: str
    state: str
    timezone: str
    entry_211: str
    zips: tuple[str, ...]
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _LineFile:
    """line.toml."""

    name: str
    languages: tuple[str, ...]
    limits: Limits
    areas: tuple[_AreaFile, ...]
    emoji: Mapping[str, str] = field(default_factory=dict)
    namesakes: tuple[Namesake, ...] = ()
    states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entries:
    """entries/<area>.toml."""

    entry: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class _DeniedFile:
    """denied.toml."""

    pair: tuple[Denied, ...] = ()
    number: tuple[Denied, ...] = ()
    never: tuple[Never, ...] = ()


def parse(document: Document) -> Content:
    """Read a release document. Raises ContentError whose `problems` name every fault (file, key path, what)."""
    reader = Reader(document)
    line = reader.table("line.toml", _LineFile)
    entries = _entries(reader)
    read = Reader({f: filled(reader, f, raw, entries) for f, raw in document.items()})
    read.problems = reader.problems
    topics = _topics(read)
    commands = {name: read.table("commands.toml", Command, raw, name) for name, raw in _tables(read, "commands.toml")}
    denied = read.table("denied.toml", _DeniedFile)
    rules = read.table("rules.toml", RuleFile)
    tongues = {stem: read.table(f, wordings.WordsFile) for f, stem in read.files("words")}
    spoken = _wording(read)
    schedules = _schedules(read, entries)
    read.stop_on_problems()
    if line is None or denied is None or rules is None:
        raise ContentError((Problem("line.toml", "", "is missing"),))
    words = {language: t for language, t in tongues.items() if t is not None}
    sources = wordings.Sources(topics, commands_of(commands), entries, denied.never, line_of(line), line.elsewhere)
    patterns = wordings.compile_all(sources, words, read.problems)
    read.stop_on_problems()
    return Content(
        line=line_of(line),
        topics=topics,
        entries=entries,
        wording=spoken.texts,
        never=denied.never,
        denied=(*denied.pair, *denied.number),
        commands=commands_of(commands),
        ages=wordings.ages(words),
        schedules=schedules,
        days=spoken.days,
        lexicon=Lexicon(patterns, {language: t.tongue() for language, t in words.items()}),
        rules=Rules.of(rules),
        printed=frozenset(p.printed for e in entries.values() for p in e.phone if p.publish),
    )


def commands_of(found: Mapping[str, Command | None]) -> dict[str, Command]:
    """Keep the commands that could be read."""
    return {name: command for name, command in found.items() if command is not None}


def line_of(raw: _LineFile) -> Line:
    """Turn line.toml into the Line the core uses."""
    areas = {
        a.slug: Area(a.slug, a.digit, a.name, a.state, a.timezone, a.entry_211, frozenset(a.zips), a.places)
        for a in raw.areas
    }
    return Line(raw.name, raw.languages, raw.limits, areas, raw.emoji, raw.namesakes, raw.states)


def _tables(reader: Reader, file: str) -> Iterable[tuple[str, Any]]:
    if file not in reader.document:
        reader.problems.append(Problem(file, "", "is missing"))
    return reader.document.get(file, {}).items()


def _entries(reader: Reader) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for file, area in reader.files("entries"):
        table = reader.table(file, _Entries)
        for place, raw in enumerate(table.entry if table else ()):
            entry = reader.table(file, Entry, {**raw, "area": area}, f"entry[{raw.get('id', place)}]")
            if entry is None:
                continue
            if entry.id in found:
                reader.problems.append(Problem(file, f"entry[{entry.id}]", f"is in {found[entry.id].area} too"))
            found[entry.id] = entry
    if not any(e.area == NATIONAL for e in found.values()):
        reader.problems.append(Problem("entries/national.toml", "", "holds no entry"))
    return found


def _topics(reader: Reader) -> dict[str, Topic]:
    found: dict[str, Topic] = {}
    for file, stem in reader.files("topics"):
        raw = dict(reader.document[file])
        facets = raw.get("facets", {})
        if isinstance(facets, Mapping):
            raw["facets"] = {slug: _facet(facet) for slug, facet in facets.items()}
        topic = reader.table(file, Topic, raw)
        if topic is not None and topic.slug != stem:
            reader.problems.append(Problem(file, "slug", f"should be {stem!r}, like the file"))
        if topic is not None:
            found[stem] = topic
    return found


def _facet(raw: Any) -> Any:
    # Inside a facet every key but lead and note is a language with its wordings.
    if not isinstance(raw, Mapping):
        return raw
    own = {key: raw[key] for key in ("lead", "note") if key in raw}
    return {**own, "words": {key: value for key, value in raw.items() if key not in own}}


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The wording files: sentences and names of days per language."""

    texts: dict[str, dict[str, str]]
    days: dict[str, tuple[str, ...]]


def _wording(reader: Reader) -> _Spoken:
    texts: dict[str, dict[str, str]] = {}
    days: dict[str, tuple[str, ...]] = {}
    for file, language in reader.files("wording"):
        raw = dict(reader.document[file])
        named = raw.pop("days", ())
        days[language] = tuple(map(str, named))
        if len(days[language]) != 7:
            reader.problems.append(Problem(file, "days", "should be seven names, Monday first"))
        texts[language] = {}
        for key, value in raw.items():
            if isinstance(value, str):
                texts[language][key] = value
            else:
                reader.problems.append(Problem(file, key, f"should be text, is {value!r}"))
    return _Spoken(texts, days)


def _schedules(reader: Reader, entries: Mapping[str, Entry]) -> dict[str, hours.Schedule]:
    found: dict[str, hours.Schedule] = {}
    for entry in entries.values():
        for phone in entry.phone:
            if phone.hours and phone.hours not in found:
                try:
                    found[phone.hours] = hours.parse(phone.hours)
                except hours.HoursError as error:
                    file = f"entries/{entry.area}.toml"
                    reader.problems.append(Problem(file, f"entry[{entry.id}].phone.hours", str(error)))
    return found

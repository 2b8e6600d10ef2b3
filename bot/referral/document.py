"""Read a release document into Content, naming every problem at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bot.referral import hours, wordings
from bot.referral.content import NATIONAL, Command, Content, Topic
from bot.referral.crowd import Crowd
from bot.referral.entry import Entry
from bot.referral.lane import Leads
from bot.referral.learnt import learnt, without_examples
from bot.referral.lexicon import Lexicon
from bot.referral.problem import ContentError, Problem
from bot.referral.reader import Document, Reader, filled
from bot.referral.rules import RuleFile, Rules
from bot.referral.sayable import named
from bot.referral.spoken import Spoken, alphabets, spoken
from bot.referral.tables import DeniedFile, EntriesFile, LineFile, ZipsFile
from bot.referral.where import Point, points

T = TypeVar("T")


def parse(document: Document) -> Content:
    """Read a release document. Raises ContentError whose `problems` name every fault (file, key path, what)."""
    first = Reader(document)
    entries = _entries(first)
    reader = Reader({file: filled(first, file, raw, entries) for file, raw in document.items()})
    reader.problems = first.problems
    files = _files(reader, entries)
    reader.stop_on_problems()
    content = indexed(_content(files, entries, reader), _middles(reader))
    reader.stop_on_problems()
    return content


def _content(files: "_Files", entries: dict[str, Entry], reader: Reader) -> Content:
    if not (files.line and files.denied and files.rules):
        raise ContentError(tuple(reader.problems))
    words, commands = _there(files.words), _there(files.commands)
    line = files.line.line()
    sources = wordings.Sources(files.topics, commands, entries, files.denied.never, line, files.line.elsewhere)
    lexicon = Lexicon(wordings.compile_all(sources, words, reader.problems), wordings.tongues(words))
    return Content(
        line=line,
        topics=without_examples(files.topics),
        entries=entries,
        wording=files.spoken.texts,
        alphabets=alphabets(files.spoken.texts),
        never=files.denied.never,
        denied=(*files.denied.pair, *files.denied.number),
        commands=commands,
        ages=wordings.ages(words),
        schedules=files.schedules,
        days=files.spoken.days,
        serving=serving_of(entries.values()),
        lexicon=lexicon,
        rules=Rules.of(files.rules),
        printed=printed_of(entries.values()),
        learnt=learnt(reader, files.topics, commands, lexicon.need_fillers),
    )


def indexed(content: Content, middles: Mapping[str, Point], known: Content | None = None) -> Content:
    """Return a release with what is looked up in it: numbers that sentences name, places, crowds.

    `known` is a release with the same terms: the crowds of those who serve there as well are taken from it.
    """
    names = named(content.wording, content.topics.values(), content.printed)
    owners = tuple(sorted({content.printed[number][0].id for number in names}))
    return replace(content, named=names, named_of=owners, middles=middles, crowds=_crowds(content, known))


@dataclass(frozen=True, slots=True)
class _Files:
    """Every file of a document with its type; None where it could not be read."""

    line: LineFile | None
    denied: DeniedFile | None
    rules: RuleFile | None
    topics: dict[str, Topic]
    commands: dict[str, Command | None]
    words: dict[str, wordings.WordsFile | None]
    spoken: Spoken
    schedules: dict[str, hours.Schedule]


def _files(reader: Reader, entries: Mapping[str, Entry]) -> _Files:
    return _Files(
        line=reader.table("line.toml", LineFile),
        denied=reader.table("denied.toml", DeniedFile),
        rules=reader.table("rules.toml", RuleFile),
        topics=topics_of(reader),
        commands={n: reader.table("commands.toml", Command, raw, n) for n, raw in _tables(reader, "commands.toml")},
        words={language: reader.table(file, wordings.WordsFile) for file, language in reader.files("words")},
        spoken=spoken(reader),
        schedules=schedules_of(reader, entries),
    )


def _there(tables: Mapping[str, T | None]) -> dict[str, T]:
    return {name: table for name, table in tables.items() if table is not None}


def printed_of(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Return whose each published number is, as it is printed."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for phone in entry.phone:
            if phone.publish:
                found.setdefault(phone.printed, []).append(entry)
    return {number: tuple(owners) for number, owners in found.items()}


def serving_of(entries: Iterable[Entry]) -> dict[tuple[str, str], tuple[Entry, ...]]:
    """Return who serves a topic in an area, of the entries that are published."""
    found: dict[tuple[str, str], dict[str, Entry]] = {}
    for entry in entries:
        if entry.status == "publish":
            for serves in entry.all_serves():
                found.setdefault((serves.topic, entry.area), {})[entry.id] = entry
    return {key: tuple(served.values()) for key, served in found.items()}


def _middles(reader: Reader) -> dict[str, Point]:
    # Releases made before places were known have no such file.
    table = reader.table("zips.toml", ZipsFile) if "zips.toml" in reader.document else None
    return points(table.middles) if table else {}


def _crowds(content: Content, known: Content | None) -> dict[tuple[str, str], Crowd]:
    leads = Leads(content.line.terms)
    made: dict[tuple[str, str], Crowd] = {}
    for key, found in content.serving.items():
        same = known is not None and known.serving.get(key) == found
        crowd = known.crowds.get(key) if same and known else Crowd.of(key[0], found, leads)
        if crowd:
            made[key] = crowd
    return made


def _tables(reader: Reader, file: str) -> Iterable[tuple[str, Any]]:
    if file not in reader.document:
        reader.problems.append(Problem(file, "", "is missing"))
    return reader.document.get(file, {}).items()


def _entries(reader: Reader) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for file, area in reader.files("entries"):
        table = reader.table(file, EntriesFile)
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


def topics_of(reader: Reader) -> dict[str, Topic]:
    """Read the topics of a document."""
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
    # Inside a facet every key but these is a language with its wordings.
    if not isinstance(raw, Mapping):
        return raw
    own = {key: raw[key] for key in ("lead", "lead_instead", "note", "examples") if key in raw}
    return {**own, "words": {key: value for key, value in raw.items() if key not in own}}


def schedules_of(reader: Reader, entries: Mapping[str, Entry]) -> dict[str, hours.Schedule]:
    """Read the hours of entries, each way of writing them once; a problem for what is none."""
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

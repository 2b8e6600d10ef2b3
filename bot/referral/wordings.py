"""Gather every wording of a release, compiled: topics, commands, places, names of services, denials."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.referral.ages import Ages
from bot.referral.content import ELSEWHERE, Command, Line, Never, Topic, Wordings
from bot.referral.entry import Entry
from bot.referral.meant import Meant, Role
from bot.referral.normalise import words_of
from bot.referral.pattern import Compiler, Pattern, PatternError, Slot
from bot.referral.place import NAME, STATE
from bot.referral.problem import Problem
from bot.referral.vocabulary import Tongue


@dataclass(frozen=True, slots=True)
class AgeWords:
    """[ages] of a words file; all folded when used."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True)
class WordsFile:
    """words/<language>.toml."""

    common: str
    fillers: str
    place_fillers: str
    courtesy: str
    speak: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]
    endings: tuple[tuple[str, ...], ...] = ()
    sounds: tuple[tuple[str, ...], ...] = ()
    negators: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    ages: AgeWords = field(default_factory=AgeWords)

    def tongue(self) -> Tongue:
        """Fold what typo repair and short forms need."""
        return Tongue(
            common=frozenset(words_of(self.common)),
            fillers=frozenset(words_of(self.fillers)),
            place_fillers=frozenset(words_of(self.place_fillers)),
            courtesy=frozenset(words_of(self.courtesy)),
            speak={words_of(k)[0]: words_of(v) for k, v in self.speak.items() if words_of(k)},
            sounds=tuple((a, b) for a, b in self.sounds),
            endings=tuple((a, b) for a, b in self.endings),
        )


def tongues(words: Mapping[str, WordsFile]) -> dict[str, Tongue]:
    """Fold the words of every language."""
    return {language: file.tongue() for language, file in words.items()}


@dataclass(frozen=True, slots=True)
class Sources:
    """Where wordings come from."""

    topics: Mapping[str, Topic]
    commands: Mapping[str, Command]
    entries: Mapping[str, Entry]
    never: Sequence[Never]
    line: Line
    elsewhere: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Written:
    """Wordings that mean the same, and where they stand."""

    file: str
    path: str
    texts: Iterable[str]
    meant: Meant


def ages(files: Mapping[str, WordsFile]) -> Ages:
    """Gather how ages are stated in every language."""
    return Ages(
        before=frozenset(words_of(b) for f in files.values() for b in f.ages.before),
        after=frozenset(w for f in files.values() for a in f.ages.after for w in words_of(a)),
        counted=frozenset(w for f in files.values() for w in words_of(f.ages.counted)),
        numerals={w: n for f in files.values() for k, n in f.numbers.items() for w in words_of(k)},
    )


def compile_all(sources: Sources, files: Mapping[str, WordsFile], problems: list[Problem]) -> list[Pattern]:
    """Compile every wording; what cannot be compiled is added to `problems`."""
    found: list[Pattern] = []
    seen: dict[Meant, set[str]] = {}
    single: dict[str, Slot] = {}
    compilers = {language: Compiler(file.classes, single) for language, file in files.items()}
    plain = Compiler({}, single)
    for written in _all(sources, files):
        meant, told = written.meant, seen.setdefault(written.meant, set())
        compiler = compilers.get(meant.language, plain)
        for text in written.texts:
            if text in told:
                continue
            told.add(text)
            try:
                found.append(compiler.compile(text, meant))
            except PatternError as error:
                problems.append(Problem(written.file, written.path, str(error)))
    return found


def _all(sources: Sources, files: Mapping[str, WordsFile]) -> Iterator[_Written]:
    for topic in sources.topics.values():
        yield from _of_topic(topic)
    for name, command in sources.commands.items():
        for role, where in ((Role.WHOLE, "whole"), (Role.WITHIN, "within"), (Role.EXCEPT, "unless")):
            yield from _each("commands.toml", f"{name}.{where}", getattr(command, where), Meant(role, name, ""))
    yield from _of_places(sources)
    yield from _of_names(sources)
    for language, file in files.items():
        for role, key in ((Role.NEGATOR, "negators"), (Role.PAST, "past"), (Role.PRESENT, "present")):
            yield _Written(f"words/{language}.toml", key, getattr(file, key), Meant(role, key, language))


def _of_topic(topic: Topic) -> Iterator[_Written]:
    file = f"topics/{topic.slug}.toml"
    for role in (Role.WORD, Role.HINT, Role.ALONE, Role.UNLESS):
        key = {Role.WORD: "words", Role.HINT: "hints"}.get(role, role.value)
        yield from _each(file, key, getattr(topic, key), Meant(role, topic.slug, ""))
    for slug, facet in topic.facets.items():
        yield from _each(file, f"facets.{slug}", facet.words, Meant(Role.HINT, topic.slug, "", slug))


def _of_places(sources: Sources) -> Iterator[_Written]:
    yield from _of_areas(sources.line)
    for namesake in sources.line.namesakes:
        yield _Written("line.toml", "namesakes", (namesake.word,), Meant(Role.PLACE, NAME + namesake.word, ""))
    for state, texts in sources.line.states.items():
        yield _Written("line.toml", f"states.{state}", texts, Meant(Role.PLACE, STATE + state, ""))
    for state, texts in sources.line.state_names.items():
        yield _Written("line.toml", f"state_names.{state}", texts, Meant(Role.STATE_NAME, STATE + state, ""))
    for kind, texts in sources.elsewhere.items():
        yield _Written("line.toml", f"elsewhere.{kind}", texts, Meant(Role.PLACE, ELSEWHERE, ""))


def _of_areas(line: Line) -> Iterator[_Written]:
    twice = {n.word for n in line.namesakes}
    for area in line.areas.values():
        for language, texts in area.places.items():
            once = [text for text in texts if text not in twice]
            yield _Written("line.toml", f"areas.{area.slug}.places", once, Meant(Role.PLACE, area.slug, language))
        yield _Written("line.toml", f"areas.{area.slug}.alone", area.alone, Meant(Role.PLACE_ALONE, area.slug, ""))


def _of_names(sources: Sources) -> Iterator[_Written]:
    for entry in sources.entries.values():
        if entry.aliases:
            where = f"entry[{entry.id}].aliases"
            yield _Written(f"entries/{entry.area}.toml", where, entry.aliases, Meant(Role.NAMED, entry.id, ""))
    for never in sources.never:
        yield _Written("denied.toml", "never.names", never.names, Meant(Role.NAMED, never.entry or never.topic, ""))


def _each(file: str, path: str, texts: Wordings, meant: Meant) -> Iterator[_Written]:
    for language, wordings in texts.items():
        yield _Written(file, f"{path}.{language}", wordings, replace(meant, language=language))

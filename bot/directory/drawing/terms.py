"""Which of our topics the words of other directories mean: data/taxonomy.toml, read and linted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from bot.directory.drawing.codes import NO_CODES, Codes
from bot.directory.drawing.meaning import Meaning, fault_of, meaning
from bot.directory.drawing.runs import Runs, stems_of
from bot.referral.content import Content
from bot.referral.entry import Kind, Text
from bot.referral.problem import Problem
from bot.referral.reader import Document, Reader
from bot.referral.rules import manners, spelling

FILE = "taxonomy.toml"
#: What `lint_entries` grants a short name.
SHORT_MOST = 26
T = TypeVar("T")
Means: TypeAlias = tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    means: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    en: tuple[str, ...] = ()
    es: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    means: tuple[str, ...]
    en: tuple[str, ...] = ()
    es: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    en: tuple[str, ...] = ()
    es: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrow:
    """Services whose name holds these words are offered for the topics of `keep` only; `police`: they are police.

    None of the topics `enough` was told: they are offered for what `means` says, because they all are.
    """

    keep: tuple[str, ...]
    means: tuple[str, ...] = ()
    enough: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    es: tuple[str, ...] = ()
    police: bool = False


@dataclass(frozen=True, slots=True)
class Short:
    """The neutral name of services of a topic ("" = of none); `always`: their own name is never shown."""

    topic: str
    text: Text
    always: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    term: tuple[_Term, ...] = ()
    word: tuple[_Word, ...] = ()
    nothing: _Words = field(default_factory=_Words)
    narrow: tuple[Narrow, ...] = ()
    kind: tuple[_Kind, ...] = ()
    short: tuple[Short, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadTerm:
    """What a taxonomy term came to: what it means, how that was told and by which words; the kinds it names."""

    means: tuple[tuple[Means, str, str], ...]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Terms:
    """What the words and codes of other directories mean to us. Made once for an import.

    `known`: the name and code of terms that were read already, most of which thousands of services share.
    """

    whole: Mapping[str, Means]
    words: Runs[Means]
    narrow: Runs[Narrow]
    kinds: Runs[Kind]
    shorts: Mapping[str, Short]
    codes: Codes = NO_CODES
    known: dict[tuple[str, str], ReadTerm] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, document: Document) -> "Terms":
        """Read the terms of a release document; one without the file knows none.

        Raises ContentError naming everything in the file that cannot be read.
        """
        reader = Reader(document)
        file = (reader.table(FILE, _File) if FILE in document else _File()) or _File()
        kinds = {kind.name: _kind(reader, kind.name) for kind in file.kind}
        reader.stop_on_problems()
        nothing: list[tuple[str, None]] = [(run, None) for run in (*file.nothing.en, *file.nothing.es)]
        return cls(
            whole={_key(name): _read(term.means) for term in file.term for name in term.names},
            words=Runs([*_runs((word, _read(word.means)) for word in file.word), *nothing]),
            narrow=Runs(_runs((narrow, narrow) for narrow in file.narrow)),
            kinds=Runs(_runs((kind, kinds[kind.name]) for kind in file.kind)),
            shorts={short.topic: short for short in file.short},
        )

    def with_codes(self, codes: Codes) -> "Terms":
        """Return these terms and an operator's table of codes."""
        return replace(self, codes=codes, known={})

    def meant_by(self, name: str) -> Means:
        """Return what the whole name of a taxonomy term means, () when it is not listed."""
        return self.whole.get(_key(name), ())


def lint(document: Document, content: Content) -> list[Problem]:
    """List what is wrong with the terms of a release: topics and facets that are none, names nobody may read."""
    file = Reader(document).table(FILE, _File) if FILE in document else _File()
    if file is None:
        return []  # `Terms.of` says why
    return sorted({*_meanings(file, content), *_shorts(file.short, content)})


def _meanings(file: _File, content: Content) -> Iterator[Problem]:
    listed = [(f"term[{n}]", term.means) for n, term in enumerate(file.term)]
    listed += [(f"word[{n}]", word.means) for n, word in enumerate(file.word)]
    listed += [(f"narrow[{n}]", narrow.means) for n, narrow in enumerate(file.narrow)]
    for path, means in listed:
        for text in means:
            if fault := fault_of(meaning(text), content.topics):
                yield Problem(FILE, f"{path}.means", fault)
    for place, narrow in enumerate(file.narrow):
        for topic in (*narrow.keep, *narrow.enough):
            if topic not in content.topics:
                yield Problem(FILE, f"narrow[{place}]", f"no topic {topic!r}")


def _shorts(shorts: Iterable[Short], content: Content) -> Iterator[Problem]:
    for short in shorts:
        at = f"short[{short.topic}]"
        if short.topic and short.topic not in content.topics:
            yield Problem(FILE, at, f"no topic {short.topic!r}")
        for language in content.line.languages:
            for fault in short_faults(short.text.get(language, ""), content):
                yield Problem(FILE, f"{at}.{language}", fault)


def short_faults(text: str, content: Content) -> list[str]:
    """List why a text cannot be a short name: the rules `lint_entries` has for one."""
    if not text:
        return ["is missing"]
    faults = [*spelling(text), *manners(content.rules, text)]
    if len(text) > SHORT_MOST:
        faults.append(f"has {len(text)} septets, more than {SHORT_MOST}")
    if word := content.rules.sensitive.first(text):
        faults.append(f"shows {word!r}; a texter's phone may be read")
    return faults


def _key(name: str) -> str:
    return " ".join(stems_of(name))


def _read(means: Iterable[str]) -> Means:
    return tuple(meaning(text) for text in means)


def _runs(rows: Iterable[tuple[_Words | _Word | _Kind | Narrow, T]]) -> list[tuple[str, T]]:
    return [(run, means) for row, means in rows for run in (*row.en, *row.es)]


def _kind(reader: Reader, name: str) -> Kind:
    if name not in list(Kind):
        reader.problems.append(Problem(FILE, "kind", f"no kind {name!r}; there are {', '.join(Kind)}"))
        return Kind.SERVICE
    return Kind(name)

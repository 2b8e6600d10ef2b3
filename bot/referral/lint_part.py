"""What is wrong with one part of a release: the rules of `lint`, looked at for that part alone."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import replace
from typing import TypeVar

from bot.referral.content import Content
from bot.referral.lint import lint
from bot.referral.problem import Problem

T = TypeVar("T")


class Only(Mapping[str, T]):
    """Some of a mapping to go through, all of it to look up."""

    def __init__(self, whole: Mapping[str, T], names: frozenset[str]) -> None:
        """Show those of the names that are there."""
        self._whole = whole
        self._names = names

    def __getitem__(self, name: str) -> T:
        """Look one up, shown or not."""
        return self._whole[name]

    def __contains__(self, name: object) -> bool:
        """Say whether it is in the whole."""
        return name in self._whole

    def __iter__(self) -> Iterator[str]:
        """Go through those shown."""
        return (name for name in self._whole if name in self._names)

    def __len__(self) -> int:
        """Count those shown."""
        return sum(1 for _ in self)


def lint_part(content: Content, part: str) -> list[Problem]:
    """List what lint says of one part: an entry, a topic, or the sentences of a language.

    What a change does to other parts, and words that mean two topics, are not among it; `release.load` says that before
    anything is published.
    """
    file, _, entry = part.partition("#")
    folder, _, name = file.removesuffix(".toml").partition("/")
    # What is always given is needed to judge a sentence that names it.
    kept = {other.id for other in content.entries.values() if other.keep}
    # Wordings that clash are looked for in the whole lexicon, and the one of a preview is that of the release.
    lexicon = copy(content.lexicon)
    lexicon.patterns = ()
    shown = replace(
        content,
        lexicon=lexicon,
        topics=Only(content.topics, frozenset([name] if folder == "topics" else ())),
        entries=Only(content.entries, frozenset([entry, *kept])),
        wording=content.wording if folder == "wording" else {},
        learnt=replace(
            content.learnt, examples=tuple(b for b in content.learnt.examples if _is_of(b.label, folder, name))
        ),
    )
    return [found for found in lint(shown) if found.file == file and (not entry or _is_about(found.path, entry))]


def _is_of(label: str, folder: str, name: str) -> bool:
    return folder == "topics" and label == name


def _is_about(path: str, entry: str) -> bool:
    return path.startswith(f"entry[{entry}]")

"""Gather what a release learns from: its example texts, and the weights that were made of them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.referral.content import Command, Examples, Facet, Topic
from bot.referral.examples import NONE, Block, Fresh, Learnt, fresh
from bot.referral.problem import Problem
from bot.referral.reader import Reader
from bot.referral.tables import OrdinaryFile
from bot.referral.trained import Trained, TrainedFile

ORDINARY, TRAINED = "ordinary.toml", "trained.toml"


def learnt(
    reader: Reader, topics: Mapping[str, Topic], commands: Mapping[str, Command], empty: frozenset[str]
) -> Learnt:
    """Gather them; without trained.toml every example counts as fresh. `empty` are words that tell nothing."""
    ordinary = reader.table(ORDINARY, OrdinaryFile) if ORDINARY in reader.document else None
    blocks = tuple(_blocks(topics, commands, ordinary.examples if ordinary else {}))
    file = reader.table(TRAINED, TrainedFile) if TRAINED in reader.document else None
    try:
        trained = Trained(file) if file else None
        later = fresh(blocks, file.blocks, file.seen) if file else fresh(blocks, {}, "")
        return Learnt(blocks, trained, Fresh(later, empty))
    except ValueError as error:
        reader.problems.append(Problem(TRAINED, "", f"{error}; make it again: quietline train"))
        return Learnt(blocks, None, Fresh((), empty))


def _blocks(topics: Mapping[str, Topic], commands: Mapping[str, Command], ordinary: Examples) -> Iterator[Block]:
    for slug, topic in sorted(topics.items()):
        yield from _of(topic.examples, slug)
        for name, facet in sorted(topic.facets.items()):
            yield from _of(facet.examples, slug, name)
    for name, command in sorted(commands.items()):
        yield from _of(command.examples, name)
    yield from _of(ordinary, NONE)


def _of(examples: Examples, label: str, facet: str = "") -> Iterator[Block]:
    for language, texts in sorted(examples.items()):
        yield Block.of(label, facet, language, texts)


def without_examples(topics: Mapping[str, Topic]) -> dict[str, Topic]:
    """Let go of the examples inside topics once they stand in blocks: nobody answers from them."""
    return {slug: replace(topic, examples={}, facets=_bare(topic.facets)) for slug, topic in topics.items()}


def _bare(facets: Mapping[str, Facet]) -> dict[str, Facet]:
    return {name: replace(facet, examples={}) for name, facet in facets.items()}

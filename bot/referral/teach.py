"""Show why a text was understood as it was, and teach the line that such a text is about something else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.referral import explain
from bot.referral.content import Content
from bot.referral.examples import Block, Fresh, Likeness, lines, nearest
from bot.referral.lint_examples import LONGEST
from bot.referral.meaning import Kind, Meaning
from bot.referral.meant import Role
from bot.referral.normalise import normalise
from bot.referral.private import doubts, faults
from bot.referral.read import read
from bot.referral.sense import sense
from bot.referral.understand import understand

#: What else was near: so many labels at most, and none less likely than this.
MOST_NEAR, FAINTEST = 5, 0.02
#: An example of another label that shares so much with a new one is told of.
TOO_ALIKE = 0.7
_ROLES = (Role.WORD, Role.ALONE, Role.HINT)


@dataclass(frozen=True, slots=True)
class Near:
    """A label that a text is like: how likely it is (0 to 1), and the example of it that shares most; "" = none."""

    label: str
    share: float
    example: str


@dataclass(frozen=True, slots=True)
class Why:
    """What a text was understood to mean, the rule or example that fired, and what else was near, likeliest first."""

    meaning: Meaning
    reasons: tuple[str, ...]
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that cannot become an example, and why."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taught:
    """A topic with an example more, to be saved as a draft. `now`: what the text would then be understood as.

    `doubts`: words that may be a name; `clashes`: examples of other topics that are much alike.
    """

    part: str
    body: Mapping[str, Any]
    now: Meaning
    doubts: tuple[str, ...]
    clashes: tuple[Likeness, ...]

    @property
    def works(self) -> bool:
        """Say whether the text would be understood as it was taught."""
        return self.part == f"topics/{self.now.label}.toml"


def why(content: Content, text: str) -> Why:
    """Say why a text is understood as it is. Reads the examples: a tenth of a second. Keeps nothing of the text."""
    meaning = understand(text, content)
    felt = sense(content, read(text, content))
    likely = sorted((felt.shares if felt else {}).items(), key=lambda pair: (-pair[1], pair[0]))
    words = normalise(text, content.line.emoji).words
    found = []
    for label, share in likely[:MOST_NEAR]:
        if share >= FAINTEST:
            like = nearest(content.learnt.examples, label, words, content.lexicon.need_fillers)
            found.append(Near(label, share, like.text if like else ""))
    return Why(meaning, explain.why(content, text, meaning), tuple(found))


def teach(
    content: Content, document: Mapping[str, Any], text: str, *, topic: str, language: str, facet: str = ""
) -> Taught | Refused:
    """Add a text to the examples of a topic, or of a facet of it, in a language; or say why it cannot be one.

    `document` is what `content` was read from, or that with the draft of the topic in it. A text is refused with what
    may be somebody's own in it: people who teach the line make sentences up, they never paste what somebody wrote.
    """
    said = " ".join(text.split())
    if reasons := [*_refusals(content, said, topic=topic, language=language, facet=facet)]:
        return Refused(tuple(reasons))
    part = f"topics/{topic}.toml"
    body = _with_example(document[part], said, language, facet)
    block = Block.of(topic, facet, language, said)
    taught = Fresh([(block, said)], content.lexicon.need_fillers)
    after = understand(said, replace(content, learnt=replace(content.learnt, fresh=taught)))
    return Taught(part, body, after, tuple(doubts(content, said)), tuple(_clashes(content, said, topic)))


def clashes(content: Content, wording: str, topic: str) -> list[str]:
    """Return the other topics and commands that a wording stands for already, before it becomes one of this topic."""
    wanted = " ".join(wording.lower().split())
    patterns = (p for p in content.lexicon.patterns if p.meant.role in (*_ROLES, Role.WHOLE))
    owners = {p.meant.label for p in patterns if " ".join(p.source.lower().split()) == wanted}
    there = understand(wording, content)
    if there.kind in (Kind.TOPIC, Kind.CRISIS, Kind.COMMAND):
        owners.add(there.label)
    return sorted(owners - {topic})


def _refusals(content: Content, said: str, *, topic: str, language: str, facet: str) -> list[str]:
    if topic not in content.topics:
        return [f"there is no topic {topic!r}"]
    if facet and facet not in content.topics[topic].facets:
        return [f"there is no facet {facet!r} in {topic}"]
    if language not in content.line.languages:
        return [f"there is no language {language!r}"]
    if not said:
        return ["is empty"]
    found = faults(said)
    if len(said) > LONGEST:
        found.append(f"has {len(said)} characters, more than {LONGEST}")
    if not said.isprintable():
        found.append("holds characters that nobody sees")
    for block in content.learnt.examples:
        if said.casefold() in (line.casefold() for line in lines(block.texts)):
            found.append(f"is an example already: of {block.label}{f'/{block.facet}' if block.facet else ''}")
    return found


def _clashes(content: Content, said: str, topic: str) -> list[Likeness]:
    words = normalise(said, content.line.emoji).words
    plain = set(said.lower().split())
    alike: dict[str, list[str]] = {}
    for block in content.learnt.examples:
        if block.label != topic:
            # Forty thousand examples: only those that share most words as they are written are worth a closer look.
            near = (line for line in lines(block.texts) if _shares(plain, line))
            alike.setdefault(block.label, []).extend(near)
    blocks = [Block.of(label, "", "", "\n".join(texts)) for label, texts in alike.items() if texts]
    found = (nearest([block], block.label, words, content.lexicon.need_fillers) for block in blocks)
    told = [like for like in found if like is not None and like.share >= TOO_ALIKE]
    return sorted(told, key=lambda like: (-like.share, like.label))


def _shares(plain: set[str], line: str) -> bool:
    own = set(line.lower().split())
    return 2 * len(own & plain) >= min(len(own), len(plain))


def _with_example(table: Mapping[str, Any], said: str, language: str, facet: str) -> dict[str, Any]:
    if facet:
        facets = dict(table["facets"])
        facets[facet] = _with_example(facets[facet], said, language, "")
        return {**table, "facets": facets}
    examples = dict(table.get("examples", {}))
    before = str(examples.get(language, "")).rstrip("\n")
    examples[language] = f"{before}\n{said}\n" if before else f"{said}\n"
    return {**table, "examples": examples}

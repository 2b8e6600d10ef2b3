"""What is wrong with the words people text: clashes between topics, reserved words, missing languages."""

from collections import defaultdict
from collections.abc import Iterator

from bot.referral.content import Content, Topic
from bot.referral.meaning import Kind
from bot.referral.meant import Role
from bot.referral.normalise import words_of
from bot.referral.problem import Problem
from bot.referral.understand import understand

#: Words a provider acts on by itself; a texter must never be told to send one, and no command of ours is one.
RESERVED = frozenset("stop stopall unsubscribe cancel end quit revoke optout start yes unstop help info".split())
#: Commands that answer those very words.
_MAY = {"stop": RESERVED, "start": RESERVED, "helpword": RESERVED, "silence": RESERVED}
CRISES = ("danger", "suicide", "overdose")


def lint(content: Content) -> Iterator[Problem]:
    """List what is wrong with wordings and labels, each with its file and key."""
    yield from _clashes(content)
    yield from _reserved(content)
    for slug in (*CRISES, "help"):
        if slug not in content.topics:
            yield Problem(f"topics/{slug}.toml", "", "is missing")
    for topic in content.topics.values():
        for fault in _topic(content, topic):
            yield Problem(f"topics/{topic.slug}.toml", *fault)


def _clashes(content: Content) -> Iterator[Problem]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for pattern in content.lexicon.patterns:
        if pattern.meant.role in (Role.WORD, Role.ALONE) and pattern.meant.label in content.topics:
            owners[" ".join(pattern.source.lower().split())].add(pattern.meant.label)
    for source, labels in owners.items():
        if len(labels) > 1:
            first, *others = sorted(labels)
            yield Problem(f"topics/{first}.toml", "words", f"{source!r} means {' and '.join(others)} too")


def _reserved(content: Content) -> Iterator[Problem]:
    for name, command in content.commands.items():
        for language, wordings in command.whole.items():
            for wording in wordings:
                alternatives = {w for part in wording.split() for w in part.split("/")} if " " not in wording else set()
                for word in alternatives & (RESERVED - _MAY.get(name, frozenset())):
                    yield Problem("commands.toml", f"{name}.whole.{language}", f"{word!r} is reserved by carriers")
    for topic in content.topics.values():
        for language, label in topic.label.items():
            if label.lower() in RESERVED:
                yield Problem(f"topics/{topic.slug}.toml", f"label.{language}", f"{label!r} is reserved by carriers")


def _topic(content: Content, topic: Topic) -> Iterator[tuple[str, str]]:
    if topic.otherwise and topic.otherwise not in content.topics:
        yield "otherwise", f"no topic {topic.otherwise!r}"
    for language in content.line.languages:
        if not topic.words.get(language) and not topic.alone.get(language) and topic.slug != "help":
            yield f"words.{language}", "is missing"
        label = topic.label.get(language, "")
        if not label:
            yield f"label.{language}", "is missing"
            continue
        meant = understand(label, content)
        if meant.label != topic.slug and meant.kind is not Kind.CHOICES:
            found = meant.label or meant.kind.value
            yield f"label.{language}", f"{' '.join(words_of(label))!r} leads to {found}, not to {topic.slug}"

"""An example that somebody wants to add: what speaks against it, and what has to be confirmed first."""

from dataclasses import dataclass

from bot.console.editing.typed import Typed, faults
from bot.console.editing.writing import Opened
from bot.console.wording import say
from bot.referral.content import Content
from bot.referral.examples import lines
from bot.referral.lint_examples import LONGEST
from bot.referral.teach import Refused, Taught, teach


@dataclass(frozen=True, slots=True)
class Wish:
    """Which topic, facet ("" = the topic itself) and language a text should be an example of."""

    topic: str
    facet: str
    language: str

    @property
    def part(self) -> str:
        """The part that would hold it."""
        return f"topics/{self.topic}.toml"


def wish(typed: Typed, content: Content) -> Wish | None:
    """Return where a text should go; None when the form does not say so."""
    target = typed.one_of("target", targets(content))
    language = typed.one_of("language", content.line.languages)
    topic, _, facet = target.partition("/")
    return Wish(topic, facet, language) if not typed.errors else None


def targets(content: Content) -> list[str]:
    """List what a text may be an example of: each topic, and each narrower need behind it."""
    return [
        f"{slug}/{facet}" if facet else slug
        for slug, topic in sorted(content.topics.items())
        for facet in ("", *sorted(topic.facets))
    ]


def taught(typed: Typed, content: Content, wanted: Wish, now: Opened) -> Taught | None:
    """Return the topic with the text of a form among its examples; None when it is refused: beside the field, why.

    `now`: the topic as its editor would be opened on it; a draft that waits is added to.
    """
    said = " ".join(typed["text"].split())
    for fault in faults(said, most=LONGEST):
        typed.wrong("text", fault)
    if now.is_going or (wanted.facet and wanted.facet not in now.body.get("facets", {})):
        typed.wrong("target", say("A draft takes that out; approve it or throw it away first."))
    elif said.casefold() in (line.casefold() for line in _there(now, wanted)):
        typed.wrong("text", say("It is an example in the draft already."))
    if typed.errors:
        return None
    found = teach(content, {now.part: now.body}, said, topic=wanted.topic, language=wanted.language, facet=wanted.facet)
    if isinstance(found, Refused):
        for reason in found.reasons:
            typed.wrong("text", say("It {fault}.", fault=say(reason)))
        return None
    return found


def is_confirmed(typed: Typed, found: Taught) -> bool:
    """Say whether everything that is doubtful was ticked; what was not stands in `typed.errors`."""
    if found.doubts and not typed.ticked("names"):
        typed.wrong("names", say("Tick this, or take the words out."))
    if found.clashes and not typed.ticked("alike"):
        typed.wrong("alike", say("Tick this, or write another sentence."))
    return not typed.errors


def _there(now: Opened, wanted: Wish) -> list[str]:
    owner = now.body["facets"][wanted.facet] if wanted.facet else now.body
    return lines(str(owner.get("examples", {}).get(wanted.language, "")))

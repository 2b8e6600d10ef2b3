"""What is wrong with paragraphs about the law: each is read again on 1 January and 1 July, when laws begin."""

from collections.abc import Iterator
from datetime import date

from bot.referral.content import Block, Content
from bot.referral.problem import Problem


def lint(content: Content) -> Iterator[Problem]:
    """List the paragraphs that speak of the law and have no day, or a wrong one, on which they are to be read again.

    Never looks at the calendar: past that day the reply itself says so, and names a lawyer.
    """
    for topic in content.topics.values():
        if topic.lawyers not in content.topics and any(block.due for block in topic.block):
            yield Problem(f"topics/{topic.slug}.toml", "lawyers", f"no topic {topic.lawyers!r}")
        for place, block in enumerate(topic.block):
            for fault in _faults(content, block):
                yield Problem(f"topics/{topic.slug}.toml", f"block[{place}].due", fault)


def _faults(content: Content, block: Block) -> Iterator[str]:
    if block.due is None:
        word = next((w for text in block.text.values() if (w := content.rules.law.first(text))), "")
        if word:
            yield f"is missing, though the paragraph speaks of the law ({word!r})"
        return
    if block.checked_on is None:
        yield "stands without checked_on, the day on which somebody read the law"
    elif block.due != next_reading(block.checked_on):
        yield f"should be {next_reading(block.checked_on)}, the first 1 January or 1 July after checked_on"


def next_reading(day: date) -> date:
    """Return the first 1 January or 1 July after a day."""
    return date(day.year, 7, 1) if day < date(day.year, 7, 1) else date(day.year + 1, 1, 1)

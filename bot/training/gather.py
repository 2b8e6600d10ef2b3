"""Gather the examples of a release with what they are examples of."""

from dataclasses import dataclass

from bot.referral.content import Content
from bot.referral.examples import lines


@dataclass(frozen=True, slots=True)
class Example:
    """One example text: the topic, command or "none" it stands for, its facet ("" none) and its language."""

    text: str
    label: str
    facet: str
    language: str


def gather(content: Content) -> list[Example]:
    """List every example of a release, in the order of its files."""
    return [
        Example(text, block.label, block.facet, block.language)
        for block in content.learnt.examples
        for text in lines(block.texts)
    ]

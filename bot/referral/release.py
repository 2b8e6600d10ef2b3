"""The way a release comes into use: read, linted, and refused with every reason at once."""

from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.lint import lint
from bot.referral.problem import ContentError
from bot.referral.reader import Document


def load(document: Document) -> Content:
    """Turn a release document into content that may go live.

    Raises ContentError naming every problem: of shape first, then, when the shape is right, of lint.
    """
    content = parse(document)
    problems = lint(content)
    if problems:
        raise ContentError(tuple(problems))
    return content

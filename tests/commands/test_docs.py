"""docs/checks.md holds commands there are, about numbers there are."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest

from bot.commands.live import entry_of, phone_of
from bot.referral.document import parse
from tests.commands.conftest import COMMANDS
from tests.promises.lean import lean_document


@pytest.fixture(scope="module")
def shown(root: Path) -> list[list[str]]:
    """Give every command of the page that stands in a block of its own, in words."""
    page = (root / "docs" / "checks.md").read_text("utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    found = [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("quietline ")]
    assert len(found) == len(lines)
    return found


def leaf(words: list[str]) -> tuple[click.Command, dict[str, Any]]:
    """Give the command that words lead to, and what it would be told."""
    command: click.Command = click.Group("quietline", COMMANDS)
    while isinstance(command, click.Group):
        step = command.get_command(click.Context(command), words[0])
        assert step is not None, words
        command, words = step, words[1:]
    return command, command.make_context(command.name, list(words)).params


def test_every_command_on_the_page_is_one(shown: list[list[str]]) -> None:
    leaves = {leaf(words)[0].name for words in shown}
    assert leaves == {"sheet", "record", "due", "pause", "resume", "add", "lower", "list"}


def test_it_is_about_numbers_there_are(shown: list[list[str]]) -> None:
    content = parse(lean_document())
    told = [params for params in (leaf(words)[1] for words in shown) if "name" in params]
    assert len(told) > 5
    for params in told:
        entry = entry_of(content, params["name"])
        if params["number"]:
            phone_of(entry, params["number"])
        elif "way" in params:
            assert len(entry.phone) == 1, f"{entry.id} wants --phone"

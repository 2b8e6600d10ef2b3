"""What a line really has: names of settings, commands, objects in memory, keys in Redis, and files it opens."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from types import FrameType

import click
import pytest
from redis import Redis

from bot.line.memory.interface import Memory
from bot.line.provider import account
from bot.referral.conversation import Conversation
from bot.settings import SettingsError
from bot.settings import load as load_settings
from tests.test_settings import NEEDED, Recorded

#: Runs quietline and writes down each file it opens to write or as a database, and each address it calls.
WATCHED = """
import os, sys
out = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
def watch(event, told):
    name = None
    if event == "open" and not isinstance(told[0], int) and told[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        name = os.path.abspath(os.fsdecode(told[0]))
    elif event == "sqlite3.connect":
        name = told[0].removeprefix("file://").partition("?")[0]
    elif event == "socket.connect":
        name = f"a call to {told[1]}"
    if name:
        os.write(out, f"{name}\\n".encode())
sys.addaudithook(watch)
from bot.cli import main
main()
"""


def settings_asked_for() -> set[str]:
    """Return the names of all settings that anything asks the environment for."""
    asked = Recorded(NEEDED)
    load_settings(asked)
    account.is_held(asked)
    with pytest.raises(SettingsError):
        account.load(asked)
    return asked.asked


def commands_of(group: click.Group, before: str = "") -> Iterator[str]:
    """Give the names of all commands, those below others too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield before + name
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{before}{name} ")


def made_while(do: Callable[[], object]) -> set[type]:
    """Return the classes of ours that something is made of while `do` runs."""
    made: set[type] = set()

    def look(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_name == "__init__" and "self" in frame.f_locals:
            made.add(type(frame.f_locals["self"]))

    sys.setprofile(look)
    try:
        do()
    finally:
        sys.setprofile(None)
    return {kind for kind in made if kind.__module__.startswith("bot.")}


def name_of(kind: type) -> str:
    """Return the name of a class with its file: ram.Held."""
    return f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"


def fields_of(kind: type) -> set[str]:
    """Return the names of the fields of a class that has slots."""
    return {f"{name_of(kind)}.{slot}" for base in kind.__mro__ for slot in getattr(base, "__slots__", ())}


def reachable(*roots: object) -> set[str]:
    """Return each attribute of each object of ours that can be reached: ram.Held.conversation."""
    found: set[str] = set()
    seen: dict[int, object] = {}
    left = list(roots)
    while left:
        one = left.pop()
        if id(one) in seen or isinstance(one, type | Enum):
            continue
        seen[id(one)] = one
        if type(one).__module__.startswith("bot."):
            names = {name.rpartition(".")[2] for name in fields_of(type(one))}
            names |= {*getattr(one, "__dict__", ()), *getattr(one, "_fields", ())}
            found |= {f"{name_of(type(one))}.{name}" for name in names}
            left += [getattr(one, name) for name in names]
        elif isinstance(one, Mapping):
            left += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            left += one
    return found


def keys_while_used(memory: Memory, client: Redis) -> dict[str, float]:
    """Use everything a memory can do; return each kind of key that was there, and the longest it was to live.

    Seconds; infinity for a key without a lifetime.
    """
    talk = Conversation(topic="food")
    uses: dict[str, Callable[[], object]] = {
        "recall": lambda: memory.recall("+13105550100", "SM1"),
        "keep": lambda: memory.keep("+13105550100", "SM1", talk, "a reply"),
        "told": lambda: memory.told("+13105550100", "SM2", "a static reply"),
        "spend": lambda: [memory.spend("+13105550100") for _ in range(3)],
        "state": lambda: memory.state,
        "sweep": memory.sweep,
        "forget": lambda: memory.forget("+13105550100"),
    }
    assert {*uses, "turn"} == {name for name in vars(Memory) if not name.startswith("_")}
    lives: dict[str, float] = {}
    for use in uses.values():
        with memory.turn("+13105550100"):
            use()
            for key in client.scan_iter():
                kind = re.sub(r"\d+$", "<day>", re.sub(r"[0-9a-f]{64}", "<mark>", key.decode()))
                left = client.pttl(key)
                seconds = float("inf") if left == -1 else left / 1000
                lives[kind] = max(lives.get(kind, 0.0), seconds)
    return lives

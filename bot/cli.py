"""The `quietline` command: talk to the line, look inside it, set it up and run it."""

import importlib
from collections.abc import Mapping
from types import MappingProxyType

import click

from bot.storage.given_back import uncollected

#: Each command's name and where it stands, in the order of `quietline --help`: what a newcomer needs first.
#: A module is loaded when its command is used: the line must not carry what only an import or a drill needs.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "init": "content:init",
        "serve": "serve:serve",
        "console": "console:console",
        "invite": "invite:invite",
        "say": "talk:say",
        "understand": "talk:understand",
        "checks": "checks:checks",
        "pause": "bulletins:pause",
        "resume": "bulletins:resume",
        "banner": "bulletins:banner",
        "lint": "content:lint",
        "train": "content:train",
        "content": "parts:content",
        "import": "directory:import_directory",
        "duplicates": "directory:duplicates",
        "export": "export:export",
        "zips": "places:zips",
        "provider-texts": "talk:provider_texts",
        "fallback-twiml": "talk:fallback_twiml",
        "doctor": "provider:doctor",
        "canary": "canary:canary",
        "purge-provider": "provider:purge_provider",
        "backup": "backup:backup",
        "restore": "backup:restore",
        "drill": "drill:drill",
        "counts": "counts:counts",
        "audit": "audit:audit",
    }
)


class _Commands(click.Group):
    """The commands, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names in order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command, None when there is none of that name."""
        module, _, name = COMMANDS.get(cmd_name, "").partition(":")
        if not module:
            return None
        # Modules stay: to look for garbage among them again and again is a tenth of what loading them takes.
        with uncollected():
            command: click.Command = getattr(importlib.import_module(f"bot.commands.{module}"), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Quietline: a text in, the right number out, nothing kept."""


if __name__ == "__main__":
    main()

"""Draw the plan of a directory in a process of its own: `python -m bot.commands.plan_apart`, for the staff door.

What is wanted comes as JSON on stdin; lines of JSON go to stdout: how far it is, and last the plan in short, or why
there is none. When the door is gone, the next line finds nobody to read it, and the process ends.
"""

import json
import resource
import sys
from typing import Any

import click

from bot import opened
from bot.commands.database import looked_for
from bot.commands.planning import sheet
from bot.commands.released import Live
from bot.console.importing.plans import RefusedError, Wanted


def main() -> None:
    """Draw the plan that stdin asks for."""
    # What people hide from others may stand in this memory.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    wanted = Wanted.of(json.load(sys.stdin))
    try:
        settings = opened.settings(dev="--dev" in sys.argv)
        with looked_for(settings) as database:
            made = sheet(wanted, Live.of(settings, database), settings, database, progress=_progress)
    except (click.ClickException, RefusedError) as error:
        problems = error.problems if isinstance(error, RefusedError) else tuple(error.message.splitlines())
        _tell({"problems": problems})
    else:
        _tell({"sheet": made.plain()})


def _progress(what: str, done: int, whole: int) -> None:
    _tell({"what": what, "done": done, "all": whole})


def _tell(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201 - the door reads it


if __name__ == "__main__":
    main()

"""Where the pages of an import find what keeps their plans."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import Flask, current_app

from bot.console.importing.plan_keeper import Keeper
from bot.console.importing.plans import Importer

_NAME = "quietline-plans"


@contextmanager
def kept(app: Flask, importer: Importer, clock: Callable[[], datetime]) -> Iterator[Keeper]:
    """Let the pages of an app import, until the end of the block; then all plans go."""
    with importer.folder():
        pass  # which throws away what a door that was killed left behind
    keeper = app.extensions[_NAME] = Keeper(importer, clock)
    try:
        yield keeper
    finally:
        keeper.close()


def keeper() -> Keeper | None:
    """Return what keeps the plans of the app that answers, None where nothing can be imported."""
    found: Keeper | None = current_app.extensions.get(_NAME)
    return found

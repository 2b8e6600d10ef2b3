"""`quietline train`: learn from the examples of a data directory and write what was learnt beside them."""

import os
from collections.abc import Callable
from pathlib import Path

from bot.referral.content import Content
from bot.referral.learnt import TRAINED
from bot.training.pack import as_toml
from bot.training.train import train


def run(content: Content, folder: Path, tell: Callable[[str], None]) -> Path:
    """Learn and write trained.toml; the old one stays until the new one is whole. Returns where it is.

    Raises TooFewError when there are too few examples, OSError when it cannot be written.
    """
    path = folder / TRAINED
    fresh = path.with_suffix(".new")
    fresh.write_text(as_toml(train(content, tell)), encoding="utf-8")
    os.replace(fresh, path)
    return path

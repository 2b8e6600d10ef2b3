"""What the pages say. English stands in the templates; words/<language>.toml says it in another language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

#: The languages the pages can be had in. Another one is a file in words/ and its name here.
LANGUAGES = ("en",)


def say(english: str, **values: object) -> str:
    """Return a sentence in the language of whoever reads, with `{name}` filled in."""
    told = _sentences("en").get(english, english)
    return told.format(**values) if values else told


@cache
def _sentences(language: str) -> Mapping[str, str]:
    if language == "en":
        return {}
    file = files("bot.console") / "words" / f"{language}.toml"
    return dict(tomllib.loads(file.read_text("utf-8")))

"""How objects name each other: a link, and the number by which what it names is looked up."""

from typing import Any, TypeAlias

from bot.directory.shaping.roles import Role

#: A link to another object: the number it is looked up by, its role (twice its number, and one more where that object
#: stands in ours), the id the source gave it, and its kind. A plain tuple: a state's directory has millions.
Tie: TypeAlias = tuple[int, int, str, str]


def tie(role: Role, other: str, given: str, *, down: bool) -> Tie:
    """Return a link to an object of another kind by the id its source gave it."""
    return key_of(other, given), role.number * 2 + down, given, other


def key_of(entity: str, given: str) -> int:
    """Return the number an object is looked up by; another one in every process, so that nobody can aim at it."""
    return hash((entity, given.lower() if len(given) == 36 else given))


def by_name(name: Any) -> str:
    """Return the id of what is known by its name alone."""
    return "name:" + " ".join(str(name).casefold().split())

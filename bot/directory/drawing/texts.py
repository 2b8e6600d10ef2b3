"""All that a service says, as text to be searched: its own and its organization's, and the fields nobody knows."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.directory.hsds import ENTITIES
from bot.directory.service import Doc

#: Parts of a service that thousands of services share.
OWNERS = ("organization", "program")
#: A field nobody knows, and what stands in it, as text.
Field: TypeAlias = tuple[str, str]
_KNOWN = frozenset(name for kind in ENTITIES.values() for name in (*kind.known, *kind.inside)) | {"services", "service"}
_IDS = frozenset(name for name in _KNOWN if name == "id" or name.endswith("_id"))
_NO = frozenset("0 0.0 n no false f off never".split())


@dataclass(frozen=True, slots=True)
class Said:
    """What an object says: all its texts, one a line, ids left out; and the fields nobody knows."""

    text: str
    unknown: tuple[Field, ...] = ()

    @classmethod
    def by(cls, value: Any) -> "Said":
        """Gather what an object says, at any depth. The name of an unknown field counts too, unless it says no."""
        texts: list[str] = []
        unknown: list[Field] = []
        _gather(value, texts, unknown)
        return cls("\n".join(texts), tuple(unknown))


@dataclass(frozen=True, slots=True)
class Texts:
    """What a service says, and what its organization and program say."""

    own: Said
    owner: Said

    @classmethod
    def of(cls, doc: Doc) -> "Texts":
        """Gather what a service says."""
        own = {key: value for key, value in doc.items() if key not in OWNERS}
        return cls(Said.by(own), Said.by([doc[key] for key in OWNERS if key in doc]))


def _gather(value: Any, texts: list[str], unknown: list[Field]) -> None:
    # Asked of every field of a state: what type a value has is told by `type`, which takes half as long.
    kind = type(value)
    if kind is dict:
        for key, inner in value.items():
            if key not in _KNOWN:
                _unknown(key, inner, texts, unknown)
            if type(inner) is not str:
                _gather(inner, texts, unknown)
            elif key not in _IDS:
                texts.append(inner)
    elif kind is list or kind is tuple:
        for inner in value:
            _gather(inner, texts, unknown)
    elif value is not None:
        texts.append(str(value))


def _unknown(key: Any, value: Any, texts: list[str], unknown: list[Field]) -> None:
    said = "" if type(value) in (dict, list, tuple) else str(value)
    unknown.append((str(key), said))
    # What was kept aside because it lacks something stands under a key of ours, which says nothing.
    if said.strip().lower() not in _NO and not str(key).startswith("unfinished_"):
        texts.append(str(key))

"""Take one text out of a document: an example, a wording, a sentence. Nothing else changes."""

from collections.abc import Iterator, Mapping
from typing import Any


class _Gone:
    """Stands for a value that was the text itself."""


_GONE = _Gone()


def without_text(held: Any, text: str) -> Any:
    """Return what is held without a text: lines of examples, items of lists, and whole sentences that say just that.

    Blanks around a text do not matter. What does not hold it comes back as the very same object. A sentence inside a
    longer one is not found.
    """
    made = _without(held, text.strip())
    return None if made is _GONE else made


def texts_in(held: Any) -> Iterator[str]:
    """Give every text that could be taken out: each line of examples, each item, each sentence; no blanks around."""
    if isinstance(held, str):
        yield from filter(None, map(str.strip, held.splitlines()))
    elif isinstance(held, Mapping):
        for value in held.values():
            yield from texts_in(value)
    elif isinstance(held, list | tuple):
        for value in held:
            yield from texts_in(value)


def _without(held: Any, text: str) -> Any:
    if isinstance(held, str):
        return _from_lines(held, text)
    if isinstance(held, Mapping):
        made = {key: _without(value, text) for key, value in held.items()}
        changed = any(made[key] is not held[key] for key in held)
        return {key: value for key, value in made.items() if value is not _GONE} if changed else held
    if isinstance(held, list):
        items = [_without(value, text) for value in held]
        changed = any(new is not old for new, old in zip(items, held, strict=True))
        return [item for item in items if item is not _GONE] if changed else held
    return held


def _from_lines(held: str, text: str) -> Any:
    if text not in held:
        return held
    if held.strip() == text:
        return _GONE
    lines = held.splitlines(keepends=True)
    kept = [line for line in lines if line.strip() != text]
    return held if len(kept) == len(lines) else "".join(kept)

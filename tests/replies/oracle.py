"""What may be said on a day when nobody has checked anything since the release: worked out from the files alone.

Nothing of the program is used but the text of data/, so that a slip in the program cannot hide here as well.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

#: Whatever may be a number to reach in a reply.
_NUMBER = re.compile(r"(?<![\d$.,/-])(?:\d{3}-\d{3}-\d{4}|\d{3}|\d{5,6})(?![\d-]|[.,]\d|\()")


@dataclass(frozen=True)
class Oracle:
    """The entries of data/, and how many days a check of each stays good."""

    data: Path

    @cached_property
    def entries(self) -> list[dict[str, Any]]:
        """Give every entry that is published."""
        found = []
        for path in sorted((self.data / "entries").glob("*.toml")):
            found += tomllib.loads(path.read_text(encoding="utf-8"))["entry"]
        return [entry for entry in found if entry["status"] == "publish"]

    @cached_property
    def dues(self) -> dict[str, list[tuple[str, date]]]:
        """Give the paragraphs about the law by topic: how each begins, in each language, and when it is due."""
        found: dict[str, list[tuple[str, date]]] = {}
        for path in sorted((self.data / "topics").glob("*.toml")):
            for block in tomllib.loads(path.read_text(encoding="utf-8")).get("block", []):
                if "due" in block:
                    found.setdefault(path.stem, []).extend(
                        (t.split("{")[0], block["due"]) for t in block["text"].values()
                    )
        return found

    @cached_property
    def _terms(self) -> dict[str, int]:
        terms: dict[str, int] = tomllib.loads((self.data / "line.toml").read_text(encoding="utf-8"))["terms"]
        return terms

    def term(self, entry: dict[str, Any]) -> timedelta:
        """Return how long a check of an entry stays good."""
        return timedelta(days=self._terms[entry["kind"].replace(" ", "_")])

    def there(self, entry: dict[str, Any], day: date) -> bool:
        """Say whether an entry may be given on a day: always, or until twice its term is over."""
        newest: date = max(check["on"] for check in entry["checks"])
        return entry.get("keep", False) or day <= newest + 2 * self.term(entry)

    def numbers(self, day: date) -> tuple[frozenset[str], frozenset[str]]:
        """Return the numbers that may be given on a day, as printed, and those that may not."""
        good: set[str] = set()
        bad: set[str] = set()
        for entry in self.entries:
            for phone in entry.get("phone", []):
                if phone["publish"]:
                    (good if self.there(entry, day) else bad).add(printed(phone["number"]))
        return frozenset(good), frozenset(bad - good)

    def turns(self, first: date, last: date) -> list[date]:
        """List the days on which anything is otherwise than on the day before: due, stepped back, a law past due."""
        found = {first}
        for entry in self.entries:
            newest = max(check["on"] for check in entry["checks"])
            found |= {newest + times * self.term(entry) + timedelta(days=1) for times in (1, 2)}
        found |= {due for dues in self.dues.values() for _, due in dues}
        return sorted(day for day in found if first <= day <= last)


def printed(number: str) -> str:
    """Write a number as replies do: 800-799-7233, 988, 88788."""
    bare = number.removeprefix("+1")
    return f"{bare[:3]}-{bare[3:6]}-{bare[6:]}" if len(bare) == 10 else bare


def numbers_in(text: str) -> list[str]:
    """List what may be a number to reach in a reply, in order."""
    return _NUMBER.findall(text)

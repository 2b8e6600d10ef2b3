"""What stands in a form, and what is wrong with it: fields by name, each error beside the field it is about."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from bot.console.wording import say

#: What a line, and a longer text, may hold at most, in characters.
LINE, TEXT = 300, 20_000
#: More rows than any part of ours has; a form with more was not made by a page.
MOST_ROWS = 200
_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w{1,12};")
#: Marks that turn the order of writing around or show nothing: a reader would see another text than a phone does.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c\u180e]")


class Typed:
    """The fields of a form: as they stood when it was opened, or as somebody sent them; `errors` by field."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values: dict[str, str] = dict(values or {})
        self.errors: dict[str, list[str]] = {}
        #: The field of a new row, where the cursor stands when the page is shown again.
        self.focus = ""

    def __getitem__(self, name: str) -> str:
        """Give what stands in a field, "" when there is no such field."""
        return self.values.get(name, "")

    def __setitem__(self, name: str, value: str) -> None:
        """Put something into a field."""
        self.values[name] = value

    def wrong(self, name: str, message: str) -> None:
        """Say what is wrong with a field."""
        told = self.errors.setdefault(name, [])
        if message not in told:
            told.append(message)

    def line(self, name: str, *, most: int = LINE, needed: bool = False) -> str:
        """Return a line without blanks around it; what is wrong with it stands beside the field.

        No more than `most` characters of it: whoever looks at it more closely must not wait for a pasted book.
        """
        value = " ".join(self[name].split())
        self._look(name, value, most=most, needed=needed)
        return value[:most]

    def lines(self, name: str, *, most: int = LINE, many: int = 200) -> list[str]:
        """Return the lines of a larger field, without empty ones; each as `line` would."""
        found = [" ".join(line.split()) for line in self[name].splitlines() if line.strip()]
        for line in found[: many + 1]:
            self._look(name, line, most=most)
        if len(found) > many:
            self.wrong(name, say("That is {n} lines; {most} at most.", n=len(found), most=many))
        return [line[:most] for line in found[:many]]

    def text(self, name: str, *, most: int = TEXT) -> str:
        """Return a text of several lines as it is; what is wrong with it stands beside the field."""
        value = self[name].replace("\r\n", "\n").strip("\n")
        for line in value.split("\n"):
            self._look(name, line, most=most)
        if len(value) > most:
            self.wrong(name, say("That is {n} characters; {most} at most.", n=len(value), most=most))
        return value

    def one_of(self, name: str, allowed: Iterable[str]) -> str:
        """Return a choice that is on the list."""
        value = self[name]
        if value not in allowed:
            self.wrong(name, say("Choose one from the list."))
        return value

    def ticked(self, name: str) -> bool:
        """Say whether a box is ticked."""
        return self[name] == "yes"

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        """Return a whole number, None where nothing stands."""
        value = self[name].strip()
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            self.wrong(name, say("Write a number from {least} to {most}.", least=least, most=most))
            return None
        return int(value)

    def rows(self, prefix: str) -> list[str]:
        """Return what the rows of a repeated block begin with, in order: "phone.0", "phone.1"."""
        found = {int(m[1]) for name in self.values if (m := re.match(rf"{re.escape(prefix)}\.(\d{{1,4}})\.", name))}
        return [f"{prefix}.{number}" for number in sorted(found)[:MOST_ROWS]]

    def without_row(self, row: str) -> None:
        """Take a row out of a repeated block."""
        self.values = {name: value for name, value in self.values.items() if not name.startswith(f"{row}.")}

    def next_row(self, prefix: str) -> str:
        """Return what a new row of a repeated block begins with."""
        rows = self.rows(prefix)
        return f"{prefix}.{int(rows[-1].rpartition('.')[2]) + 1 if rows else 0}"

    def _look(self, name: str, value: str, *, most: int, needed: bool = False) -> None:
        if needed and not value:
            self.wrong(name, say("Something has to stand here."))
        for fault in faults(value, most=most):
            self.wrong(name, fault)


def faults(value: str, *, most: int = LINE) -> Sequence[str]:
    """List what nobody may put into a field: too much, markup, and characters that nobody sees."""
    found = []
    if len(value) > most:
        found.append(say("That is {n} characters; {most} at most.", n=len(value), most=most))
    if _MARKUP.search(value):
        found.append(say("Plain words only: leave out marks such as <b> or &amp;."))
    if _UNSEEN.search(value) or any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") for sign in value):
        found.append(say("It holds a character that nobody sees. Type it anew, or paste it as plain text."))
    return found

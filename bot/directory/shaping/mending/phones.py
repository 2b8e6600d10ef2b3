"""What makes a phone fit to be kept: its kind and its extension in the words of the standard."""

import re
from collections.abc import Iterator, Mapping

from bot.directory.note import Level
from bot.directory.shaping.mending.apart import apart, with_extension
from bot.directory.shaping.mending.draft import Draft
from bot.directory.shaping.mending.numbers import is_number
from bot.directory.shaping.mending.typed import AS_TEXT
from bot.directory.shaping.mending.withheld import is_withheld, withhold

KINDS = frozenset({"text", "voice", "fax", "cell", "video", "pager", "textphone"})
#: Other words for them; those that say more than the kind are kept in the description too.
_ALIASES: Mapping[str, tuple[str, bool]] = {
    "sms": ("text", False), "tty": ("textphone", False), "tdd": ("textphone", False), "tty/tdd": ("textphone", False),
    "tdd/tty": ("textphone", False), "mobile": ("cell", False), "cellphone": ("cell", False),
    "cell phone": ("cell", False), "phone": ("voice", False), "telephone": ("voice", False),
    "landline": ("voice", False), "main": ("voice", True), "office": ("voice", True), "work": ("voice", True),
    "hotline": ("voice", True), "helpline": ("voice", True), "crisis": ("voice", True),
    "crisis line": ("voice", True), "toll free": ("voice", True), "toll-free": ("voice", True),
    "tollfree": ("voice", True), "after hours": ("voice", True), "administration": ("voice", True),
    "intake": ("voice", True), "facsimile": ("fax", False), "videophone": ("video", False), "vp": ("video", False),
}  # fmt: skip
_NO_NUMBER = frozenset({"no phone", "no number", "no phone number", "unlisted", "unpublished", "unknown", "tbd"})
_EXTENSION = re.compile(r"(?:e?xt?(?:ension)?\.? ?|#)?(\d{1,15})", re.IGNORECASE)


def finish_phone(draft: Draft) -> Iterator[Draft]:
    """Give the phones an object means, in the words of the standard: several, when its number holds several."""
    number = with_extension(str(draft.fields.get("number", "")).strip())
    if number.casefold() in _NO_NUMBER:
        draft.fields.pop("number")
        draft.say(Level.DROPPED, "number", "said only that there is no number", number)
    elif number:
        draft.fields["number"] = number
    department = draft.take("department")
    if department:
        _describe(draft, department)
    _extension(draft)
    told = apart(number)
    for place, (label, each_number) in enumerate(told):
        each = draft
        if len(told) > 1 or label:
            each = Draft("phone", {**draft.fields, "number": each_number}, dict(draft.extra), [])
            each.remarks += draft.remarks if not place else ()
            if place and "id" in each.fields:
                each.fields["id"] = f"{each.fields['id']}:{place + 1}"
            if label:
                each.fields["type"] = label
            if not place:
                shown = "" if is_withheld(number) else number
                each.say(Level.MENDED, "number", "held several numbers, or words before a number: taken apart", shown)
        withhold(each)
        _kind(each)
        yield each


def _kind(draft: Draft) -> None:
    said = str(draft.fields.get("type", "")).strip()
    word = said.casefold()
    if not said or said in KINDS:
        return
    if word in KINDS:
        draft.fields["type"] = word
    elif word in _ALIASES:
        draft.fields["type"], describes = _ALIASES[word]
        if describes:
            _describe(draft, said)
        draft.say(Level.MENDED, "type", "was put into the words of the standard", said)
    else:
        del draft.fields["type"]
        _describe(draft, said)
        draft.say(Level.MENDED, "type", "is no kind of phone the standard knows and was added to its description", said)


def _extension(draft: Draft) -> None:
    said = draft.fields.get("extension")
    if said is None or is_number(said):
        return
    written = str(said)
    found = _EXTENSION.fullmatch(written.strip())
    if found is None:
        del draft.fields["extension"]
        draft.set_aside("extension" + AS_TEXT, said)
        draft.say(Level.DROPPED, "extension", "is no number and was kept as words", written)
        return
    draft.fields["extension"] = int(found[1])
    if str(int(found[1])) != written.strip():
        # A phone menu that asks for 007 does not take 7.
        draft.set_aside("extension" + AS_TEXT, said)
        draft.say(
            Level.MENDED, "extension", "is a number in the standard: as it was written it is kept beside it", written
        )


def _describe(draft: Draft, words: str) -> None:
    before = str(draft.fields.get("description", ""))
    if words.casefold() not in before.casefold():
        draft.fields["description"] = f"{before}; {words}" if before else words

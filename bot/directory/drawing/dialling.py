"""What numbers a cell of a directory holds: read as people write them, nothing guessed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

#: Where a number of ours may be: the states, their territories, and Canada. Others of +1 are far and dear.
_REGIONS = frozenset({"US", "CA", "PR", "GU", "VI", "AS", "MP"})
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_PLAIN = re.compile(r"\s*(?:\+?1[-. ]?)?\(?([2-9]\d\d)\)?[-. /]{0,3}([2-9]\d\d)[-. ]{0,3}(\d{4})\s*")
_SHORT = re.compile(r"\s*([2-9])[-. ]?(1)[-. ]?(1)\s*|\s*(9)[-. ]?(8)[-. ]?(8)\s*|\s*(\d{3})[-. ]?(\d{2,3})\s*")
_INSIDE = re.compile(r"(?<!\d)(?:\+?1[-. (]{0,2})?\(?([2-9]\d\d)\)?[-. /]{0,3}(\d{3})[-. ]{0,3}(\d{4})(?!\d)")
#: Letters count only in capitals, or when the cell is nothing but the number; those beyond the tenth fall away.
_SPELT = re.compile(
    r"(?<![\dA-Za-z])(?:\+?1[-. (]{0,2})?\(?([2-9]\d\d)\)?[-. /]{0,3}((?=[-\d. ]*[A-Z])(?:[0-9A-Z][-. ]?){6}[0-9A-Z])"
    r"(?:[-. ]?[A-Z]){0,6}(?![\dA-Za-z])"
)
_EXTENSION = re.compile(r"[,;]?\s*(?:ext(?:ensi[oó]n|ension|n)?\b\.?|x|#)\s*:?\s*#?\s*(\d{1,7})\b", re.IGNORECASE)
#: The same number once more in digits: "1-800-799-SAFE (7233)".
_IN_DIGITS = re.compile(r"(?<=[A-Z])\s*\(\d{3,10}(?:[-. ]\d{4})?\)")
_N11 = re.compile(r"(?<![\d-])(?:[2-9][-. ]?1[-. ]?1|988)(?![\d-])")
_SHORT_CODE = re.compile(r"(?<![\d+-])(?<!\d[ .])\d{5,6}(?![\d-])")
_BRACKET = re.compile(r"\s*[(\[]([A-Za-z /]{2,20})[)\]]")
_LAST_WORDS = re.compile(r"[A-Za-z/ ]*[A-Za-z](?=[\s:.(+-]*$)")
_FOREIGN = re.compile(r"\s*(?:\+(?!\s*1)|00\d|011[- ])")
_SEVEN = re.compile(r"(?<![\d-])\d{3}[-. ]\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Dialled:
    """A number as an entry keeps it: "+1" and ten digits, or a short code.

    `extension` is as it was written; `label` what the cell says beside this number: "TTY:", "(fax)".
    """

    number: str
    extension: str = ""
    label: str = ""


NO_AREA_CODE = "a telephone number without its area code was left out"
NOT_A_NUMBER = "what is no ordinary telephone number of the United States or Canada was left out"


@lru_cache(maxsize=1 << 13)
def numbers_in(cell: str) -> tuple[tuple[Dialled, ...], str]:
    """Return the numbers a cell holds, and why some of it is none: one of the two sentences above, or "".

    Ten digits that no telephone has (an area code that does not exist) are none.
    """
    plain = _PLAIN.fullmatch(cell)
    if plain:
        return _one("".join(plain.groups()))
    text = unicodedata.normalize("NFKC", cell).replace("‐", "-").replace("–", "-").replace("—", "-").replace("‑", "-")
    short = _SHORT.fullmatch(text)
    if short:
        return (Dialled("".join(part for part in short.groups() if part)),), ""
    return _several(text)


def _one(digits: str) -> tuple[tuple[Dialled, ...], str]:
    return ((Dialled(f"+1{digits}"),), "") if _exists(digits) else ((), NOT_A_NUMBER)


def _several(text: str) -> tuple[tuple[Dialled, ...], str]:
    if _FOREIGN.match(text):
        return (), NOT_A_NUMBER
    left = _IN_DIGITS.sub("", text)
    left = left.upper() if _SPELT.fullmatch(left.upper().strip()) else left
    found: dict[str, Dialled] = {}
    why = ""
    for pattern in (_INSIDE, _SPELT):
        for match in pattern.finditer(left):
            digits = re.sub(r"[-. ]", "", "".join(match.groups())).translate(_KEYS)
            if _exists(digits):
                extension = _EXTENSION.match(left, match.end())
                label = _label(left[: match.start()], left[extension.end() if extension else match.end() :])
                found.setdefault(digits, Dialled(f"+1{digits}", extension[1] if extension else "", label))
            else:
                why = NOT_A_NUMBER
        left = pattern.sub(" / ", left)
    left = _EXTENSION.sub(" / ", left)
    for short in (*_N11.findall(left), *_SHORT_CODE.findall(left)):
        digits = re.sub(r"\D", "", short)
        found.setdefault(digits, Dialled(digits))
    if _SEVEN.search(left):
        why = why or NO_AREA_CODE
    if not found and not why:
        why = NOT_A_NUMBER
    return tuple(found.values()), why


def _label(before: str, after: str) -> str:
    """Return what is said beside a number: in brackets behind it, or before it, or behind the last of a cell."""
    bracket = _BRACKET.match(after)
    if bracket:
        return bracket[1]
    said = _LAST_WORDS.search(before)
    return (said[0] if said else "") or ("" if any(char.isdigit() for char in after) else after.strip())


def _exists(digits: str) -> bool:
    """Say whether ten digits can be a number: asked of the library once for each area code, then of its shape."""
    # The islands use few of the numbers their area codes have room for.
    return digits[3] in "23456789" and _has_area(digits[:3]) and (digits[:3] not in _ISLANDS or _is_valid(digits))


@lru_cache(maxsize=4096)
def _is_valid(digits: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(f"+1{digits}"))


#: Area codes of Guam, the Northern Marianas, American Samoa and the Virgin Islands.
_ISLANDS = frozenset({"671", "670", "684", "340"})


@lru_cache(maxsize=1024)
def _has_area(code: str) -> bool:
    # Any number of an area code is as good as another: the plan lists area codes, and leaves seven digits open.
    number = phonenumbers.parse(f"+1{code}2345678")
    kind = phonenumbers.number_type(number)
    region = phonenumbers.region_code_for_number(number)
    dear = kind in (phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.UNKNOWN)
    return not dear and region in _REGIONS

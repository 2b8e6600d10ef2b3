"""Numbers as people write them."""

import math
import re

_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?|[+-]?\.\d{1,18}")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def read_number(text: str) -> int | float | None:
    """Return the number a text is, None for any other: "18" and "18.0" are 18, "18+" is none."""
    bare = text.strip()
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _NUMBER.fullmatch(bare):
        return None
    if "." not in bare:
        return int(bare)
    number = float(bare)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def is_number(value: object) -> bool:
    """Tell whether a JSON value is a number that another JSON can hold."""
    return type(value) is int or (type(value) is float and math.isfinite(value))

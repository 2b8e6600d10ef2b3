"""A telephone number as people write it, read into its ten digits."""

import re
import unicodedata

_BETWEEN = r"[\s().\-/]*"
_WRITTEN = re.compile(
    rf"\s*(?:tel:)?(?:\+?1)?{_BETWEEN}([2-9]\d\d){_BETWEEN}([2-9]\d\d){_BETWEEN}(\d{{4}})\s*", re.ASCII
)
#: What word processors make of a hyphen.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


class NumberError(ValueError):
    """Something was given that is no telephone number of the United States or Canada."""


def ten_digits(written: str) -> str:
    """Return the ten digits of a number in any usual writing: (213) 555-0142, +1 213 555 0142, 2135550142.

    Raises NumberError, whose text repeats nothing of what was given.
    """
    plain = unicodedata.normalize("NFKC", written).translate(_DASHES)
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        raise NumberError(
            "That is not a phone number of the United States or Canada. Write its ten digits, as in (NNN) NNN-NNNN."
        )
    return "".join(match.groups())

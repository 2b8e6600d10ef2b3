"""Web addresses and e-mail addresses: what is none stays as words, what lacks its beginning gets it."""

import re

_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_REST = rf"(?:/{_CHARACTER}*)*(?:\?(?:{_CHARACTER}|[/?])*)?(?:\#(?:{_CHARACTER}|[/?])*)?"
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
_WHOLE = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?://[A-Za-z0-9.:@_~%-]*)?{_REST}|[A-Za-z][A-Za-z0-9+.-]*:{_CHARACTER}+")
_BARE = re.compile(rf"{_HOST}(?::\d{{1,5}})?{_REST}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")


def is_web_address(text: str) -> bool:
    """Tell whether a text is one web address with its scheme, in characters every validator accepts."""
    return _WHOLE.fullmatch(text) is not None and (not text.lower().startswith("http") or "://" in text)


def with_scheme(text: str) -> str:
    """Return a web address that lacks only its scheme with https:// before it, "" for any other text."""
    bare = text.strip()
    return f"https://{bare}" if _BARE.fullmatch(bare) else ""


def is_email(text: str) -> bool:
    """Tell whether a text is one e-mail address."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def read_email(text: str) -> str:
    """Return the one e-mail address a text is, "" when it is more or none."""
    bare = text.strip().removeprefix("mailto:").strip("<>")
    return bare if is_email(bare) else ""

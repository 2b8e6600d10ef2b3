"""Every form in which a telephone number or a text could stand in bytes. Pure; no form's name tells the value."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

#: Shorter ones would be found by chance.
SHORTEST = 8
_IN_BASE64 = (b64encode, urlsafe_b64encode)


@dataclass(frozen=True, slots=True)
class Form:
    """Bytes to look for. The name may be printed, the bytes never."""

    name: str
    data: bytes = field(repr=False)


def writings(digits: str) -> dict[str, str]:
    """Return the usual writings of a ten-digit number, each under its pattern."""
    area, exchange, last = digits[:3], digits[3:6], digits[6:]
    usual = {"(NNN) NNN-NNNN": f"({area}) {exchange}-{last}", "(NNN)NNN-NNNN": f"({area}){exchange}-{last}"}
    usual |= {f"NNN{mark}NNN{mark}NNNN": f"{area}{mark}{exchange}{mark}{last}" for mark in "-. /"}
    usual |= {"NNN NNN-NNNN": f"{area} {exchange}-{last}", "NNN-NNNNNNN": f"{area}-{exchange}{last}"}
    bare = {"+1NNNNNNNNNN": f"+1{digits}", "1NNNNNNNNNN": f"1{digits}", "NNNNNNNNNN": digits}
    abroad = {f"+1 {pattern}": f"+1 {written}" for pattern, written in usual.items()}
    dashed = {"+1-NNN-NNN-NNNN": f"+1-{area}-{exchange}-{last}", "1-NNN-NNN-NNNN": f"1-{area}-{exchange}-{last}"}
    spelt = {"N N N N N N N N N N": " ".join(digits), "N, N, N, ...": ", ".join(digits), "N-N-N-...": "-".join(digits)}
    return bare | usual | abroad | dashed | spelt


#: Those writings of a number that a program is likely to make a digest of.
DIGESTED = ("+1NNNNNNNNNN", "1NNNNNNNNNN", "NNNNNNNNNN", "NNN-NNN-NNNN", "(NNN) NNN-NNNN", "+1-NNN-NNN-NNNN")


def plain_forms(name: str, text: str) -> list[Form]:
    """Return a text as it is, URL-encoded, JSON-escaped, in base64, hexadecimal and UTF-16.

    What is shorter than SHORTEST bytes, and what says the same as an earlier form, is left out.
    """
    raw = text.encode("utf-8", "surrogatepass")
    forms = [Form(name, raw)]
    forms += [Form(f"{name}, URL-encoded", data) for data in _for_urls(text)]
    forms += [Form(f"{name}, JSON-escaped", data) for data in _for_json(text)]
    forms += [Form(f"{name}, base64", data) for encode in _IN_BASE64 for data in _insides(raw, encode)]
    forms += [Form(f"{name}, hex", raw.hex().encode()), Form(f"{name}, hex", raw.hex().upper().encode())]
    forms += [Form(f"{name}, {kind}", text.encode(kind, "surrogatepass")) for kind in ("utf-16-le", "utf-16-be")]
    return list(distinct(forms))


def distinct(forms: Iterable[Form]) -> Iterator[Form]:
    """Give each form once, the first that has these bytes, and only if it is long enough."""
    seen: set[bytes] = set()
    for form in forms:
        if len(form.data) >= SHORTEST and form.data not in seen:
            seen.add(form.data)
            yield form


def _for_urls(text: str) -> Iterator[bytes]:
    for written in (
        quote(text, safe="", errors="replace"),
        quote_plus(text, errors="replace"),
        quote(text, "+()", errors="replace"),
    ):
        yield written.encode()
        yield _with_small_escapes(written).encode()


def _with_small_escapes(written: str) -> str:
    first, *rest = written.split("%")
    return "%".join([first, *(part[:2].lower() + part[2:] for part in rest)])


def _for_json(text: str) -> Iterator[bytes]:
    escaped = json.dumps(text)[1:-1]
    yield escaped.encode()
    yield json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")
    yield escaped.replace("/", "\\/").encode()
    yield escaped.replace("+", "\\u002b").encode()
    yield escaped.replace("+", "\\u002B").encode()


def _insides(raw: bytes, encode: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """Give what stays the same when bytes stand anywhere in something longer that is in base64."""
    for before in range(3):
        whole = encode(bytes(before) + raw)
        # A character holds six bits: those shared with the bytes around it are left out.
        yield whole[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]

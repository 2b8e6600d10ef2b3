"""The digests that a program could have made of a number or a text: without a key, and under every key found."""

import hashlib
import hmac
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from bot.drill.forms import DIGESTED, Form, distinct, plain_forms, writings

_KNOWN = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-512": "sha512"}
_BLAKE2_KEY = hashlib.blake2b.MAX_KEY_SIZE


@dataclass(frozen=True, slots=True)
class Secret:
    """Something a digest may have been made with. The name says where it stands; the bytes are never printed."""

    name: str
    data: bytes = field(repr=False)


#: A way to make a digest, by its name. Several secrets may share a name.
Way = tuple[str, Callable[[bytes], bytes]]


def unkeyed() -> Iterator[Way]:
    """Give the digests anybody can make."""
    yield from ((name, partial(_digest, kind)) for name, kind in _KNOWN.items())
    yield "BLAKE2s", partial(_digest, "blake2s")
    yield "SHA3-256", partial(_digest, "sha3_256")
    yield "BLAKE2b", partial(_digest, "blake2b")
    yield "BLAKE2b-256", partial(_blake2b, digest_size=32)
    yield "BLAKE2b-128", partial(_blake2b, digest_size=16)


def under(secret: Secret) -> Iterator[Way]:
    """Give the digests that need a secret: HMAC, keyed BLAKE2b, and plain ones with the secret before or after."""
    for read_as, key in _keys(secret):
        yield from ((f"HMAC-{name} under {read_as}", partial(_hmac, key, kind)) for name, kind in _KNOWN.items())
        yield f"BLAKE2b under {read_as}", partial(_blake2b, key=key[:_BLAKE2_KEY])
        yield from ((f"{name} after {read_as}", partial(_digest, kind, before=key)) for name, kind in _KNOWN.items())
        yield from ((f"{name} before {read_as}", partial(_digest, kind, after=key)) for name, kind in _KNOWN.items())


def digest_forms(name: str, text: str, secrets: Iterable[Secret] = ()) -> Iterator[Form]:
    """Give every digest of a text, as bytes, in hexadecimal and in base64.

    Each form is the beginning of the digest, so a truncated one is found as well: 8 bytes, 16 hexadecimal
    characters or 12 of base64.
    """
    raw = text.encode("utf-8", "surrogatepass")
    for kind, make in chain(unkeyed(), *map(under, secrets)):
        digest = make(raw)
        yield Form(f"{kind} of {name}, bytes", digest[:8])
        yield Form(f"{kind} of {name}, hex", digest[:8].hex().encode())
        yield Form(f"{kind} of {name}, hex", digest[:8].hex().upper().encode())
        yield Form(f"{kind} of {name}, base64", b64encode(digest[:9]))
        yield Form(f"{kind} of {name}, base64", urlsafe_b64encode(digest[:9]))


def number_forms(digits: str, secrets: Iterable[Secret] = ()) -> list[Form]:
    """Return every form of a ten-digit number; a name shows its pattern, never a digit."""
    written, secrets = writings(digits), tuple(secrets)
    forms = [form for pattern, text in written.items() for form in plain_forms(pattern, text)]
    forms += [form for pattern in DIGESTED for form in digest_forms(pattern, written[pattern], secrets)]
    return list(distinct(forms))


def text_forms(name: str, text: str, secrets: Iterable[Secret] = ()) -> list[Form]:
    """Return every form of a text or an identifier; `name` stands for it."""
    return list(distinct([*plain_forms(name, text), *digest_forms(name, text, secrets)]))


def _keys(secret: Secret) -> Iterator[tuple[str, bytes]]:
    """Give a secret as it stands, and as the bytes it spells in hexadecimal."""
    yield secret.name, secret.data
    try:
        yield f"{secret.name} (as hex)", bytes.fromhex(secret.data.decode("ascii"))
    except ValueError:
        return


def _digest(kind: str, raw: bytes, *, before: bytes = b"", after: bytes = b"") -> bytes:
    # Not hashlib.new, which is half as fast: a drill makes thousands.
    made: hashlib._Hash = getattr(hashlib, kind)(before + raw + after, usedforsecurity=False)
    return made.digest()


def _blake2b(raw: bytes, *, key: bytes = b"", digest_size: int = 64) -> bytes:
    return hashlib.blake2b(raw, key=key, digest_size=digest_size).digest()


def _hmac(key: bytes, kind: str, raw: bytes) -> bytes:
    return hmac.digest(key, raw, kind)

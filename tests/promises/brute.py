"""Trying all numbers: what somebody with our disk and an evening would do to a digest of a number.

A digest counts as found when its first 8 bytes stand in the evidence: as they are, at any offset; or inside a run
of 16 or more hexadecimal digits; or inside a run of 11 or more characters of base64, plain or URL-safe. Runs are
decoded at every phase, 2 for hexadecimal and 4 for base64, so no alignment is missed. What is shorter than 8 bytes
would be found by chance.
"""

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.drill.digests import Secret, Way, under, unkeyed
from tests.promises.evidence import Evidence

Words: TypeAlias = NDArray[np.uint64]

_WORD = 8
_HEX = re.compile(rb"[0-9A-Fa-f]{16,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{11,}")
_PLAIN = bytes.maketrans(b"-_", b"+/")
_AT_ONCE = 100_000
MILLION = 1_000_000


def index(evidence: Evidence) -> Words:
    """Return every 8 bytes that stand anywhere in the evidence, or in what its runs decode to; sorted."""
    # Joined: where two pieces meet, words come about that stand nowhere; as good as random, they match nothing.
    pieces = chain.from_iterable((data, *_decoded(data)) for _, data in evidence.held)
    return np.unique(_words(bytes(_WORD).join(pieces)))


def exchange(area: str, office: str) -> Iterator[bytes]:
    """Give all 10,000 numbers of an exchange, each in the three writings a program is likely to digest."""
    for last in range(10_000):
        digits = f"{area}{office}{last:04d}".encode()
        yield from (b"+1" + digits, b"1" + digits, digits)


def whole_area(area: str, first: int, most: int) -> Iterator[bytes]:
    """Give the last so many numbers of an area whose exchanges begin with a digit, as the provider writes them."""
    return (f"+1{area}{first}{rest:06d}".encode() for rest in range(MILLION - most, MILLION))


def keyed(secrets: Iterable[Secret]) -> Iterator[Way]:
    """Give the ways to make a digest that are meant for keys: HMAC and BLAKE2."""
    return (way for secret in secrets for way in under(secret) if "HMAC" in way[0] or "BLAKE2" in way[0])


def matches(words: Words, texts: Iterable[bytes], secrets: Iterable[Secret] = ()) -> Iterator[tuple[str, bytes]]:
    """Give the way and the text of every digest that stands in an index: unkeyed ones, and those of every secret."""
    return matches_of(words, texts, chain(unkeyed(), *map(under, secrets)))


def matches_of(words: Words, texts: Iterable[bytes], ways: Iterable[Way]) -> Iterator[tuple[str, bytes]]:
    """Give the way and the text of every digest, made in one of some ways, that stands in an index."""
    ways, rest = list(ways), iter(texts)
    while some := list(islice(rest, _AT_ONCE)):
        for name, make in ways:
            digests = np.frombuffer(b"".join([make(text)[:_WORD] for text in some]), dtype=np.uint64)
            at = np.searchsorted(words, digests) % len(words)
            yield from ((name, some[hit]) for hit in np.flatnonzero(words[at] == digests))


def matches_in_area(words: Path, area: str, secrets: list[Secret], most: int = MILLION) -> list[tuple[str, bytes]]:
    """Try the eight million numbers of an area, on every processor; the index is a file of numpy's.

    With `most`, only so many of each million are tried.
    """
    workers = None if most == MILLION else 1
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as many:
        jobs = [many.submit(_in_million, words, (area, first, most), secrets) for first in range(2, 10)]
        return [match for job in jobs for match in job.result()]


def _in_million(words: Path, of: tuple[str, int, int], secrets: list[Secret]) -> list[tuple[str, bytes]]:
    return list(matches_of(np.load(words), whole_area(*of), chain(unkeyed(), keyed(secrets))))


def _words(data: bytes) -> Words:
    return np.ndarray((len(data) - _WORD + 1,), np.uint64, data, strides=(1,))


def _decoded(data: bytes) -> Iterator[bytes]:
    for run in _HEX.findall(data):
        yield from (_from_hex(run[phase:]) for phase in range(2))
    for run in _BASE64.findall(data):
        yield from (_from_base64(run[phase:]) for phase in range(4))


def _from_hex(run: bytes) -> bytes:
    return bytes.fromhex(run[: len(run) // 2 * 2].decode())


def _from_base64(run: bytes) -> bytes:
    plain = run.translate(_PLAIN)
    if len(plain) % 4 == 1:
        plain = plain[:-1]  # one character alone says nothing
    return b64decode(plain + b"=" * (-len(plain) % 4))

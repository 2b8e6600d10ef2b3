"""Ask a server for JSON: patiently, within bounds, and without trusting where it sends us."""

import io
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from bot.directory.reading.address import Address
from bot.directory.reading.findings import BrokenError
from bot.directory.reading.json_text import JsonText
from bot.directory.reading.limits import MB, Limits
from bot.directory.reading.source import Source
from bot.directory.reading.text import text_of_file

LARGEST_ANSWER = 64 * MB
#: Between five tries; what a server asks for counts when it is longer.
WAITS_SECONDS = (1.0, 2.0, 4.0, 8.0)
LONGEST_WAIT_SECONDS = 120.0
_TOO_LARGE = f"an answer is larger than {LARGEST_ANSWER // MB} MB"
_PASSING = {408, 429, 500, 502, 503, 504}
_MOVED = {301, 302, 303, 307, 308}
_MOST_DETOURS = 3
#: To connect, and between two pieces of an answer; then for a whole answer.
_TIMEOUTS_SECONDS = (10.0, 30.0)
_WHOLE_ANSWER_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: its status, its body as it stands unpacked, its headers by names in small letters."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] | None = None

    def header(self, name: str) -> str:
        """Return a header, "" when there is none."""
        return str((self.headers or {}).get(name, ""))


#: Ask for one address, once, following nothing. Raises OSError when no answer comes.
Get: TypeAlias = Callable[[str], Answer]


class RefusedError(BrokenError):
    """A server answered that it would not give what was asked for."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


class Wire:
    """The way to one API."""

    def __init__(self, address: Address, get: Get, limits: Limits, *, sleep: Callable[[float], None]) -> None:
        self._address, self._get, self._limits, self._sleep = address, get, limits, sleep
        #: How many letters and keys of all answers were put right.
        self.mended = 0

    def json(self, path: str, query: Mapping[str, str] = MappingProxyType({}), *, patient: bool = True) -> Any:
        """Return what stands at a path below the address. Tried five times if `patient`, while the fault may pass.

        Raises RefusedError for an answer that is no success, BrokenError for none, or for one that is not JSON.
        """
        answer = self._answer(self._address.whole(path, query), WAITS_SECONDS if patient else ())
        name = f"{self._address.shown}{path}"
        if len(answer.body) > LARGEST_ANSWER:
            raise BrokenError(f"{name}: {_TOO_LARGE}")
        if answer.status != 200:
            raise RefusedError(f"{name}: {_refusal(answer.status)}", answer.status)
        source = Source(name, len(answer.body), lambda: io.BytesIO(answer.body))
        with text_of_file(source) as text:
            json = JsonText(name, text, self._limits)
            value = json.value()
            if json.peek():
                raise BrokenError(f"{name}: something stands after the end of its JSON")
            self.mended += json.doubled + json.unfit + text.mended + text.zeros + text.lost
            return value

    def _answer(self, url: str, waits: tuple[float, ...]) -> Answer:
        fault = ""
        for wait in (*waits, None):
            asked = 0.0
            try:
                answer = self._followed(url)
            except (OSError, ValueError) as error:
                # The text of such errors holds the address with its key; the type says enough.
                fault = f"no answer came ({type(error).__name__})"
            else:
                if answer.status not in _PASSING:
                    return answer
                fault, asked = _refusal(answer.status), _asked_to_wait(answer)
            if wait is None:
                break
            if asked > LONGEST_WAIT_SECONDS:
                raise BrokenError(f"{self._address.shown}: asks us to come back in {asked / 60:.0f} minutes")
            self._sleep(max(wait, asked))
        raise BrokenError(f"{self._address.shown}: {fault}")

    def _followed(self, url: str) -> Answer:
        for _ in range(_MOST_DETOURS + 1):
            answer = self._get(url)
            if answer.status not in _MOVED:
                return answer
            url = self._address.redirected(url, answer.header("location"))
        raise BrokenError(f"{self._address.shown}: sends us on and on")


@contextmanager
def real_wire() -> Iterator[Get]:
    """Give the way to ask real servers, over kept connections, for the length of the block."""
    import requests

    with requests.Session() as session:
        # No password file, proxy or certificates that an environment variable names.
        session.trust_env = False
        session.headers.update({"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "quietline"})

        def get(url: str) -> Answer:
            with session.get(url, stream=True, allow_redirects=False, timeout=_TIMEOUTS_SECONDS) as response:
                until = time.monotonic() + _WHOLE_ANSWER_SECONDS
                body = bytearray()
                for piece in response.iter_content(65536):
                    body += piece
                    if len(body) > LARGEST_ANSWER:
                        raise BrokenError(_TOO_LARGE)
                    if time.monotonic() > until:
                        raise TimeoutError
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, bytes(body), headers)

        yield get


def _refusal(status: int) -> str:
    if status in (401, 403):
        return f"wants a key or a sign-in (HTTP {status})"
    return "is not there (HTTP 404)" if status == 404 else f"answers HTTP {status}"


def _asked_to_wait(answer: Answer) -> float:
    """Return the seconds of Retry-After; 0 when there is none or it is a date."""
    value = answer.header("retry-after").strip()
    return float(value) if value.isascii() and value.isdecimal() and len(value) < 9 else 0.0

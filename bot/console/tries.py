"""How often somebody may try a password or a code: five times, then after a wait that doubles.

In memory only, under a key that is made at the start: no address of anybody is ever written down. A wait has an
end, so that nobody can lock another one out for good; a passkey needs no password and never waits.
"""

import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

AT_ONCE = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
#: Without a failure for this long all failures are forgotten: of an account, and of an address, which an office shares.
FORGOTTEN_AFTER, ADDRESS_FORGOTTEN_AFTER = timedelta(hours=24), timedelta(hours=1)
#: What the name of an address begins with.
ADDRESS = "address "
#: More than ever sign in; beyond it the oldest is forgotten, so that strangers cannot fill the memory.
MOST = 20_000


@dataclass(slots=True)
class _Failures:
    count: int = 0
    last: datetime | None = None
    until: datetime | None = None


class Tries:
    """Counts what was tried, for each account and each address."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._failed: OrderedDict[bytes, _Failures] = OrderedDict()
        self._lock = Lock()

    def wait(self, *names: str) -> int:
        """Return how many seconds to wait before the next try; 0 = go on, and this try is counted already.

        A try counts before it is made: many at the same moment are as many as one after the other.
        """
        now = self._clock()
        with self._lock:
            found = [self._of(name, now) for name in names]
            waits = [one.until - now for one in found if one.until is not None and one.until > now]
            if waits:
                return max(1, int(max(waits).total_seconds()))
            for one in found:
                one.count += 1
                one.last = now
                if one.count % AT_ONCE == 0:
                    one.until = now + min(FIRST_WAIT * 2 ** min(one.count // AT_ONCE - 1, 10), LONGEST_WAIT)
            return 0

    def is_waited_for(self, *names: str) -> bool:
        """Say whether the next try would have to wait; nothing is counted."""
        now = self._clock()
        with self._lock:
            found = [self._failed.get(self._digest(name)) for name in names]
        return any(one is not None and one.until is not None and one.until > now for one in found)

    def succeeded(self, account: str, *others: str) -> None:
        """Forget the failures of an account whose try was right, and that try for the others."""
        with self._lock:
            self._failed.pop(self._digest(account), None)
            for name in others:
                if one := self._failed.get(self._digest(name)):
                    one.count -= 1
                    one.until = None

    def _of(self, name: str, now: datetime) -> _Failures:
        mark = self._digest(name)
        found = self._failed.pop(mark, None)
        after = ADDRESS_FORGOTTEN_AFTER if name.startswith(ADDRESS) else FORGOTTEN_AFTER
        if found is None or (found.last is not None and now - found.last >= after):
            found = _Failures()
        self._failed[mark] = found
        while len(self._failed) > MOST:
            self._failed.popitem(last=False)
        return found

    def _digest(self, name: str) -> bytes:
        return hmac.digest(self._key, name.encode(), "sha256")


def address_of(peer: str, forwarded: str) -> str:
    """Return where a request came from: what the proxy in front of us says, when the peer is one.

    Only a peer on our own machine or network is taken for a proxy; the last address it names is the one it saw.
    An IPv6 network counts as one, because a household has 2^64 addresses.
    """
    try:
        found = ip_address(peer)
        if found.is_private and forwarded:
            found = ip_address(forwarded.rpartition(",")[2].strip())
    except ValueError:
        return peer
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)

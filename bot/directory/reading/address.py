"""The address of a directory on the web: what may be asked for, and what of it may be shown."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from bot.directory.reading.findings import BrokenError, shown

#: Names under which a key or a password stands in an address.
_SECRET = re.compile(r"key|token|secret|passw|pwd|auth|sig|session|login|user|code|jwt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Where an HSDS API stands. `shown` never holds a password or a key; `whole` may, and goes to its server only."""

    scheme: str
    netloc: str
    path: str
    query: tuple[tuple[str, str], ...]
    host: str

    @property
    def shown(self) -> str:
        """Return the address as it may be printed: without user, password and query."""
        place = self.netloc.rpartition("@")[2]
        return shown(f"{self.scheme}://{place}{self.path}")

    @property
    def known_as(self) -> str:
        """Return what tells this directory from others on disk: `shown` and what is asked for, without any key."""
        asked = urlencode([(name, value) for name, value in self.query if not _SECRET.search(name)])
        return f"{self.scheme}://{self.netloc.rpartition('@')[2].lower()}{self.path}?{asked}"

    def whole(self, path: str, query: Mapping[str, str]) -> str:
        """Return the full address of something below this one."""
        asked = urlencode([*self.query, *query.items()])
        return urlunsplit((self.scheme, self.netloc, f"{self.path}{path}", asked, ""))

    def redirected(self, asked: str, location: str) -> str:
        """Return where an answer sends us on to, at the same server. Raises BrokenError when it is any other."""
        try:
            target = urljoin(asked, location)
            parts = urlsplit(target)
            same = parts.scheme == self.scheme and parts.netloc.rpartition("@")[2] == self.netloc.rpartition("@")[2]
        except ValueError:
            raise BrokenError(f"{self.shown}: sends us on to an address that is none") from None
        if not same:
            place = f"{parts.scheme}://{parts.hostname or ''}"
            raise BrokenError(f"{self.shown}: sends us on to {shown(place)}, which is not followed")
        # The user and password go along, as they would have without the detour.
        return urlunsplit((self.scheme, self.netloc, parts.path, parts.query, ""))


def address_of(url: str) -> Address:
    """Return the address of an API from what a person typed: its base, or its list of services.

    Raises BrokenError for anything but https; a server on this machine may be asked without.
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise BrokenError("the address is none: it should read https://api.example.org") from None
    path = quote(parts.path.rstrip("/").removesuffix("/services").rstrip("/"), safe="/%:@!$&'()*+,;=~-._")
    address = Address(parts.scheme.lower(), parts.netloc, path, tuple(parse_qsl(parts.query)), host)
    if address.scheme not in ("https", "http") or not host:
        raise BrokenError("the address is none: it should read https://api.example.org")
    if address.scheme == "http" and not _is_loopback(host):
        raise BrokenError(f"{address.shown}: only https is asked, so that nobody can change the numbers on the way")
    return address


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

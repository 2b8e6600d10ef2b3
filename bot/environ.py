"""Reading the environment: one setting after the other, every problem told, no value repeated."""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


class SettingsError(ValueError):
    """Settings were missing or wrong; `problems` names every one, and never repeats a value."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Reader:
    """Read one setting after the other, collecting what is wrong instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def text(self, name: str, default: str) -> str:
        """Return a setting; an empty one counts as unset, and the newline a secret file ends with is dropped."""
        return self._environ.get(name, "").strip() or default

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """Return one of the values there are."""
        value = self.text(name, default)
        if value not in allowed:
            self.problems.append(f"{name} must be one of: {', '.join(allowed)}")
            return default
        return value

    def whole(self, name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
        """Return a whole number within its bounds."""
        value = self.text(name, str(default))
        number = int(value) if re.fullmatch(r"[0-9]{1,9}", value) else -1
        if number < least or (most is not None and number > most):
            bounds = f"from {least} to {most}" if most is not None else f"of at least {least}"
            self.problems.append(f"{name} must be a whole number {bounds}")
            return default
        return number

    def address(self, name: str, schemes: tuple[str, ...], default: str) -> str:
        """Return an address of one of the schemes; the rest of it is not looked at and never repeated."""
        value = self.text(name, default)
        scheme, colon, _ = value.partition("://")
        if not colon or scheme not in schemes:
            self.problems.append(f"{name} must begin with one of: {', '.join(f'{s}://' for s in schemes)}")
            return default
        return value


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach the host: localhost, 127.x.x.x or ::1."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def url_complaint(value: str) -> str:
    """Say why signatures made over this address could not be checked; "" when they can."""
    try:
        url = urlsplit(value)
        host, _ = url.hostname or "", url.port
    except ValueError:
        return "has a port or a host that is not one"
    if url.scheme not in ("http", "https") or not host:
        return "must be an address like https://line.example.org"
    if _not_ours(url) or re.search(r"[\s,\\]", value):
        return "must hold no user name, query, fragment or blank"
    if ":" in host:
        return "must name its host: the provider cannot call, and its library cannot check, an IPv6 address"
    return ""


def _not_ours(url: SplitResult) -> bool:
    return "@" in url.netloc or bool(url.query) or bool(url.fragment)

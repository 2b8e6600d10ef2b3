"""Was this request signed by the provider?"""

import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

#: What a path may hold without being escaped; all else is escaped the way it was sent in all likelihood.
_PATH_SAFE = "/:@!$&'()*+,;=~"


def signed_url(base_url: str, environ: Mapping[str, Any]) -> str:
    """Return the address the provider signed: ours from outside, then path and query exactly as sent.

    A framework's own idea of the address has the escapes undone and is wrong behind a proxy.
    """
    query = _as_text(environ.get("QUERY_STRING", ""))
    return base_url + _raw_path(environ) + (f"?{query}" if query else "")


class SignatureCheck:
    """Tell requests signed with one of the tokens from all others; several count while one is replaced."""

    def __init__(self, tokens: Sequence[str], base_url: str) -> None:
        self._tokens = tuple(token.encode() for token in tokens)
        self._validators = tuple(RequestValidator(token) for token in tokens)
        self._base_url = base_url

    def passes(self, environ: Mapping[str, Any], form: MultiDict[str, str], header: str | None) -> bool:
        """Say whether the header signs this address and this form, repeated names, empty values and all.

        Whatever is wrong with any of the three is a no, never an exception.
        """
        if not header:
            return False
        try:
            url = signed_url(self._base_url, environ)
            return self._as_usual(url, form, header) or any(one.validate(url, form, header) for one in self._validators)
        except (TypeError, ValueError):
            # An address or a value the library cannot even sign (a lone surrogate, a port that is none).
            return False

    def _as_usual(self, url: str, form: MultiDict[str, str], header: str) -> bool:
        """Say whether the address as it stands was signed, as it nearly always is: a tenth of the library's time.

        It adds to what the library accepts nothing: a yes takes the token. A no means that the library is asked,
        which knows what else the provider may have made of an address (with its port, without it).
        """
        parts = [name + value for name, values in sorted(form.lists()) for value in sorted(set(values))]
        signed, given = (url + "".join(parts)).encode(), header.encode("utf-8", "surrogatepass")
        macs = (b64encode(hmac.digest(token, signed, "sha1")) for token in self._tokens)
        return any(hmac.compare_digest(mac, given) for mac in macs)


def _raw_path(environ: Mapping[str, Any]) -> str:
    """Return the path as sent, where the server kept it; else escape it again."""
    sent = _as_text(environ.get("RAW_URI") or environ.get("REQUEST_URI") or "")
    if sent.startswith("/"):
        return sent.partition("?")[0]
    if "://" in sent:
        return urlsplit(sent).path
    decoded = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return quote(str(decoded).encode("latin-1", "replace"), safe=_PATH_SAFE)


def _as_text(value: str) -> str:
    """Undo WSGI's habit of passing bytes as Latin-1."""
    return value.encode("latin-1", "replace").decode("utf-8", "replace")

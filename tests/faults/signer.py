"""The provider's signature, made from its published rule alone: no library of the provider's, and none of ours."""

import base64
import hashlib
import hmac
from collections.abc import Iterable


def signature(token: str, url: str, fields: Iterable[tuple[str, str]]) -> str:
    """Return what stands in X-Twilio-Signature: HMAC-SHA1 over the URL and every name with its value, sorted.

    A name that comes twice counts once with each of its values, in their order.
    """
    named: dict[str, set[str]] = {}
    for name, value in fields:
        named.setdefault(name, set()).add(value)
    signed = url + "".join(name + value for name in sorted(named) for value in sorted(named[name]))
    return base64.b64encode(hmac.digest(token.encode(), signed.encode("utf-8"), hashlib.sha1)).decode()

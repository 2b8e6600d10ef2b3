"""Signatures as somebody makes them who has a token and an address of their own choice."""

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict


def signature_for(url: str, pairs: list[tuple[str, str]], token: str) -> str:
    """Sign a form for an address."""
    return str(RequestValidator(token).compute_signature(url, MultiDict(pairs)))

"""One written form for a document, so that the same content always has the same text and the same digest.

A document is what a release holds: a JSON-able dictionary keyed by the path of a file under data/.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]


def to_text(document: Document) -> str:
    """Write a document as canonical JSON: keys sorted, no blanks, letters as they are.

    Raises ValueError for a number JSON has no word for (nan, inf), TypeError for what is not JSON at all.
    """
    return json.dumps(document, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def from_text(text: str) -> dict[str, Any]:
    """Read a document back from what `to_text` wrote; raises ValueError for anything else."""
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("a document is a JSON object")
    return document


def digest(text: str) -> str:
    """Give the SHA-256 of a text as UTF-8, in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()

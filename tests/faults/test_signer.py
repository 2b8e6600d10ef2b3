"""The suite's own signature, held once against what two libraries of the provider computed."""

import json
from pathlib import Path

from tests.faults.signer import signature


def test_it_signs_as_the_provider_does(shared: Path) -> None:
    vectors = json.loads((shared / "data" / "twilio_signature_vectors.json").read_text("utf-8"))["vectors"]
    assert len(vectors) >= 3
    for vector in vectors:
        fields = [
            (name, one)
            for name, value in vector["params"].items()
            for one in (value if isinstance(value, list) else [value])
        ]
        assert signature(vector["token"], vector["url"], fields) == vector["signature_python"], vector["desc"]


def test_another_token_address_or_word_gives_another_signature() -> None:
    made = {
        signature(token, url, [("Body", body), ("From", "+1")])
        for token in ("one", "two")
        for url in ("https://line.example.org/sms", "https://line.example.org/voice")
        for body in ("food", "bed")
    }
    assert len(made) == 8

"""A release that is live stays live after the program learnt more, and never brings a number that may not be listed."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from bot.referral.lint import REQUIRED
from bot.referral.problem import ContentError
from bot.referral.release import completed, load, load_stored
from bot.storage.files import read_document
from tests.e2e.directories import light

Document = dict[str, Any]


@pytest.fixture(scope="module")
def packaged(data_dir: Path) -> Document:
    """Return the document that comes with the program, without what understands texts: it has no part in this."""
    return light(read_document(data_dir))


def without_sentences(document: Mapping[str, Any], *keys: str) -> Document:
    """Return a document from before these sentences were needed."""
    older = dict(document)
    for file in [file for file in older if file.startswith("wording/")]:
        older[file] = {key: text for key, text in older[file].items() if key not in keys}
    return older


def test_a_live_release_without_a_new_sentence_gets_the_packaged_one(packaged: Document) -> None:
    older = without_sentences(packaged, "failed_full", "law_outdated_211")
    older["wording/en.toml"] = {**older["wording/en.toml"], "thanks": "Our own thanks."}
    with pytest.raises(ContentError, match="failed_full: is missing"):
        load(older)
    content = load_stored(older, packaged)
    assert all(key in content.wording[language] for language in ("en", "es") for key in REQUIRED)
    assert content.wording["en"]["thanks"] == "Our own thanks."


def test_a_rule_made_since_does_not_silence_a_live_release(packaged: Document) -> None:
    document = deepcopy(packaged)
    document["wording/en.toml"]["thanks"] = "x" * 400  # longer than one message may be
    with pytest.raises(ContentError, match="thanks"):
        load(document)
    assert load_stored(document, packaged).wording["en"]["thanks"] == "x" * 400


def misprint(document: Document) -> None:
    denied = document["denied.toml"]["number"][0]["number"]
    document["entries/westlake.toml"]["entry"][3]["phone"][0]["number"] = denied


def forbidden_name(document: Document) -> None:
    document["entries/westlake.toml"]["entry"][3]["name"] = document["denied.toml"]["never"][0]["names"][0]


def unknown_entry(document: Document) -> None:
    document["wording/en.toml"]["thanks"] = "Call {nobody}."


@pytest.mark.parametrize("harm", [misprint, forbidden_name, unknown_entry])
def test_what_may_never_be_listed_is_refused_in_a_live_release_too(
    harm: Callable[[Document], None], packaged: Document
) -> None:
    document = deepcopy(packaged)
    harm(document)
    with pytest.raises(ContentError):
        load_stored(document, packaged)


def test_nothing_but_sentences_is_taken_from_the_package(packaged: Document) -> None:
    older = {file: table for file, table in without_sentences(packaged, "thanks").items() if file != "topics/food.toml"}
    assert completed(older, packaged).keys() == older.keys()


def test_a_release_that_lacks_a_sentence_nobody_has_is_refused(packaged: Document) -> None:
    older = without_sentences(packaged, "thanks")
    with pytest.raises(ContentError, match="thanks: is missing"):
        load_stored(older, {})

"""The way a release comes into use: read, linted, and refused with every reason at once."""

import re
from collections.abc import Mapping
from typing import Any

from bot.referral import lint_denied
from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.lint import REQUIRED, lint
from bot.referral.problem import ContentError, Problem
from bot.referral.reader import Document

#: What stands in braces in a sentence: a slot that is filled for each reply, or an entry whose number it names.
_PLACEHOLDER = re.compile(r"\{([^}.]*)[^}]*\}")
_SLOTS = frozenset({"label", "area", "code", "word", "number"})


def load(document: Document) -> Content:
    """Turn a release document into content that may go live.

    Raises ContentError naming every problem: of shape first, then, when the shape is right, of lint.
    """
    content = parse(document)
    problems = lint(content)
    if problems:
        raise ContentError(tuple(problems))
    return content


def load_stored(document: Document, packaged: Document) -> Content:
    """Turn a release that went live before into content, also after the program learnt new rules and sentences.

    What went live once stays live: a rule of style made since must not silence what two people approved. Sentences
    that this program needs and the release does not have yet are taken from the `packaged` document. Refused, with
    ContentError, is what cannot be read, and what names a number or a service that may never be listed.
    """
    content = parse(completed(document, packaged))
    lacking = [
        Problem(f"wording/{language}.toml", key, "is missing")
        for language in content.line.languages
        for key in REQUIRED
        if key not in content.wording.get(language, {})
    ]
    if problems := [*lint_denied.lint(content), *lacking]:
        raise ContentError(tuple(problems))
    return content


def completed(document: Document, packaged: Document) -> Document:
    """Return a document with the sentences it lacks taken from another one, language by language.

    Not those that name an entry which the document does not have.
    """
    found: dict[str, Mapping[str, Any]] = dict(document)
    known = _SLOTS | _entry_ids(document)
    for file, table in document.items():
        if file.startswith("wording/") and isinstance(table, Mapping):
            fits = {key: text for key, text in packaged.get(file, {}).items() if _named(text) <= known}
            found[file] = {**fits, **table}
    return found


def _entry_ids(document: Document) -> frozenset[str]:
    files = (table for file, table in document.items() if file.startswith("entries/") and isinstance(table, Mapping))
    return frozenset(str(entry.get("id")) for table in files for entry in table.get("entry", ()))


def _named(text: object) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(text)) if isinstance(text, str) else frozenset()

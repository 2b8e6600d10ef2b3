"""Lay what staff said since the release over it: checks, pauses, banners. Nothing is read again."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.referral.bulletin import Banner, Bulletins, Target
from bot.referral.check import Check
from bot.referral.content import Content
from bot.referral.entry import Entry
from bot.referral.given import is_code
from bot.referral.lint import banner_faults
from bot.referral.numbers import fill
from bot.referral.sayable import without
from bot.referral.standing import WRONG, failures


def with_bulletins(content: Content, bulletins: Bulletins) -> Content:
    """Return a release, as it was parsed, with the bulletins that hold now.

    Their checks stand in the entries then, behind those of the release. Bulletins about what the release does not
    have do nothing; a banner that the release could not say (a number that is gone) is left out.
    """
    changed = _checked(content.entries, bulletins.checks)
    topics = {(s.topic, e.area) for e in changed.values() for s in e.all_serves()}
    numbers = {p.printed for e in changed.values() for p in e.phone if p.publish}
    told = replace(bulletins, banners=tuple(_said(content, bulletins)))
    laid = replace(
        content,
        entries={**content.entries, **changed},
        serving={**content.serving, **{key: _fresh(content.serving.get(key, ()), changed) for key in topics}},
        printed={**content.printed, **{key: _fresh(content.printed.get(key, ()), changed) for key in numbers}},
        bulletins=told,
    )
    # Sentences that the doors speak without asking what day it is: no wrong number stays in them either.
    lost = frozenset(number for number in content.named if _lost(laid, number))
    return without(laid, lost) if lost else laid


def _lost(content: Content, number: str) -> bool:
    """Say whether a number was found wrong at every entry that has it. 911, 988 and 211 are never lost."""
    owned = [(e, p) for e in content.printed.get(number, ()) for p in e.phone if p.publish and p.printed == number]
    return all(any(check.result in WRONG for check in failures(e, p)) and not (e.keep and is_code(p)) for e, p in owned)


def _checked(entries: Mapping[str, Entry], checks: Mapping[Target, tuple[Check, ...]]) -> dict[str, Entry]:
    changed: dict[str, Entry] = {}
    for (entry_id, number), made in checks.items():
        entry = changed.get(entry_id) or entries.get(entry_id)
        if entry is None:
            continue
        if number:
            phones = (replace(p, checks=(*p.checks, *made)) if p.number == number else p for p in entry.phone)
            changed[entry_id] = replace(entry, phone=tuple(phones))
        else:
            changed[entry_id] = replace(entry, checks=(*entry.checks, *made))
    return changed


def _fresh(entries: tuple[Entry, ...], changed: Mapping[str, Entry]) -> tuple[Entry, ...]:
    return tuple(changed.get(entry.id, entry) for entry in entries)


def _said(content: Content, bulletins: Bulletins) -> Iterator[Banner]:
    for banner in bulletins.banners:
        if not banner_faults(content, banner):
            filled = {language: fill(text, content.entries, language) for language, text in banner.text.items()}
            yield replace(banner, text=filled)

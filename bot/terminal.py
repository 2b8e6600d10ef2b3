"""The same answers in a terminal: one reply, a conversation, or a file of texts to understand."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from bot.referral.answer import Answer, OptOutMode, answer
from bot.referral.content import ELSEWHERE, Content
from bot.referral.conversation import Conversation
from bot.referral.explain import why as explain
from bot.referral.meaning import Meaning
from bot.referral.segments import count
from bot.referral.understand import understand

#: Each wording as the provider names the box it goes into.
_PROVIDER = (
    ("HELP, INFO", "provider_help"),
    ("STOP and its likes", "provider_stop"),
    ("START, YES, UNSTOP", "provider_start"),
)


@dataclass(slots=True)
class Session:
    """A conversation held in a terminal."""

    content: Content
    talk: Conversation
    opt_out: OptOutMode

    @classmethod
    def begin(cls, content: Content, area: str, language: str, opt_out: OptOutMode) -> "Session":
        """Begin one. Raises ValueError naming what may be asked for, when area or language does not exist."""
        areas = {*content.line.areas, ELSEWHERE}
        if area and area not in areas:
            raise ValueError(f"no area {area!r}; there are {', '.join(sorted(areas))}")
        if language and language not in content.line.languages:
            raise ValueError(f"no language {language!r}; there are {', '.join(content.line.languages)}")
        return cls(content, Conversation(area=area, language=language), opt_out)

    def say(self, text: str, now: datetime) -> Answer:
        """Answer one text and remember it."""
        # A conversation without a text yet is as good as forgotten, and with it what was assumed.
        talk = replace(self.talk, at=self.talk.at or now)
        told = answer(text, talk, self.content, now, opt_out=self.opt_out)
        self.talk = told.conversation
        return told


def clock(moment: str | None) -> Callable[[], datetime]:
    """Return a clock that goes on from an ISO time (UTC when it names no zone), or the real one. Raises ValueError."""
    if moment is None:
        return lambda: datetime.now(UTC)
    start = datetime.fromisoformat(moment)
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    began = datetime.now(UTC)
    return lambda: start + max(datetime.now(UTC) - began, timedelta())


def as_text(told: Answer, reasons: Sequence[str]) -> str:
    """Show a reply as it would arrive; with `reasons`, what was understood, why, and the cost under it."""
    shown = told.reply if told.reply is not None else "(no reply)"
    if not reasons:
        return shown
    cost = count(told.reply) if told.reply else None
    lines = [shown, f"  {told.meaning.kind} {told.meaning.label} {' '.join(told.meaning.choices)}".rstrip()]
    lines += [f"  {reason}" for reason in reasons]
    if cost:
        lines.append(f"  {cost.parts} segments, {cost.units} {cost.encoding}")
    return "\n".join(lines)


def as_json(told: Answer, reasons: Sequence[str]) -> str:
    """Show a reply as {reply, segments, encoding, why}."""
    cost = count(told.reply) if told.reply else None
    return json.dumps(
        {
            "reply": told.reply,
            "segments": cost.parts if cost else 0,
            "encoding": cost.encoding if cost else None,
            "why": list(reasons),
        },
        ensure_ascii=False,
    )


def converse(session: Session, now: Callable[[], datetime], show: Callable[[str, Answer], str]) -> None:
    """Hold a conversation at a prompt until the end of input."""
    while True:
        try:
            text = click.prompt("", prompt_suffix="> ", default="", show_default=False)
        except (EOFError, click.Abort):
            click.echo()
            return
        click.echo(show(text, session.say(text, now())))


def understood(line: bytes, content: Content) -> str:
    """Understand one JSON line; its keys stay, ours win; a bad line becomes {"error"}."""
    try:
        given = json.loads(line)
        text = given["text"]
        if not isinstance(text, str):
            raise TypeError
    except (ValueError, TypeError, KeyError, RecursionError):
        return json.dumps({"error": 'not a JSON object with a "text"'})
    # In ASCII: a text may hold half a surrogate pair, which no terminal and no file could take as it is.
    meaning = understand(text, content)
    return json.dumps({**given, "text": text, **described(meaning), "why": "; ".join(explain(content, text, meaning))})


def described(meaning: Meaning) -> dict[str, Any]:
    """Return a meaning as `understand --jsonl` writes it, its reasons apart."""
    return {
        "kind": str(meaning.kind),
        "label": meaning.label or None,
        "choices": list(meaning.choices),
        "language": meaning.language or "en",
        "area": meaning.area or None,
        "facet": meaning.facet or None,
    }


def provider_texts(content: Content) -> Iterator[str]:
    """Write what staff paste at the provider, language by language."""
    for language in content.line.languages:
        for name, key in _PROVIDER:
            text = content.wording[language][key]
            yield f"{name} ({language}, {len(text)} characters, {count(text).parts} segments):\n{text}\n"


__all__ = ["Session", "as_json", "as_text", "clock", "converse", "described", "provider_texts", "understood"]

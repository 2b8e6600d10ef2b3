"""Golden conversations: what was said in tests/transcripts, played again and compared word for word.

tests/transcripts/README.md tells how to read and write them. UPDATE_TRANSCRIPTS=1 writes the replies anew.
"""

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.referral.answer import Answer, OptOutMode, answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.meaning import Kind

FOLDER = Path(__file__).parent / "transcripts"
FILES = sorted(FOLDER.glob("*.txt"))
UPDATE = os.environ.get("UPDATE_TRANSCRIPTS") == "1"
SILENCE = "(no reply)"
#: Between two texts when nothing else is said: past the minute in which fragments add up.
PAUSE = timedelta(seconds=70)
CRISES = ["danger", "suicide", "overdose"]
#: A crisis is answered with or without a place, the law by state, help by nothing.
NO_PLACE = {*CRISES, "law", "help"}
_ASKS_FOR_SILENCE = re.compile(r"do?nt (text back|reply)|no me contesten")
_WAIT = re.compile(r"\(\+(\d+)([smhd])\)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a transcript, under the title of its conversation, and what was answered."""

    title: str
    text: str
    answer: Answer


@dataclass
class Player:
    """Plays a transcript line by line: `played` is the transcript as it is now, `said` what the line thought of it."""

    content: Content
    played: list[str] = field(default_factory=list)
    said: list["Said"] = field(default_factory=list)
    _begins: datetime | None = None
    _clock: datetime | None = None
    _wait: timedelta = PAUSE
    _talk: Conversation = field(default_factory=Conversation)
    _mode: OptOutMode = OptOutMode.PROVIDER_CUSTOM
    _in_head: bool = False
    _title: str = ""

    def play(self, text: str) -> str:
        """Return a transcript with its replies as they are given now."""
        for line in text.splitlines():
            self._line(line)
        return "\n".join(self.played) + "\n"

    def _line(self, line: str) -> None:
        if line.startswith("#"):
            self._head(line)
        elif line.startswith("at: "):
            moment, zone = line.removeprefix("at: ").split()
            self._begins = self._clock = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        elif line.startswith("area: "):
            self._talk = Conversation(area=line.removeprefix("area: "))
        elif line.startswith("mode: "):
            self._mode = OptOutMode(line.removeprefix("mode: "))
        elif waits := _WAIT.fullmatch(line):
            self._wait = timedelta(**{_UNITS[waits[2]]: int(waits[1])})
        elif line.startswith(">"):
            self._say(line)
            return
        elif line:
            return  # a reply of last time
        self.played.append(line)

    def _head(self, line: str) -> None:
        if not self._in_head:
            self._title = line.removeprefix("# ")
            self._talk, self._mode, self._clock = Conversation(), OptOutMode.PROVIDER_CUSTOM, self._begins
            self._wait, self._in_head = timedelta(), True

    def _say(self, line: str) -> None:
        assert self._clock is not None, "a transcript begins with # and at:"
        self._clock += self._wait
        given = answer(line[2:], self._talk, self.content, self._clock, opt_out=self._mode)
        self._talk, self._wait, self._in_head = given.conversation, PAUSE, False
        self.said.append(Said(self._title, line[2:], given))
        self.played += [line, SILENCE if given.reply is None else given.reply]


@pytest.fixture(scope="module")
def release(default_release: Content) -> Content:
    return default_release


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_conversation(path: Path, release: Content) -> None:
    written = path.read_text(encoding="utf-8")
    played = Player(release).play(written)
    if UPDATE:
        path.write_text(played, encoding="utf-8")
        return
    assert played.splitlines() == written.splitlines(), "read it, then write it anew with UPDATE_TRANSCRIPTS=1"


# What follows holds whatever is written anew: the replies may change, their meaning may not.
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("area", ["westlake", "westmont"])
def test_every_topic_is_asked_for_in_both_areas_and_languages(area: str, language: str, release: Content) -> None:
    said = _said(release, f"topics_{area}_{language}")
    meant = [(s.text, s.title.split(":")[0], s.answer.meaning.label) for s in said]
    assert [m for m in meant if m[1] != m[2]] == []
    assert {label for _, _, label in meant} == set(release.topics)
    assert {s.answer.conversation.language for s in said} == {language}
    unplaced = {s.text for s in said if s.answer.conversation.area != area and s.answer.meaning.label not in NO_PLACE}
    assert unplaced == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_command_is_given_in_both_languages(language: str, release: Content) -> None:
    given = [s.answer for s in [*_said(release, f"commands_{language}"), *_said(release, "opt_out")]]
    seen = {a.meaning.facet or a.meaning.label for a in given if a.meaning.kind is Kind.COMMAND}
    helped = {"helpword"} if any(a.meaning.label == "help" for a in given) else set()
    assert set(release.commands) - seen - helped - {"silence"} == set()
    assert any(a.meaning.watched for a in given)


@pytest.mark.parametrize("crisis", CRISES)
def test_every_crisis_is_answered_in_the_middle_of_things(crisis: str, release: Content) -> None:
    labels: dict[str, set[str]] = {}
    for s in _said(release, "crisis_in_every_state"):
        labels.setdefault(s.title, set()).add(s.answer.meaning.label)
    about = {title for title in labels if title.startswith(crisis)}
    assert len(about) >= 4
    assert {title for title in about if crisis not in labels[title]} == set()
    assert {title for title in labels if title.startswith("not a crisis") and crisis in labels[title]} == set()


def test_nothing_goes_back_to_a_phone_that_somebody_else_reads(release: Content) -> None:
    said = [*_said(release, "opt_out"), *_said(release, "opt_out_modes")]
    asked = [s for s in said if _ASKS_FOR_SILENCE.search(s.text)]
    assert len(asked) >= 4
    assert {s.text: s.answer.reply for s in asked if s.answer.reply is not None} == {}


def test_a_stranger_who_covers_what_was_asked_learns_nothing_from_more(release: Content) -> None:
    probes = [s for s in _said(release, "whoever_holds_the_phone") if s.text in ("more", "mas", "back", "1", "2")]
    assert len(probes) >= 10
    assert {s.answer.conversation.topic for s in probes} == {""}


def test_a_changed_reply_is_noticed(release: Content) -> None:
    said = "# a test\nat: 2026-11-23T12:00 America/Los_Angeles\n\n> bed 90057\nAnother reply.\n\n(+5s)\n> more\n"
    played = Player(release).play(said)
    assert "Another reply." not in played
    assert Player(release).play(played) == played


def _said(release: Content, stem: str) -> list[Said]:
    player = Player(release)
    player.play((FOLDER / f"{stem}.txt").read_text(encoding="utf-8"))
    return player.said

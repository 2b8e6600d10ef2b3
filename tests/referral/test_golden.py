"""Conversations that staff saved: they are played as they were written, and a changed reply is named."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.golden import SILENCE, TranscriptError, misses, play, write
from tests.referral.small import NOON, content

SMALL = content()
HEAD = "# a bed\nat: 2026-11-23T12:00 America/Los_Angeles\n\n"
TRANSCRIPTS = sorted((Path(__file__).parents[1] / "transcripts").glob("*.txt"))


@pytest.fixture(scope="module")
def release(default_release: Content) -> Content:
    return default_release


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_transcripts_of_the_house_are_played_as_they_stand(path: Path, release: Content) -> None:
    written = path.read_text("utf-8")
    assert len(play(release, written)) == sum(line.startswith(">") for line in written.splitlines())
    assert misses(release, path.stem, written) == []


def test_what_was_said_comes_back_from_its_transcript() -> None:
    texts = [("bed", 0), ("more", 30), ("stop", 400), ("thanks", 5), ("food\n90057", 901)]
    talk, now, said = Conversation(), NOON, []
    for text, seconds in texts:
        now += timedelta(seconds=seconds)
        given = answer(" ".join(text.split()), talk, SMALL, now)
        talk = given.conversation
        said.append((timedelta(seconds=seconds), text, given.reply))
    written = write("A bed, then food", NOON, "America/Los_Angeles", said)
    assert misses(SMALL, "bed", written) == []
    played = play(SMALL, written)
    assert [s.at for s in played][0] == NOON
    assert played[-1].at - NOON == timedelta(seconds=sum(seconds for _, seconds in texts))
    assert SILENCE in {s.given for s in played}
    assert {s.title for s in played} == {"A bed, then food"}


def test_a_reply_that_changed_is_named() -> None:
    written = write(
        "bed", NOON, "America/Los_Angeles", [(timedelta(), "bed", "For a bed, call."), (timedelta(), "X", None)]
    )
    first, second = misses(SMALL, "bed", written)
    assert (first.name, first.title, first.text, first.expected) == ("bed", "bed", "bed", "For a bed, call.")
    assert first.given.startswith("Automatic line.")
    assert (second.expected, second.given) == (SILENCE, "en erased")


@pytest.mark.parametrize(
    ("written", "line"),
    [
        pytest.param("> bed\nx\n", 1, id="no moment"),
        pytest.param(HEAD + "For a bed, call.\n", 4, id="a reply to nothing"),
        pytest.param("# a\nat: yesterday America/Los_Angeles\n", 2, id="no such moment"),
        pytest.param("# a\nat: 2026-11-23T12:00 America/Nowhere\n", 2, id="no such zone"),
        pytest.param("# a\nat: 2026-11-23T12:00\n", 2, id="no zone"),
        pytest.param("# a\nat: 2026-11-23T12:00 ../etc/passwd\n", 2, id="a path for a zone"),
        pytest.param("# a\nmode: loud\n", 2, id="no such mode"),
        pytest.param("# a\nat: 9999-12-31T23:00 UTC\n\n(+9999d)\n> bed\n", 5, id="past the end of time"),
    ],
)
def test_what_cannot_be_played_is_refused_with_its_line(written: str, line: int) -> None:
    with pytest.raises(TranscriptError, match=f"line {line}: ") as caught:
        play(SMALL, written)
    assert caught.value.line == line


def test_a_moment_is_that_of_the_place() -> None:
    (said,) = play(SMALL, HEAD + "> bed\n")
    assert said.at == datetime(2026, 11, 23, 20, tzinfo=UTC)

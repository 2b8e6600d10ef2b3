"""docs/privacy.md claims nothing it must not, says the same in both languages, and its figures are the program's."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.counts.cell import Table
from bot.counts.close import SEGMENT_STEP
from bot.counts.rules import THRESHOLD
from bot.line.memory.interface import LINE_WINDOW_SECONDS, REPLIES_KEPT, SENDER_WINDOW_SECONDS
from bot.line.memory.keys import READ_FOR_SECONDS, ROTATE_AFTER_SECONDS
from bot.line.memory.opening import SWEEP_EVERY_SECONDS
from bot.line.memory.redis_server import PATIENCE_SECONDS
from bot.referral.conversation import FORGET_AFTER, FRAGMENTS_LAST
from bot.settings import LONGEST_MEMORY_SECONDS, load
from tests.content.test_reading_grade import HURTFUL, MOST_WORDS, measure
from tests.counts.attack import Attack, ContradictionError
from tests.counts.test_suppression_attack import BLOCKS, IN_A_BLOCK, publish
from tests.counts.worlds import some_week

PAGES = ("privacy.md", "what-a-seizure-yields.md")
ENGLISH, SPANISH = "For you who text", "Para usted que escribe"
HARDEST_GRADE = 8
EASIEST_SPANISH = 80
#: Nobody who carries texts can keep these promises. (facts: promises, R36; the voice of the line, rule 8)
CLAIMS = re.compile(
    r"anonym|an[oó]nim|untraceable|irrastreable|imposible de rastrear|guarant|garanti|confidential|confidencial"
    r"|nobody will know|nadie (lo )?sabr|deleted everywhere|100 ?%|completely (safe|secure|private)|nobody reads"
    r"|totalmente segur",
    re.IGNORECASE,
)
FORGOTTEN_AFTER = int(FORGET_AFTER.total_seconds() / 60)
AT_LEAST = rf"(?:at least|al menos) ({THRESHOLD}|\d\d+)|(\d+) or more"
SETTINGS = load({}, serving=False)
DAY, FLUSH = ROTATE_AFTER_SECONDS // 3600, SETTINGS.counts_flush_seconds // 3600
SWEPT, BUDGET = int(2 * SWEEP_EVERY_SECONDS), SENDER_WINDOW_SECONDS // 60
WEEKS = BLOCKS * IN_A_BLOCK
#: On each page: what stands around a figure, and all the figures that may and must stand there.
FIGURES: dict[str, dict[str, set[int]]] = {
    "privacy.md": {
        r"(\d+) min(?:utes|utos)\b": {FORGOTTEN_AFTER, BUDGET},
        r"(\d+) se(?:conds|gundos)\b": {SWEPT},
        r"(\d+) hours?\b": {DAY, FLUSH},
        r"(\d+) ms\b": {round(PATIENCE_SECONDS * 1000)},
        AT_LEAST: {THRESHOLD},
        r"\b1 to (\d+)": {THRESHOLD - 1},
        r"steps of (\d+)": {SEGMENT_STEP},
        r"(\d+) random weeks": {WEEKS},
    },
    "what-a-seizure-yields.md": {
        r"(\d+) minutes\b": {FORGOTTEN_AFTER, BUDGET},
        r"(\d+) seconds\b": {SWEPT, int(FRAGMENTS_LAST.total_seconds())},
        r"last (\d+) replies": {REPLIES_KEPT},
        AT_LEAST: {THRESHOLD},
        r"after (\d+) hours": {DAY},
        r"\((\d+) hour unless set\)": {FLUSH},
        r"(\d+) random weeks": {WEEKS},
    },
}


@pytest.fixture(scope="module")
def pages(root: Path) -> Mapping[str, str]:
    return {name: (root / "docs" / name).read_text("utf-8") for name in PAGES}


def section(page: str, heading: str) -> str:
    """Return what stands under a heading of the second level."""
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def points(page: str, heading: str) -> list[str]:
    """Return the points of a section, as they read."""
    lines = section(page, heading).splitlines()
    return [re.sub(r"[*`]", "", line[2:]) for line in lines if line.startswith("- ")]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_claims_what_nobody_can_promise(pages: Mapping[str, str], name: str) -> None:
    assert CLAIMS.findall(pages[name]) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_word_that_hurts(pages: Mapping[str, str], name: str) -> None:
    assert HURTFUL.findall(pages[name]) == []


@pytest.mark.parametrize(
    "claim",
    [
        "It is anonymous.",
        "Es anónimo.",
        "untraceable",
        "guaranteed",
        "garantizado",
        "Nadie lo sabrá",
        "nobody reads it",
    ],
)
def test_a_claim_is_found_out(claim: str) -> None:
    assert CLAIMS.search(claim)


def test_both_languages_have_the_same_points(pages: Mapping[str, str]) -> None:
    english, spanish = (points(pages["privacy.md"], heading) for heading in (ENGLISH, SPANISH))
    assert len(english) == len(spanish) >= 12
    # Point by point the same figures and the same names, "3" and "Twilio" and "STOP", whatever the words.
    told = [[sorted(re.findall(r"\d+|Twilio|STOP\b", point)) for point in side] for side in (english, spanish)]
    assert told[0] == told[1]


def test_what_texters_read_is_easy(pages: Mapping[str, str]) -> None:
    english, spanish = (points(pages["privacy.md"], heading) for heading in (ENGLISH, SPANISH))
    assert measure(english, "en").grade <= HARDEST_GRADE
    assert measure(spanish, "es").ease >= EASIEST_SPANISH
    long = [s for point in (*english, *spanish) for s in re.split(r"[.?!:;]+(?=\s|$)", point)]
    assert [sentence for sentence in long if len(sentence.split()) > MOST_WORDS + 5] == []


@pytest.mark.parametrize(("name", "pattern"), [(name, pattern) for name in PAGES for pattern in FIGURES[name]])
def test_its_figures_are_the_programs(pages: Mapping[str, str], name: str, pattern: str) -> None:
    found = {int(figure) for match in re.finditer(pattern, pages[name]) for figure in match.groups() if figure}
    assert found == FIGURES[name][pattern]


def test_figures_that_stand_for_one_another() -> None:
    # The page says "15 minutes" of all of these, and "1 hour" of these two.
    assert {LONGEST_MEMORY_SECONDS, READ_FOR_SECONDS, SETTINGS.forget_after_seconds} == {FORGOTTEN_AFTER * 60}
    assert {SETTINGS.counts_flush_seconds} == {LINE_WINDOW_SECONDS}
    assert SETTINGS.counts_smallest == THRESHOLD


@pytest.mark.parametrize("name", PAGES)
def test_days_are_those_of_the_page_on_the_provider(pages: Mapping[str, str], root: Path, name: str) -> None:
    said = re.findall(r"(\d+) (?:more |más |d[ií]as )*(?:days|días|más)\b", pages[name])
    known = re.findall(r"(\d+) days", (root / "docs" / "twilio.md").read_text("utf-8"))
    assert said
    assert set(said) <= set(known)


def test_the_tables_of_figures_are_the_ones_there_are(pages: Mapping[str, str]) -> None:
    (listed,) = re.findall(r"\*\*A fixed list of tables\*\*:(.*?)\. ", pages["privacy.md"])
    assert re.findall(r"`(\w+)`", listed) == list(Table)


@pytest.mark.parametrize("name", PAGES)
def test_what_it_points_to_is_there(pages: Mapping[str, str], root: Path, name: str) -> None:
    named = re.findall(r"\]\(([^)#]+)\)", pages[name])
    named += [f"../{path}" for path in re.findall(r"`(tests/[\w/.]+)`", pages[name])]
    assert named
    assert [path for path in named if not (root / "docs" / path).exists()] == []


@pytest.mark.parametrize("seed", [*range(10), 73, 76, 87, 186])
def test_who_takes_hidden_for_small_is_sure_of_nothing(seed: int) -> None:
    world, true = some_week(seed)
    try:
        sure = Attack([publish(world, true)], None, replace(world.known(), upper=THRESHOLD - 1)).pinned()
    except ContradictionError:
        return  # some figure hidden to cover others is larger, and what they believe cannot be
    assert not sure

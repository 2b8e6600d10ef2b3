"""The booklet, the cards and the posters: the very messages, and nothing on a card that gives anybody away."""

import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from bot.console.roles import Role
from bot.referral.answer import answer
from bot.referral.booklet.own import Said, every_sentence
from bot.referral.booklet.printed import cards, numbers_of, posters, printed, words
from bot.referral.booklet.replies import every_reply
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.segments import count
from tests.console.house import Browser, House
from tests.console.releases import Releases
from tests.console.test_pages import Reading

PATHS = ["/booklet", "/booklet/topic/food", "/booklet/sentences", "/booklet/all", "/booklet/cards", "/booklet/posters"]
LINE_AREAS = {"+12135550100": "westlake", "+16305550100": "westmont"}
#: What a partner who goes through a wallet must not read there.
TELLING = (
    "quietline safe danger violence abuse hotline shelter bed help lawyer police trafficking exit salvo peligro "
    "violencia abuso refugio cama ayuda abogado policia salir 911 988"
).split()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[House]:
    """Give a house for all tests that only read."""
    folder = tmp_path_factory.mktemp("booklet")
    path = shutil.copy(filled, folder / "staff.db")
    house = House(f"sqlite:///{path}", source=Releases)
    house.now = datetime(2026, 11, 23, 18, tzinfo=UTC)
    yield house
    house.close()


@pytest.fixture(scope="module")
def reader(shared: House) -> Browser:
    return shared.member(Role.VIEWER)


@pytest.fixture(scope="module")
def content(shared: House) -> Content:
    assert shared.source
    return shared.source.held.content


def bubbles(page: str) -> list[str]:
    return [html.unescape(text) for text in re.findall(r'class="booklet-bubble" lang="..">([^<]*)</p>', page)]


def numbered(house: House, monkeypatch: pytest.MonkeyPatch, areas: dict[str, str]) -> None:
    """Tell the line's numbers to a house, as the settings would."""
    desk = house.app.extensions["quietline-console"]
    settings = replace(house.settings, line_areas=MappingProxyType(areas))
    monkeypatch.setitem(house.app.extensions, "quietline-console", replace(desk, settings=settings))


def faults(page: str) -> list[str]:
    """Give what no page may hold, and what each must."""
    held = Reading(page)
    ids = [attributes["id"] for _, attributes in held.tags if "id" in attributes]
    labelled = {one.get("for") for one in held.of("label")}
    told = {
        "inline": [one for _, one in held.tags if any(key == "style" or key.startswith("on") for key in one)],
        "tags": held.of("style", "iframe", "object"),
        "twice the same id": [one for one in ids if ids.count(one) > 1],
        "no label": [
            one for one in held.of("input", "select") if one.get("type") != "hidden" and one.get("id") not in labelled
        ],
        "one heading": [] if len(held.of("h1")) == 1 else ["h1"],
        "no caption": [] if len(held.of("table")) == len(held.of("caption")) else ["caption"],
        "no scope": [one for one in held.of("th") if one.get("scope") not in ("col", "row")],
        "links elsewhere": [
            one
            for one in held.of("a", "form")
            if not (one.get("href") or one.get("action") or "/").startswith(("/", "#"))
        ],
    }
    return [f"{fault}: {found}" for fault, found in told.items() if found]


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/booklet/all"])
def test_every_page_is_whole_for_everybody(reader: Browser, path: str) -> None:
    answered = reader.get(path)
    assert answered.status_code == 200
    assert faults(answered.text) == []


@pytest.mark.parametrize("path", PATHS)
def test_strangers_get_none_of_it(shared: House, path: str) -> None:
    assert shared.browser().get(path).headers["Location"].startswith("/sign-in")


def test_the_front_page_says_which_release_and_who_signs(reader: Browser) -> None:
    page = reader.get("/booklet").text
    assert "Release 1, published 2026-" in page
    assert [who in page for who in ("A survivor", "A Spanish speaker", "A lawyer")] == [True] * 3
    assert 'href="/booklet/topic/violence"' in page
    assert 'href="/booklet/topic/help"' not in page  # a menu: it has no replies of its own


@pytest.mark.parametrize("slug", ["food", "violence"])
def test_a_chapter_holds_the_very_messages(reader: Browser, content: Content, shared: House, slug: str) -> None:
    page = reader.get(f"/booklet/topic/{slug}").text
    replies = list(every_reply(content, shared.now.date(), topics=[slug]))
    expected = [text for reply in replies for text in reply.texts]
    assert len(expected) > 20
    assert bubbles(page) == expected
    costs = [int(n) for n in re.findall(r'class="booklet-cost">(\d+) segment', page)]
    assert costs == [count(text).parts for text in expected]
    assert f"{len(replies)} replies" in page
    for words_of_it in ("Los Angeles", "DuPage", "another county", "place not known", "EN", "ES", "at night"):
        assert words_of_it in page
    assert re.search(r"by day 2026-11-24 11:00[^(<]*\(America/Chicago\)", page)


def test_a_topic_that_is_not_there(reader: Browser) -> None:
    assert [reader.get(f"/booklet/topic/{slug}").status_code for slug in ("nothing", "%3Cb%3E", "..")] == [404] * 3


def test_the_lines_own_sentences_are_all_there(reader: Browser, content: Content) -> None:
    page = reader.get("/booklet/sentences").text
    whole = [one.message.text for one in every_sentence(content) if one.said is not Said.PIECE]
    assert len(whole) > 60
    assert bubbles(page) == whole


def test_the_whole_booklet_is_all_chapters_and_says_when_it_is_whole(
    reader: Browser, content: Content, shared: House
) -> None:
    page = reader.get("/booklet/all").text
    said = [text for reply in every_reply(content, shared.now.date()) for text in reply.texts]
    whole = [one.message.text for one in every_sentence(content) if one.said is not Said.PIECE]
    assert bubbles(page) == said + whole
    assert page.count('<section class="booklet-chapter">') == len(content.topics)
    assert page.rindex("It is whole.") > page.rindex("booklet-bubble")
    assert faults(page) == []


def test_the_whole_booklet_comes_as_it_is_made(reader: Browser, shared: House) -> None:
    answered = reader.client.get("/booklet/all", base_url=shared.base, headers={"Sec-Fetch-Site": "none"})
    pieces = iter(answered.response)
    first, second = str(next(pieces)), str(next(pieces))
    answered.close()  # and the rest of it is never made
    assert "A survivor" in first
    assert "It is whole." not in first + second
    assert len(first + second) < 200_000
    assert "Content-Length" not in answered.headers
    assert "script-src 'self'" in answered.headers["Content-Security-Policy"]


def test_the_booklet_of_an_empty_house_says_why(house: House) -> None:
    reader = house.member(Role.VIEWER)
    assert [reader.get(path).status_code for path in PATHS] == [503] * len(PATHS)
    assert "There is no release to work on" in reader.last


def test_without_a_number_there_is_room_for_one_and_what_to_set(reader: Browser) -> None:
    for path in ("/booklet/cards", "/booklet/posters"):
        page = reader.get(path).text
        assert "LINE_AREAS" in page
        assert '<p class="wallet-number">____-____-______</p>' in page


def test_a_sheet_of_cards_for_each_number(shared: House, reader: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    numbered(shared, monkeypatch, LINE_AREAS)
    page = reader.get("/booklet/cards").text
    assert "LINE_AREAS" not in page
    assert page.count('class="wallet"') == 16
    for number in ("213-555-0100", "630-555-0100"):
        assert page.count(f'<p class="wallet-number">{number}</p>') == 8
    assert page.count('aria-hidden="true"') == 12  # a screen reader hears each card once


def test_which_poster_carries_which_number(shared: House, reader: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    numbered(shared, monkeypatch, {"+12135550100": "westlake", "72345": "gone"})
    page = reader.get("/booklet/posters").text
    row = re.search(r'<th scope="row">213-555-0100</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>', page)
    assert row
    assert row.groups() == ("Los Angeles", "EN, ES")
    assert re.search(r"72345</th>\s*<td>gone <strong", page)
    assert "No number stands for: DuPage." in page
    assert page.count('class="poster-sheet"') == 4


def test_nothing_on_a_card_gives_anybody_away(content: Content) -> None:
    made = cards(content, "213-555-0100")
    assert [card.language for card in made] == ["en", "es"]
    for card in made:
        said = re.findall(r"\w+", " ".join(card.lines).lower())
        assert [word for word in said if word in TELLING or word.startswith(("quiet", "surviv", "victim"))] == []
        assert card.lines.count("213-555-0100") == 1
    assert "Delete the texts after." in made[0].lines
    assert "Borre los textos después." in made[1].lines


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_printed_word_is_understood(content: Content, language: str, *, plain: bool) -> None:
    told = words(content, language, plain=plain)
    assert len(told) >= (2 if plain else 8)
    now = datetime(2026, 11, 24, 18, tzinfo=UTC)
    for word in [*told, "MENU"]:
        given = answer(word, Conversation(), content, now)
        labels = [topic.label[language].upper() for topic in content.topics.values()]
        topic = content.topics.get(given.conversation.topic)
        assert (topic.label[language].upper() if topic else "MENU") == word, word
        assert word == "MENU" or word in labels


def test_a_poster_says_where_danger_calls_and_what_is_kept(content: Content) -> None:
    english, spanish = posters(content, "213-555-0100")
    assert "In danger? Call 911. To talk with a person: call or text 988." in english.lines
    assert "{" not in " ".join((*english.lines, *spanish.lines))
    assert "LAW," not in english.lines[2]  # a part of "lawyer" is no word of the menu
    without = replace(content, entries={key: entry for key, entry in content.entries.items() if key != "988"})
    assert "988" not in " ".join(posters(without, "213-555-0100")[0].lines)


def test_a_line_without_plain_words_has_its_menu_still(content: Content) -> None:
    bare = replace(content, wording={key: {**told, "menu": ""} for key, told in content.wording.items()})
    assert [card.lines[2] for card in cards(bare, "x")] == ["MENU", "MENU"]
    assert [len(poster.lines) for poster in posters(bare, "x")] == [6, 6]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+12135550100", "213-555-0100"),
        ("2135550100", "213-555-0100"),
        ("72345", "72345"),
        ("+442071234567", "+442071234567"),
    ],
)
def test_a_number_is_printed_as_people_dial_it(number: str, shown: str) -> None:
    assert printed(number) == shown


def test_the_area_of_a_number_is_that_of_the_settings(content: Content) -> None:
    found = numbers_of(content, LINE_AREAS)
    assert [(one.printed, one.area_name, one.known) for one in found] == [
        ("213-555-0100", "Los Angeles", True),
        ("630-555-0100", "DuPage", True),
    ]

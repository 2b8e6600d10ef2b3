"""The call sheet: what it asks, in which order, and that it is a page nothing can be fetched by."""

import re
from html.parser import HTMLParser

import pytest

from bot.commands.call_sheet_text import as_text
from bot.console.checking.call_sheet_page import as_page
from bot.referral.bulletin import Bulletins
from bot.referral.call_sheet import Block, Sheet, sheet
from bot.referral.check import Check, How, Result
from bot.referral.overlay import with_bulletins
from bot.referral.standing import due_list
from tests.referral import small

TODAY = small.NOON.date()
TEXT_LINE = {"number": "+13125550111", "ways": ["text"], "publish": True, "keyword": {"en": "HI"}, "hours": "24/7"}
TTY = {"number": "+13125550112", "ways": ["tty"], "publish": True}


def made(**files: object) -> Sheet:
    content = small.content(**files)
    return sheet(content, due_list(content, TODAY), TODAY)


def blocks(of: Sheet) -> dict[str, Block]:
    return {f"{block.entry} {block.number}": block for _, told in of.sections for block in told}


def asked(block: Block) -> dict[str, str]:
    return {question.asked: question.known for question in block.questions}


def test_the_sheet_goes_from_place_to_place_in_the_order_of_the_files() -> None:
    of = made()
    assert [place for place, _ in of.sections] == ["Everywhere", "Los Angeles, CA", "DuPage, IL"]
    assert [f"{block.entry} {block.number}" for _, told in of.sections for block in told] == [
        *("911 911", "211 211", "hope 800-555-0100", "hope 88788"),
        *("211-la 211", "day-la 213-555-0101", "unsaid-la 213-555-0102", "youth-la 213-555-0103"),
        *("211-dupage 211", "pads 630-555-0104"),
    ]
    assert (of.size, of.line, of.day) == (10, "Smalltown line", TODAY)


def test_it_shows_what_is_on_record_and_asks_what_matters() -> None:
    found = blocks(made())
    hope, day = found["hope 800-555-0100"], found["day-la 213-555-0101"]
    assert asked(hope) == {
        "Is that who answers?": "",
        "Your hours?": "24/7",
        "Open to new people?": "",
        "Spanish spoken?": "English, Spanish",
        "Do you tell police, unasked?": "may if danger",
        "And of somebody under 18?": "",
    }
    assert asked(day)["Your hours?"] == "Mon-Fri 9am-5pm (Los Angeles time)"
    assert (hope.reached, found["hope 88788"].reached) == ("call", "text 'START' to it")
    assert hope.known == "last check Sat 21 Nov 2026, stored page; never tried"


def test_nobody_is_sent_to_dial_911() -> None:
    found = blocks(made())
    assert "Do NOT dial 911" in found["911 911"].mind[0]
    assert list(asked(found["911 911"])) == ["Is that who answers?", "Your hours?"]
    assert not found["pads 630-555-0104"].mind


def test_a_number_that_is_called_and_texted_stands_there_once_and_a_tty_is_asked_one_thing() -> None:
    call = {**TEXT_LINE, "ways": ["call"], "keyword": {}, "purpose": {"en": "at night"}}
    entry = small.entry("pads", "+16305550104", ("shelter", 20), phones=[call, TEXT_LINE, TTY])
    found = blocks(
        made(entries__westmont={"entry": [entry, small.entry("211-dupage", "211", ("food", 10), keep=True)]})
    )
    assert found["pads 312-555-0111"].reached == "call or text 'HI' to it, at night"
    assert list(asked(found["pads 312-555-0112"])) == ["Is that who answers?"]
    assert len([name for name in found if name.startswith("pads")]) == 3


def test_a_service_with_only_a_site_is_looked_up() -> None:
    entry = {**small.entry("pads", "", ("shelter", 20)), "phone": [], "link": "pads.example.org"}
    found = blocks(
        made(entries__westmont={"entry": [entry, small.entry("211-dupage", "211", ("food", 10), keep=True)]})
    )
    block = found["pads pads.example.org"]
    assert (block.reached, list(asked(block))) == (
        "its page",
        ["Is this still their page?", "Does it still say that they are open?"],
    )


def test_what_is_wrong_with_a_number_stands_above_the_questions() -> None:
    failed = Check(TODAY, How.CALLED, "AB", Result.NO_ANSWER)
    told = Bulletins(1, {("pads", "+16305550104"): (failed,)}, asked={"pads": TODAY})
    content = with_bulletins(small.content(), told)
    found = blocks(sheet(content, due_list(content, TODAY), TODAY))["pads 630-555-0104"]
    assert found.mind == (
        "Texters say that this does not work (since Mon 23 Nov 2026).",
        "Not put right yet: Mon 23 Nov 2026, called: no answer (AB).",
    )
    assert found.known == "last check Mon 23 Nov 2026, called: no answer (AB)"


def test_as_text_it_fits_a_terminal_and_breaks_no_box() -> None:
    told = as_text(made())
    assert max(map(len, told.splitlines())) <= 78
    assert not re.search(r"\[$|\[\s*\n", told, re.MULTILINE)
    assert told.count("Result: [ ] ok  [ ] no answer  [ ] wrong number  [ ] closed") == 10
    assert "shred it" in told
    assert "\N{NO-BREAK SPACE}" not in told


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_runs_nothing_and_fetches_nothing() -> None:
    page = as_page(made())
    seen = Tags(page)
    assert {tag for tag, _ in seen.tags} <= set(
        "html head meta title style body main h1 h2 h3 p ol li section article div span dl dt dd b".split()
    )
    assert {name for _, given in seen.tags for name in given} <= {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
    }
    assert "default-src 'none'" in page
    assert not re.search(r"url\(|@import|//", page)


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", 'Casa & Cía "Sol" <b>'])
def test_whatever_stands_in_an_entry_stays_words(evil: str) -> None:
    entry = small.entry("pads", "+16305550104", ("shelter", 20), name=evil)
    page = as_page(
        made(entries__westmont={"entry": [entry, small.entry("211-dupage", "211", ("food", 10), keep=True)]})
    )
    assert evil in Tags(page).words
    assert evil not in page


def test_every_number_is_on_the_page_with_room_to_write() -> None:
    of = made()
    seen = Tags(as_page(of))
    articles = [given for tag, given in seen.tags if tag == "article"]
    assert len(articles) == of.size
    for block in blocks(of).values():
        assert {block.number, block.name, block.entry} <= set(seen.words)
    for word in ("Result", "ok", "no answer", "wrong number", "closed", "Day", "Time", "By", "Note"):
        assert seen.words.count(word) == of.size, word

"""That of each look one text is looked at hides nothing: whatever differs in colour is looked at by itself."""

import pytest
from playwright.sync_api import Browser

from tests.console.house import House
from tests.console.looking import USUAL, Looking
from tests.console.person import Person

pytestmark = pytest.mark.browser
#: Thirty texts of one look, the first of them a single letter, of which axe says nothing.
MANY = """<!doctype html><html lang="en"><title>x</title>
<style>body { color: #000; background: #fff } @media (prefers-color-scheme: dark) {
body { color: #fff; background: #000 } } .pale { color: #ccc } .lit { background: #333 }
.dim { opacity: 0.3 } .night { color: #fff } @media (prefers-color-scheme: dark) { .night { color: #111 } }</style>
<main><h1>Many</h1><p>x</p>""" + "".join(f"<p>words {number}</p>" for number in range(30))


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        pytest.param("", "", id="all good"),
        pytest.param('<p class="pale">pale</p>', "color-contrast", id="another colour"),
        pytest.param('<div class="lit"><p>dark on dark</p></div>', "color-contrast", id="another ground"),
        pytest.param('<div class="dim"><p>hardly there</p></div>', "color-contrast", id="half seen through"),
        pytest.param('<p class="night">only by day</p>', "in the dark, color-contrast", id="in the dark alone"),
        pytest.param('<p style="color: #ccc">y</p><p style="color: #ccc">pale</p>', "color-contrast", id="the longer"),
    ],
)
def test_one_text_that_differs_is_found(browser: Browser, open_house: House, more: str, fault: str) -> None:
    person = Person(browser, open_house, viewport=USUAL)
    one = Looking(person)
    one.dark = True
    body = MANY
    # It appears when all the rest was found good and is not looked at any more.
    person.page.route("**/many", lambda route: route.fulfill(content_type="text/html", body=body))
    one.at("before", "/many")
    body = MANY + more
    one.at("after", "/many")
    person.context.close()
    assert [told for told in one.faults if told.startswith("before")] == []
    found = [told for told in one.faults if told.startswith(f"after: {fault}")]
    assert bool(found) is bool(fault), one.faults
    assert fault or one.faults == []

"""Every page: nothing inline, a name for every control, and every word in one place, ready for another language."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot import console
from bot.console.roles import Role
from tests.console.house import House

TEMPLATES = Path(next(iter(console.__path__))) / "templates"
#: For nobody in particular, and for an admin.
OUTSIDE = ["/sign-in", "/join/nothing", "/nowhere"]
INSIDE = [
    "/", "/account", "/account/app", "/account/passkeys", "/account/password", "/account/recovery-codes", "/staff",
    "/staff/1", "/audit", "/scrub", "/nowhere",
    "/entries", "/entries?page=2", "/entries/new", "/entries/211-la", "/drafts/aside",
    "/topics", "/topics/try", "/topics/law", "/topics/food/examples",
    "/counts", "/counts/referred", "/counts/compare",
    "/import", "/import/duplicates",
    "/wording", "/wording?q=bed", "/wording/help", "/wording/days",
    "/checks", "/checks?within=x&area=y", "/checks/ndvh", "/checks/_sheet", "/checks/ndvh/letter",
    "/tryit", "/tryit/saved",
]  # fmt: skip


class Reading(HTMLParser):
    """What a page holds, as far as these tests ask."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def pages(house: House) -> list[tuple[str, str]]:
    """Give every page there is, with forms begun and forms refused."""
    stranger, ana = house.browser(), house.member(email="zz@example.org")
    house.member(Role.EDITOR, email="yy@example.org")
    found = [(path, stranger.get(path).text) for path in OUTSIDE]
    link = house.invite("xx@example.org")
    found += [("join", stranger.get(link).text), ("join refused", stranger.post(link, {"password": "x"}).text)]
    stranger.get("/sign-in")
    found += [("sign-in refused", stranger.post("/sign-in", {"email": "x", "password": "x"}).text)]
    found += [("passkey begun", stranger.post("/sign-in/passkey").text)]
    found += [(path, ana.get(path).text) for path in INSIDE]
    for path, form in (
        ("/account/app", {"setup": "authenticator"}),
        ("/account/passkeys", {"name": "qq"}),
        ("/account/passkeys", {"name": ""}),
        ("/account/password", {"password": "x"}),
        ("/account/recovery-codes", {"generate_new_codes": "yes"}),
        ("/staff", {"email": "x"}),
        ("/staff", {"email": "ww@example.org", "role": "viewer"}),
    ):
        ana.get(path)
        found.append((f"{path} sent", ana.post(path, form).text))
    found.append(("again", ana.get("/sign-in/again").text))
    ana.sign_out()
    ana.sign_in()
    return [*found, ("code", ana.get("/sign-in/code").text), ("recovery", ana.get("/sign-in/recovery").text)]


def test_nothing_stands_inline_and_nothing_comes_from_elsewhere(stocked: House) -> None:
    for name, page in pages(stocked):
        held = Reading(page)
        assert [a for a in held.of("script") if a.get("src") != "/static/console.js"] == [], name
        assert held.of("style", "iframe", "object", "base") == [], name
        assert [a for _, a in held.tags if any(key == "style" or key.startswith("on") for key in a)] == [], name
        links = [a.get(key) or "" for _, a in held.tags for key in ("src", "href", "action") if key in a]
        assert [one for one in links if not one.startswith(("/", "#", "data:image/svg+xml;base64,"))] == [], name


def test_every_control_has_a_name_and_every_page_one_heading(stocked: House) -> None:
    for name, page in pages(stocked):
        held = Reading(page)
        labelled = {a.get("for") for a in held.of("label")}
        controls = [a for a in held.of("input", "select", "textarea") if a.get("type") != "hidden"]
        nameless = [a for a in controls if a.get("id") not in labelled and a.get("aria-hidden") != "true"]
        assert nameless == [], name
        ids = [a["id"] for _, a in held.tags if "id" in a]
        assert len(ids) == len(set(ids)), name
        described = {one for a in controls for one in (a.get("aria-describedby") or "").split()}
        assert described <= set(ids), name
        assert (len(held.of("h1")), len(held.of("main")), len(held.of("title"))) == (1, 1, 1), name
        assert held.of("html")[0]["lang"] == "en"
        assert [a for a in held.of("img") if not a.get("alt")] == [], name


def written(template: str) -> str:
    """Give what stands in a template itself: text, and what attributes say aloud; not what is put in."""
    left = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", template, flags=re.S)
    said = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', left)
    # Macros hand attributes over that stand in no tag.
    return " ".join([*said, re.sub(r'[\w-]+="[^"]*"', "", " ".join(Reading(left).words))])


#: What is the same in every language, and what forms send.
SAME = {"Quietline", "yes", "SMS", "EN", "ES", "CSV", "en", "es"}


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("*.html")))
def test_every_word_comes_from_one_place(name: str) -> None:
    """All that a page says itself goes through the one function that can say it in another language."""
    text = written((TEMPLATES / name).read_text("utf-8"))
    assert [word for word in re.findall(r"[A-Za-z][\w-]+", text) if word not in SAME] == []


def test_a_word_that_stands_in_a_template_is_found() -> None:
    assert written('<p aria-label="Pages">{{ _("Home") }} Away</p>').split() == ["Pages", "Away"]


#: Under which entry of the menu pages stand that have none of their own.
UNDER = {
    "/": "Home",
    "/review/77": "Review and publish",
    "/review/releases": "Review and publish",
    "/review/releases/1": "Review and publish",
    "/drafts/aside": "Review and publish",
    "/urgent/banners": "Urgent",
    "/import/duplicates": "Import",
    "/entries/new": "Entries",
    "/staff/1": "Staff",
    "/account/passkeys": "My account",
    "/scrub?x=/staff": "Scrub",
    "/reviewer": "",
    "/nowhere": "",
}


def test_the_menu_marks_where_a_page_stands(house: House) -> None:
    ana = house.member()
    marked = {path: re.findall(r'aria-current="page">([^<]*)<', ana.get(path).text) for path in UNDER}
    assert marked == {path: [title] if title else [] for path, title in UNDER.items()}

"""Every page: nothing inline, a name for every control, and every word in one place, ready for another language."""

import re
from html.parser import HTMLParser

from bot.console.roles import Role
from tests.console.house import House

#: For nobody in particular, and for an admin.
OUTSIDE = ["/sign-in", "/join/nothing", "/nowhere"]
INSIDE = [
    "/", "/account", "/account/app", "/account/passkeys", "/account/password", "/account/recovery-codes", "/staff",
    "/staff/1", "/audit", "/nowhere",
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


def test_nothing_stands_inline_and_nothing_comes_from_elsewhere(house: House) -> None:
    for name, page in pages(house):
        held = Reading(page)
        assert [a for a in held.of("script") if a.get("src") != "/static/console.js"] == [], name
        assert held.of("style", "iframe", "object", "base") == [], name
        assert [a for _, a in held.tags if any(key == "style" or key.startswith("on") for key in a)] == [], name
        links = [a.get(key) or "" for _, a in held.tags for key in ("src", "href", "action") if key in a]
        assert [one for one in links if not one.startswith(("/", "#", "data:image/svg+xml;base64,"))] == [], name


def test_every_control_has_a_name_and_every_page_one_heading(house: House) -> None:
    for name, page in pages(house):
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


def test_every_word_comes_from_one_place(house: House) -> None:
    """With all sentences replaced, only names and data are left in any page."""
    house.app.jinja_env.globals["_"] = lambda english, **values: "¤"
    names = r"Quietline|\b[a-z]{2}@example\.org|\bAB\b"
    data = re.compile(names + r"|[0-9a-f]{4}(-[0-9a-f]{4}){2}|[A-Z2-7]{4}(-[A-Z2-7]{1,4})+")
    messages = {str(value[0]) for key, value in house.app.config.items() if key.startswith("SECURITY_MSG_")}
    for name, page in pages(house):
        text = " ".join(Reading(page).words)
        for message in sorted(messages, key=len, reverse=True):
            text = text.replace(message, "")
        left = re.findall(r"[A-Za-z]{2,}", data.sub("", text))
        # Forms say what is wrong, and problems their title, in Python: through the same function.
        assert left == [] or name.endswith(("refused", "sent", "nothing", "nowhere", "/audit")), (name, left)

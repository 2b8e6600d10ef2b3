import json
import re
from importlib.resources import files

import pytest
from flask.testing import FlaskClient

from bot.app import create_line_app
from bot.line import try_page
from bot.line.memory.interface import Allowances
from bot.line.memory.ram import RamMemory
from bot.referral.conversation import Conversation
from tests.line.standins import Clock, FakeCore, FakeSource, make_settings

PAGES = {
    "/try": "text/html; charset=utf-8",
    "/try/try.css": "text/css; charset=utf-8",
    "/try/try.js": "text/javascript; charset=utf-8",
    "/try/try.svg": "image/svg+xml",
}


def client(core: FakeCore, *, dev: bool = True) -> FlaskClient:
    clock = Clock()
    app = create_line_app(
        make_settings(dev=dev, auth_tokens=("dev",), public_base_url="http://127.0.0.1:8000"),
        FakeSource(),
        RamMemory(Allowances(20, 3000), clock=clock.uptime),
        clock=clock,
        answering=core,
        dev_pages=(try_page.bp,),
    )
    return app.test_client()


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


@pytest.fixture
def page(core: FakeCore) -> FlaskClient:
    return client(core)


@pytest.mark.parametrize(("path", "content_type"), PAGES.items(), ids=PAGES)
def test_serves_its_files_with_a_policy_that_allows_no_more(path: str, content_type: str, page: FlaskClient) -> None:
    response = page.get(path)
    assert response.status_code == 200
    assert response.content_type == content_type
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("path", PAGES)
def test_no_file_names_another_place(path: str, page: FlaskClient) -> None:
    text = page.get(path).text.replace('xmlns="http://www.w3.org/2000/svg"', "")  # a name, never fetched
    assert not re.search(r"https?:|//\w|@import|url\(", text)


@pytest.mark.parametrize("path", [*PAGES, "/try/say"])
def test_without_dev_there_is_no_such_page(path: str, core: FakeCore) -> None:
    outside = client(core, dev=False)
    assert outside.get(path).status_code == 404
    assert outside.post(path, json={"text": "food"}).status_code == 404
    assert core.texts == []


def test_hands_out_no_other_file(page: FlaskClient) -> None:
    assert page.get("/try/..%2f..%2fcli.py").status_code == 404
    assert {path.name for path in (files("bot.line") / "pages").iterdir()} == {
        path.rpartition("/")[2] for path in PAGES
    } - {"try"} | {"try.html"}


def test_a_reply_comes_with_its_cost_and_the_conversation_goes_on(page: FlaskClient, core: FakeCore) -> None:
    first = page.post("/try/say", json={"text": "hola", "conversation": None, "area": "westmont"}).json
    assert first
    assert (first["reply"], first["segments"], first["units"], first["encoding"]) == ("reply 1", 1, 7, "GSM-7")
    assert (first["kind"], first["label"], first["language"], first["why"]) == ("topic", "food", "es", [])
    assert first["area"] == "westmont"
    second = page.post("/try/say", json={"text": "more", "conversation": first["conversation"]}).json
    assert second
    assert second["reply"] == "reply 2"
    assert [talk.area for _, talk in core.asked] == ["westmont", "westmont"]
    assert core.asked[1][1] == Conversation.load(first["conversation"])


def test_silence_is_told_as_such(page: FlaskClient) -> None:
    told = page.post("/try/say", json={"text": "stop"}).json
    assert told
    assert (told["reply"], told["segments"], told["encoding"]) == (None, 0, None)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param("text=food", "application/x-www-form-urlencoded", id="a form"),
        pytest.param('{"text": "food"}', "text/plain", id="json that another site could send"),
        pytest.param("{", "application/json", id="no json"),
        pytest.param("[]", "application/json", id="a list"),
        pytest.param('{"text": 7}', "application/json", id="a number"),
        pytest.param('{"text": "food", "conversation": "{}"}', "application/json", id="half a conversation"),
        pytest.param('{"text": "food", "conversation": "nonsense"}', "application/json", id="no conversation"),
        pytest.param(
            json.dumps({"text": "food", "conversation": Conversation().dump().replace('"area"', '"era"')}),
            "application/json",
            id="another version's conversation",
        ),
    ],
)
def test_whatever_the_page_does_not_send_is_refused(
    body: str, content_type: str, page: FlaskClient, core: FakeCore
) -> None:
    response = page.post("/try/say", data=body, content_type=content_type)
    assert response.status_code == 400
    assert core.texts == []


def test_a_failure_shows_no_trace(page: FlaskClient) -> None:
    response = page.post("/try/say", json={"text": "boom"})
    assert response.status_code == 500
    assert response.text == "Internal Server Error\n"

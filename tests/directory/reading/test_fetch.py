"""Fetching from an API that breaks, lies, changes and comes back."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.directory.reading.fetching import fetch
from bot.directory.reading.raw import Opened, UnreadableError
from bot.directory.reading.wire import Answer
from tests.directory.reading.api import BASE, Api, as_json, failing, listed, service
from tests.directory.reading.made import docs, said

FIVE = [service(number) for number in range(1, 6)]
IDS = ["1", "2", "3", "4", "5"]


def fetched(api: Api, scratch: Path, url: str = BASE, **more: Any) -> Opened:
    """Fetch without ever waiting."""
    return fetch(url, scratch, get=api, sleep=more.pop("sleep", lambda _: None), **more)


def ids(opened: Opened) -> list[Any]:
    """Return the ids of what was fetched."""
    assert {kind for kind, _ in docs(opened)} <= {"service"}
    return [known for _, known in docs(opened)]


def trouble(api: Api, scratch: Path, url: str = BASE, **more: Any) -> str:
    """Return why nothing could be fetched."""
    with pytest.raises(UnreadableError) as raised:
        fetched(api, scratch, url, **more)
    return "\n".join(raised.value.problems)


def test_every_page_is_read_and_the_version_told(tmp_path: Path) -> None:
    heard: list[str] = []
    found = fetched(Api(FIVE), tmp_path, say=heard.append)
    assert (found.name, ids(found), found.count) == ("api.example.org", IDS, 5)
    assert [doc.doc for doc in found.docs()] == FIVE
    assert heard == ["page 1: 2 of 5 services", "page 2: 4 of 5 services", "page 3: 5 of 5 services"]
    assert said(found) == "api.example.org: inferred: says which version of HSDS it speaks (3.1)"
    assert str(next(found.docs()).where) == "services page 1 row 1"


COPIES = [service(1)] * 128
#: what the server does · its services · what it claims · ids fetched · pages asked for · words a note must say
LIES = [
    (
        "128 copies of one, said to be 31",
        COPIES,
        {"total_items": 31, "size": 31, "last_page": False},
        ["1"],
        [1, 2],
        "says 31, gave 1",
    ),
    (
        "as many copies, counted",
        COPIES,
        {"last_page": False},
        ["1"],
        [1, 2],
        "the first copy of each was kept (255 copies)",
    ),
    ("no last page ever", FIVE, {"last_page": False}, IDS, [1, 2, 3, 4], ""),
    ("no word of its pages", FIVE, {"last_page": None, "total_items": None}, IDS, [1, 2, 3, 4], ""),
    ("the last page at once", FIVE, {"last_page": True}, ["1", "2"], [1], "says 5, gave 2"),
    ("more than there are", FIVE, {"total_items": 900}, IDS, [1, 2, 3], "says 900, gave 5"),
    ("a number that is none", FIVE, {"total_items": "many", "total_pages": -1, "size": {}}, IDS, [1, 2, 3], ""),
    ("nothing", [], {}, [], [1], "holds no object"),
]


@pytest.mark.parametrize(
    ("services", "claims", "expected", "pages", "note"), [case[1:] for case in LIES], ids=[case[0] for case in LIES]
)
def test_what_a_server_claims_is_not_believed(
    services: list[dict[str, Any]],
    claims: dict[str, Any],
    expected: list[str],
    pages: list[int],
    note: str,
    tmp_path: Path,
) -> None:
    api = Api(services, page=128 if services is COPIES else 2)
    api.claims = claims
    if services is COPIES:
        api.meddlers.append(lambda path: as_json(api._page(1)) if "page=2" in path else None)
    found = fetched(api, tmp_path)
    assert (ids(found), api.pages_asked()) == (expected, pages)
    assert note in said(found)


def test_a_server_that_gives_the_same_page_for_ever_is_left(tmp_path: Path) -> None:
    api = Api(FIVE)
    api.claims = {"last_page": False, "contents": FIVE[:2]}
    assert ids(fetched(api, tmp_path)) == ["1", "2"]
    assert api.pages_asked() == [1, 2]


def test_a_server_that_never_ends_is_left_with_a_problem(tmp_path: Path) -> None:
    api = Api([service(number) for number in range(100)], page=1)
    assert "does not end after 7 pages" in trouble(api, tmp_path, most_pages=7)


def test_a_page_beyond_the_last_that_is_not_there_is_the_end(tmp_path: Path) -> None:
    api = Api(FIVE)
    api.claims = {"last_page": False}
    api.meddlers.append(failing("page=4", Answer(404)))
    assert ids(fetched(api, tmp_path)) == IDS


def test_two_services_with_one_id_on_two_pages_are_one_and_the_first_is_kept(tmp_path: Path) -> None:
    found = fetched(Api([*FIVE[:2], service(1, name="Other"), FIVE[2]]), tmp_path)
    assert [doc.doc["name"] for doc in found.docs()] == ["Service 1", "Service 2", "Service 3"]
    assert "(1 copies)" in said(found)


@pytest.mark.parametrize(
    ("page", "expected", "note"),
    [
        (
            {"contents": [None, "x", FIVE[0], []]},
            ["1"],
            "refused: lists other things among its services; they were left out (3",
        ),
        ({"first_page": False, "contents": FIVE[:1]}, ["1"], "dropped: says that its first page is not the first"),
        ({"contents": [service(1, name="half \ud800")]}, ["1"], "mended: gave letters that cannot be stored or keys"),
        ({"contents": [{"name": "a", "status": "b"}, {"name": "c", "status": "d"}]}, [None, None], "HSDS"),
    ],
    ids=["things", "not the first", "half a letter", "no ids"],
)
def test_an_odd_page_is_read_and_told(
    page: dict[str, Any], expected: list[str | None], note: str, tmp_path: Path
) -> None:
    api = Api(FIVE)
    api.meddlers.append(failing("/services?", as_json({"last_page": True} | page)))
    found = fetched(api, tmp_path)
    assert ids(found) == expected
    assert note in said(found)


def test_what_brief_lists_leave_out_is_asked_for_one_by_one(tmp_path: Path) -> None:
    api = Api(FIVE, brief=True)
    assert [doc.doc for doc in fetched(api, tmp_path).docs()] == FIVE
    assert [path for path in api.asked if "/services/" in path] == [f"/services/{known}" for known in IDS]


def test_whole_lists_are_believed_after_one_look(tmp_path: Path) -> None:
    api = Api(FIVE)
    fetched(api, tmp_path)
    assert [path for path in api.asked if "/services/" in path] == ["/services/1"]


def test_a_service_without_details_is_taken_as_listed(tmp_path: Path) -> None:
    api = Api(FIVE, brief=True)
    api.meddlers.append(failing("/services/3", Answer(404)))
    api.meddlers.append(failing("/services/4", as_json(service(1))))
    found = fetched(api, tmp_path)
    assert [doc.doc for doc in found.docs()] == [*FIVE[:2], listed(FIVE[2]), listed(FIVE[3]), FIVE[4]]
    assert "has no details of a service it lists; it was taken as listed (3)" in said(found)
    assert "it was taken as listed (4)" in said(found)


def test_a_server_without_any_details_is_not_asked_for_all_of_them(tmp_path: Path) -> None:
    api = Api([service(number) for number in range(60)], brief=True, page=30)
    api.meddlers.append(failing("/services/", Answer(404)))
    found = fetched(api, tmp_path)
    assert found.count == 60
    assert sum("/services/" in path for path in api.asked) == 20
    assert "after so many in a row no others were asked for (20)" in said(found)


@pytest.mark.parametrize("known", ["..", ".", "../admin", "a/b", "a?b", "a#b", "", None, "x" * 300, {"a": 1}])
def test_an_id_that_is_a_path_is_never_asked_for(known: Any, tmp_path: Path) -> None:
    api = Api([service(1, id=known)], brief=True)
    assert fetched(api, tmp_path).count == 1
    assert len(api.asked) == 2


def test_a_server_that_knows_no_full_lists_is_asked_without(tmp_path: Path) -> None:
    api = Api(FIVE)
    api.meddlers.append(failing("full=true", Answer(422)))
    assert ids(fetched(api, tmp_path)) == IDS
    assert api.asked[1:5] == [
        "/services?page=1&per_page=100&full=true",
        "/services?page=1&per_page=100",
        "/services/1",
        "/services?page=2&per_page=100",
    ]


#: what the address looks like · the address · what is asked for first
ADDRESSES = [
    ("a base", "https://api.example.org", "/?"),
    ("a slash", "https://api.example.org/", "/?"),
    ("the list", "https://api.example.org/v3/services", "/v3/?"),
    ("a path", "https://api.example.org/v3/", "/v3/?"),
    ("a key", "https://api.example.org/?key=a%26b", "/?key=a%26b"),
    ("in capitals", "HTTPS://API.example.org", "/?"),
]


@pytest.mark.parametrize(("url", "first"), [case[1:] for case in ADDRESSES], ids=[case[0] for case in ADDRESSES])
def test_an_address_is_read_as_people_type_it(url: str, first: str, tmp_path: Path) -> None:
    api = Api(FIVE)
    api.meddlers.append(lambda path: as_json(api._page(1)) if "page=1" in path else None)
    fetched(api, tmp_path, url)
    assert f"{api.asked[0]}?".startswith(first)


#: what the address is · the address · words of the problem
REFUSED = [
    ("no https", "http://api.example.org", "http://api.example.org: only https is asked"),
    ("no scheme", "api.example.org", "the address is none"),
    ("a file", "file:///etc/passwd", "the address is none"),
    ("no host", "https:///services", "the address is none"),
    ("nothing", "", "the address is none"),
    ("a port that is none", "https://api.example.org:x", "the address is none"),
    ("half brackets", "https://[::1", "the address is none"),
    ("a host that looks like this machine", "http://localhost.example.org", "only https is asked"),
    ("another number for another machine", "http://128.0.0.1", "only https is asked"),
    ("secrets without https", "http://u:pw@api.example.org/x?key=secret", "http://api.example.org/x: only https"),
]


@pytest.mark.parametrize(("url", "problem"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_an_address_that_is_none_is_refused_before_anything_is_asked(url: str, problem: str, tmp_path: Path) -> None:
    api = Api(FIVE)
    found = trouble(api, tmp_path, url)
    assert problem in found
    assert "pw" not in found
    assert "secret" not in found
    assert not api.asked


@pytest.mark.parametrize("host", ["localhost:5000", "127.0.0.1", "127.1.2.3:80", "[::1]:8000"])
def test_this_machine_may_be_asked_without_https(host: str, tmp_path: Path) -> None:
    assert ids(fetched(Api(FIVE), tmp_path, f"http://{host}")) == IDS


PAGE_3 = "page=3"
#: what page 3 does · how · words of the problem
BROKEN = [
    ("an answer that never comes", OSError("https://u:pw@x/?key=secret"), "no answer came (OSError)"),
    ("a server in trouble", Answer(500), "answers HTTP 500"),
    ("a server that is gone", Answer(503), "answers HTTP 503"),
    ("a web page", Answer(200, b"<html>Sign in</html>"), "/services: is not right JSON in line 1"),
    ("half a page", Answer(200, b'{"contents": [{"id": "5"'), "/services: breaks off in the middle"),
    ("two pages", Answer(200, b"{}{}"), "something stands after the end"),
    ("nothing", Answer(200), "/services: breaks off in the middle"),
    ("a list", as_json([]), "page 3 is not a page of HSDS"),
    ("no contents", as_json({"last_page": True}), 'page 3 holds no list of services under "contents"'),
    ("contents of another kind", as_json({"contents": {}}), 'no list of services under "contents"'),
    ("a key is wanted", Answer(401), "wants a key or a sign-in (HTTP 401)"),
    ("a refusal", Answer(403), "wants a key or a sign-in (HTTP 403)"),
    ("a teapot", Answer(418), "answers HTTP 418"),
    ("a number that is none", Answer(200, b'{"contents": [{"id": NaN}]}'), "NaN is no number"),
    ("a bomb", Answer(200, b"[" * 1_000_000), "/services: "),
    ("too much", Answer(200, b" " * (64 << 20) + b"{}"), "an answer is larger than 64 MB"),
    (
        "a way to another host",
        Answer(302, b"", {"location": "https://evil.example/?u=1"}),
        "on to https://evil.example, which",
    ),
    (
        "a way without https",
        Answer(301, b"", {"location": "http://api.example.org/services"}),
        "on to http://api.example.org, wh",
    ),
    ("a way to another port", Answer(301, b"", {"location": "https://api.example.org:444/"}), "which is not followed"),
    ("a way to a file", Answer(301, b"", {"location": "file:///etc/passwd"}), "on to file://, which is not followed"),
    ("a way to nowhere", Answer(301, b"", {"location": "https://[x"}), "to an address that is none"),
    ("a way round and round", Answer(307, b"", {"location": "/services?page=3"}), "sends us on and on"),
    ("come back next week", Answer(429, b"", {"retry-after": "604800"}), "asks us to come back in 10080 minutes"),
]


@pytest.mark.parametrize(("answer", "problem"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_break_is_told_in_plain_words_and_what_was_read_is_kept(
    answer: Answer | OSError, problem: str, tmp_path: Path
) -> None:
    api = Api(FIVE)
    api.meddlers.append(failing(PAGE_3, answer))
    found = trouble(api, tmp_path, "https://u:pw@api.example.org/?key=secret")
    assert problem in found
    assert found.endswith("2 pages are kept; the same command goes on after them")
    assert "pw" not in found
    assert "secret" not in found
    api.meddlers.clear()
    api.asked.clear()
    again = fetched(api, tmp_path, "https://u:pw@api.example.org/?key=secret")
    assert (ids(again), api.pages_asked()) == (IDS, [3])
    assert "secret" not in said(again)


def test_the_way_from_one_address_to_another_of_the_same_server_is_followed(tmp_path: Path) -> None:
    api = Api(FIVE)
    urls: list[str] = []

    def get(url: str) -> Answer:
        urls.append(url)
        if "/old" in url:
            return Answer(308, b"", {"location": url.partition("example.org")[2].replace("/old", "")})
        return api(url)

    assert ids(fetch("https://u:pw@api.example.org/old", tmp_path, get=get)) == IDS
    assert all(url.startswith("https://u:pw@api.example.org/") for url in urls)


def test_a_passing_fault_passes_and_waits_grow(tmp_path: Path) -> None:
    api, waits = Api(FIVE), list[float]()
    api.meddlers.append(failing("page=2", OSError(), times=2))
    api.meddlers.append(failing("page=2", Answer(503), times=1))
    api.meddlers.append(failing("page=2", Answer(429, b"", {"retry-after": "17"}), times=1))
    assert ids(fetched(api, tmp_path, sleep=waits.append)) == IDS
    assert waits == [1.0, 2.0, 4.0, 17.0]


@pytest.mark.parametrize("after", ["Wed, 21 Oct 2015 07:28:00 GMT", "-5", "soon", "", "1" * 20, "²"])
def test_a_wait_that_is_no_number_of_seconds_is_our_own(after: str, tmp_path: Path) -> None:
    api, waits = Api(FIVE), list[float]()
    api.meddlers.append(failing("page=2", Answer(429, b"", {"retry-after": after}), times=1))
    assert ids(fetched(api, tmp_path, sleep=waits.append)) == IDS
    assert waits == [1.0]


def test_the_front_page_need_not_be_there_and_is_not_waited_for(tmp_path: Path) -> None:
    api, waits = Api(FIVE), list[float]()
    api.meddlers.append(lambda path: Answer(503) if path == "/" else None)
    found = fetched(api, tmp_path, sleep=waits.append)
    assert (ids(found), waits, said(found)) == (IDS, [], "")


def _broken_at_3(tmp_path: Path) -> Api:
    api = Api(FIVE)
    api.meddlers.append(failing(PAGE_3, OSError()))
    trouble(api, tmp_path, now=lambda: 1_000_000.0)
    api.meddlers.clear()
    api.asked.clear()
    return api


def test_what_the_first_pages_taught_is_not_asked_again(tmp_path: Path) -> None:
    api = Api(FIVE, brief=True)
    api.claims = {"total_items": None}
    api.meddlers += [failing("full=true", Answer(400)), failing(PAGE_3, OSError())]
    trouble(api, tmp_path)
    del api.meddlers[1], api.asked[:]
    assert [doc.doc for doc in fetched(api, tmp_path).docs()] == FIVE
    assert api.asked == ["/", "/services?page=3&per_page=100", "/services/5"]


def test_when_the_directory_grew_in_between_all_is_read_anew(tmp_path: Path) -> None:
    api, heard = _broken_at_3(tmp_path), list[str]()
    api.services = [service(0), *FIVE]
    found = fetched(api, tmp_path, now=lambda: 1_000_001.0, say=heard.append)
    assert (ids(found), api.pages_asked()) == (["0", *IDS], [3, 1, 2, 3])
    assert "the directory was changed meanwhile; its pages are read anew" in heard


def test_a_directory_that_counts_anew_on_every_page_is_read_all_the_same(tmp_path: Path) -> None:
    api = Api(FIVE)
    api.meddlers.append(lambda path: as_json(api._page(2) | {"total_items": 2}) if "page=2" in path else None)
    found = fetched(api, tmp_path)
    assert ids(found) == IDS
    assert "counts its services anew on every page; some may be missing" in said(found)


@pytest.mark.parametrize(
    ("now", "pages"), [(1_000_100.0, [3]), (1_086_400.0, [3]), (1_086_401.0, [1, 2, 3]), (999_999.0, [1, 2, 3])]
)
def test_what_was_kept_is_good_for_a_day(now: float, pages: list[int], tmp_path: Path) -> None:
    api = _broken_at_3(tmp_path)
    fetched(api, tmp_path, now=lambda: now)
    assert api.pages_asked() == pages


def test_a_finished_fetch_is_not_gone_on_with(tmp_path: Path) -> None:
    fetched(Api(FIVE), tmp_path)
    api = Api(FIVE)
    fetched(api, tmp_path)
    assert api.pages_asked() == [1, 2, 3]


def test_pages_of_another_address_are_not_gone_on_with(tmp_path: Path) -> None:
    api = _broken_at_3(tmp_path)
    fetched(api, tmp_path, "https://other.example.org", now=lambda: 1_000_001.0)
    assert api.pages_asked() == [1, 2, 3]


@pytest.mark.parametrize(
    ("file", "content", "pages"),
    [
        ("page-000002.json", "", [2, 3]),
        ("page-000002.json", '{"contents": [', [2, 3]),
        ("page-000002.json", "[]", [2, 3]),
        ("page-000002.json", '{"strange": 1}', [2, 3]),
        ("page-000003.json.part", '{"contents": [], "last": true}', [3]),
        ("fetch.json", "{", [1, 2, 3]),
        ("fetch.json", "[" * 100_000, [1, 2, 3]),
        ("fetch.json", '{"of": "x"}', [1, 2, 3]),
    ],
    ids=["empty", "half", "a list", "strange", "half written", "half state", "deep state", "another state"],
)
def test_only_whole_pages_are_gone_on_with(file: str, content: str, pages: list[int], tmp_path: Path) -> None:
    api = _broken_at_3(tmp_path)
    (tmp_path / file).write_text(content)
    assert ids(fetched(api, tmp_path, now=lambda: 1_000_001.0)) == IDS
    assert api.pages_asked() == pages


def test_what_is_kept_names_neither_user_nor_key(tmp_path: Path) -> None:
    fetched(Api(FIVE), tmp_path, "https://u:pw@api.example.org?key=secret")
    kept = b"".join(path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file())
    assert b"secret" not in kept
    assert b"pw" not in kept
    assert json.loads((tmp_path / "fetch.json").read_bytes())["done"] is True


def test_a_scratch_that_cannot_be_written_is_a_problem_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "the pages could not be kept" in trouble(Api(FIVE), tmp_path / "file" / "scratch")

"""The same over a real wire: a server on this machine that dies and comes back."""

from pathlib import Path

import pytest

from bot.directory.reading import wire
from bot.directory.reading.fetching import fetch
from bot.directory.reading.findings import BrokenError
from bot.directory.reading.raw import UnreadableError
from bot.directory.reading.wire import Answer
from tests.directory.reading.api import Api, failing, server, service
from tests.directory.reading.made import docs

SERVICES = [service(number) for number in range(1, 12)]
KINDS = [("service", str(number)) for number in range(1, 12)]


def _no_wait(_: float) -> None:
    return None


def test_a_directory_is_fetched_over_a_real_wire(tmp_path: Path) -> None:
    with server(Api(SERVICES)) as url:
        assert docs(fetch(url, tmp_path, sleep=_no_wait)) == KINDS


def test_a_server_that_dies_after_page_3_and_comes_back_is_gone_on_with_at_page_4(tmp_path: Path) -> None:
    api = Api(SERVICES)
    api.meddlers.append(failing("page=4", Answer(0)))
    with server(api) as url:
        with pytest.raises(UnreadableError, match=r"no answer came \(\w+\); 3 pages are kept"):
            fetch(url, tmp_path, sleep=_no_wait)
        # Five tries, four waits between them.
        assert api.pages_asked() == [1, 2, 3, 4, 4, 4, 4, 4]
        api.asked.clear()
        api.meddlers.clear()
        assert docs(fetch(url, tmp_path, sleep=_no_wait)) == KINDS
        assert api.pages_asked() == [4, 5, 6]


def test_nobody_there_is_a_problem_and_no_word_of_the_key(tmp_path: Path) -> None:
    with server(Api(SERVICES)) as url:
        pass
    with pytest.raises(UnreadableError) as raised:
        fetch(f"{url.replace('//', '//u:pw@')}/?key=secret", tmp_path, sleep=_no_wait)
    assert raised.value.problems == (f"{url}: no answer came (ConnectionError)",)
    assert raised.value.__cause__ is None


def test_a_real_detour_to_another_host_is_not_followed(tmp_path: Path) -> None:
    other = Api(SERVICES)
    api = Api(SERVICES)
    with server(other) as elsewhere, server(api) as url:
        api.meddlers.append(failing("/services", Answer(302, b"", {"location": f"{elsewhere}/services?page=1"})))
        with pytest.raises(UnreadableError, match="which is not followed"):
            fetch(url, tmp_path, sleep=_no_wait)
    assert not other.asked


@pytest.mark.parametrize("body", [b" " * 4096, b"{}"], ids=["too large", "not too large"])
def test_a_large_answer_is_left_in_the_middle(body: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LARGEST_ANSWER", 1024)
    with server(lambda path: Answer(200, body)) as url, wire.real_wire() as get:
        if len(body) > 1024:
            with pytest.raises(BrokenError, match="an answer is larger"):
                get(url)
        else:
            assert get(url).body == body


def test_an_answer_that_trickles_for_ever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_WHOLE_ANSWER_SECONDS", -1.0)
    with (
        server(lambda path: Answer(200, b"{}")) as url,
        wire.real_wire() as get,
        pytest.raises(TimeoutError),
    ):
        get(url)


def test_no_password_file_and_no_proxy_of_the_machine_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login u password pw")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with server(Api(SERVICES)) as url:
        assert docs(fetch(url, tmp_path / "scratch", sleep=_no_wait)) == KINDS

"""What people send by mistake or on purpose: each is answered with a sentence, and nothing of it stays."""

import base64
import dataclasses
import io
import os
import shutil
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from bot.commands.console import TAKEN
from bot.console.roles import Role
from bot.line.serve import Server
from bot.storage import drafts
from tests.console.house import SAME, Browser, House
from tests.console.importing import PANTRY, Importing, importing, table
from tests.console.releases import Releases

#: One pixel.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[Importing]:
    """Give a staff door that imports: one for all, since nothing here is written."""
    folder = tmp_path_factory.mktemp("door")
    shutil.copy(filled, folder / "staff.db")
    url = f"sqlite:///{folder / 'staff.db'}"
    house = House(url, source=Releases)
    house.settings = dataclasses.replace(house.settings, cache_dir=folder / "cache")
    with importing(house) as made:
        yield made
    house.close()


@pytest.fixture(autouse=True)
def nothing_left(door: Importing) -> Iterator[None]:
    """Throw away what a test left."""
    yield
    door.keeper.close()
    assert door.folders == []


@pytest.fixture(scope="module")
def editor(door: Importing) -> Browser:
    return door.house.member(Role.EDITOR)


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"a" * 40_000_000)
    return made.getvalue()


def escaping() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../services.csv", table(PANTRY))
    return made.getvalue()


BAD = {
    "a program": (b"\x7fELF" + bytes(range(256)) * 9, "run.csv", "is a program"),
    "a Windows program": (b"MZ\x90\0\3\0\0\0\4" + bytes(range(1, 256)) * 9, "run.exe", "is not text"),
    "a picture": (PICTURE, "list.xlsx", "is a picture"),
    "a zip bomb": (bomb(), "all.zip", "would unpack to more than 200 times its size"),
    "a zip that leads out": (escaping(), "all.zip", "leads out of the zip"),
    "half a zip": (escaping()[:60], "all.zip", "is not a whole zip"),
    "blanks": (b"  \n \n", "list.csv", "is empty"),
    "a web page": (b"<!doctype html><p>Sign in</p>", "list.csv", "is a web page"),
    "broken JSON": (b'[{"id": "a", ', "list.json", "list.json"),
    "JSON of nothing": (b"{}", "list.json", "Problem:"),
}


@pytest.mark.parametrize(("data", "name", "told"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_told(door: Importing, editor: Browser, data: bytes, name: str, told: str) -> None:
    door.planned(editor, data, name)
    assert "Problem:" in editor.last
    assert told in editor.last
    assert "Choose another file" in editor.last
    assert "Yes, write this plan" not in editor.last
    assert door.folders == []
    assert drafts.waiting(door.house.engine) == []


def test_what_holds_no_service_or_odd_letters_is_said(door: Importing, editor: Browser) -> None:
    door.planned(editor, table())
    assert "Yes, write this plan" not in editor.last
    assert "There is no service in this file." in editor.last or "Problem:" in editor.last
    door.planned(editor, b"hello", "list.csv")
    assert "There is no service in this file." in editor.last
    latin = table(("Comida del Peñón", *PANTRY[1:])).decode().encode("cp1252")
    door.planned(editor, latin)
    assert "Comida del Peñón" in editor.last
    door.planned(editor, table(PANTRY).decode().encode("utf-16"))
    assert "Hillside Pantry" in editor.last


@pytest.mark.parametrize(
    ("data", "name", "more", "told"),
    [
        pytest.param(b"", "", {}, "Choose a file.", id="no file"),
        pytest.param(b"", "list.csv", {}, "The file is empty.", id="an empty file"),
        pytest.param(b"x", "list.csv", {"source": "Two Words"}, "Small letters, digits", id="a name with blanks"),
        pytest.param(b"x", "list.csv", {"source": "a" * 61}, "Small letters, digits", id="a long name"),
        pytest.param(b"x", "list.csv", {"source": "<b>x</b>"}, "&lt;b&gt;x", id="markup, which stays as typed"),
        pytest.param(b"x", "list.csv", {"source": "a\u202eb"}, "Small letters, digits", id="letters turned round"),
    ],
)
def test_what_the_form_refuses_stands_beside_its_field(
    door: Importing, editor: Browser, data: bytes, name: str, more: dict[str, str], told: str
) -> None:
    answered = door.send(editor, data, name, **more)
    assert answered.status_code == 200
    assert told in answered.text
    assert door.folders == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("../../../etc/passwd.csv", "passwd.csv", id="a way out"),
        pytest.param("C:\\files\\list.csv", "C_fileslist.csv", id="a way of Windows"),
        pytest.param("<script>alert(1)</script>.csv", "script_.csv", id="markup"),
        pytest.param("..", "directory", id="dots"),
        pytest.param("e\u202evsc.csv", "e_vsc.csv", id="letters turned round"),
        pytest.param("a" * 300 + ".csv", f"{'a' * 76}.csv", id="long"),
        pytest.param("plan.db", "plan.db", id="a name of ours"),
    ],
)
def test_a_file_name_leads_nowhere_and_says_nothing(door: Importing, editor: Browser, name: str, shown: str) -> None:
    door.planned(editor, table(PANTRY), name)
    assert f"<h1>Plan of {shown}</h1>" in editor.last
    (folder,) = door.folders
    inside = [path.name for path in (door.house.settings.cache_dir / folder / "upload").iterdir()]
    assert inside == [shown]


def test_markup_in_a_file_is_shown_as_it_stands(door: Importing, editor: Browser) -> None:
    door.planned(editor, table(("<script>alert(1)</script> Pantry", *PANTRY[1:])))
    assert "<script>alert" not in editor.last
    assert "alert(1)" in editor.last


def test_nothing_but_us_can_read_what_waits(door: Importing, editor: Browser) -> None:
    door.planned(editor, table(PANTRY))
    (folder,) = door.folders
    assert (door.house.settings.cache_dir / folder).stat().st_mode & 0o777 == 0o700


def form(browser: Browser, size: int) -> bytes:
    """Give a form with a file of so many bytes, as a browser sends it: the test client would keep it on disk."""
    token = f'Content-Disposition: form-data; name="csrf_token"\r\n\r\n{browser.hidden("csrf_token")}'
    start = f'--b\r\n{token}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="big.csv"\r\n\r\n'
    return start.encode() + b"x" * size + b"\r\n--b--\r\n"


FORM = "multipart/form-data; boundary=b"


@pytest.mark.parametrize(
    ("signed_in", "size", "told"),
    [
        pytest.param(True, 16 * 1024 * 1024, "The file is larger than 16 MB", id="beside its field"),
        pytest.param(False, 2_000_000, "You were signed out, and files are not kept.", id="a session that ran out"),
    ],
)
def test_a_file_that_is_too_large_is_refused(
    door: Importing, editor: Browser, *, signed_in: bool, size: int, told: str
) -> None:
    browser = editor if signed_in else door.house.browser()
    browser.get("/import" if signed_in else "/sign-in")
    answered = browser.client.post(
        "/import", base_url=door.house.base, data=form(browser, size), content_type=FORM, headers=SAME
    )
    assert answered.status_code == 413
    assert told in answered.text
    assert ('id="file-wrong"' in answered.text) is signed_in
    assert door.folders == []


@pytest.fixture
def server(door: Importing) -> Iterator[Server]:
    """Give a server of the staff door, as a proxy reaches it."""
    made = Server(door.house.app, "127.0.0.1", 0, taken=TAKEN)
    thread = Thread(target=made.run)
    thread.start()
    yield made
    made.stop()
    thread.join(30)
    assert not thread.is_alive()


def uploaded(server: Server, editor: Browser, size: int) -> tuple[int, str]:
    """Send a file of so many bytes as a browser does; give the status and the words of the answer."""
    editor.get("/import")
    held = editor.client.get_cookie("__Host-quietline", domain="staff.example.org")
    assert held
    headers = {
        "Host": "staff.example.org", "Cookie": f"__Host-quietline={held.value}", "Sec-Fetch-Site": "same-origin",
        "Content-Type": FORM, "X-Forwarded-For": "198.51.100.1",
    }  # fmt: skip
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", "/import", form(editor, size), headers)
    answered = connection.getresponse()
    words = answered.read().decode()
    connection.close()
    return answered.status, words


@pytest.mark.parametrize(
    ("size", "told"),
    [
        pytest.param(17_000_000, "The file is larger than 16 MB", id="17 MB: on the page"),
        pytest.param(50_000_000, "That is too much to take. Nothing of it was kept", id="50 MB: before it is read"),
    ],
)
def test_who_sends_too_much_is_told_so_by_the_server(
    server: Server, door: Importing, editor: Browser, size: int, told: str
) -> None:
    status, words = uploaded(server, editor, size)
    assert status == 413
    assert told in words
    assert spooled() == []


def spooled() -> list[str]:
    """Give the nameless files as large as an upload that this process still holds when it had time to let go."""
    ends = time.monotonic() + 10
    while (found := list(_held())) and time.monotonic() < ends:
        time.sleep(0.02)
    return found


def _held() -> Iterator[str]:
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # it was closed in the meantime
            if "(deleted)" in os.readlink(link) and link.stat().st_size > 500_000:
                yield os.readlink(link)

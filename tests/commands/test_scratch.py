"""Where the pages of a directory on the web are kept: nothing of its keys can be told from that."""

from pathlib import Path

import pytest

from bot.commands.scratch import for_fetch

PLAIN = "https://api.example.org/hsds"
SAME = {
    "a user": "https://ann:secret@api.example.org/hsds",
    "a key": f"{PLAIN}?api_key=abc",
    "another key": f"{PLAIN}?api_key=abd",
    "a token": f"{PLAIN}?access_token=1",
    "its list": f"{PLAIN}/services",
}
OTHER = {
    "another host": "https://api.example.com/hsds",
    "another path": "https://api.example.org/other",
    "other services": f"{PLAIN}?taxonomy=food",
}


@pytest.mark.parametrize("url", SAME.values(), ids=SAME)
def test_keys_do_not_name_the_folder(url: str, tmp_path: Path) -> None:
    assert for_fetch(tmp_path, url) == for_fetch(tmp_path, PLAIN)


@pytest.mark.parametrize("url", OTHER.values(), ids=OTHER)
def test_what_else_is_asked_for_has_a_folder_of_its_own(url: str, tmp_path: Path) -> None:
    assert for_fetch(tmp_path, url) != for_fetch(tmp_path, PLAIN)

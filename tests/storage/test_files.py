import json
from pathlib import Path

import pytest

from bot.storage.document import to_text
from bot.storage.files import DataFilesError, data_dir, read_document


def folder_with(tmp_path: Path, files: dict[str, str | bytes]) -> Path:
    folder = tmp_path / "data"
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def complaints(folder: Path) -> list[str]:
    with pytest.raises(DataFilesError) as caught:
        read_document(folder)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return [str(problem) for problem in caught.value.problems]


def test_every_file_is_a_key_and_every_value_is_json(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        {
            "topics/food.toml": 'slug = "food"\n[lead]\nes = "¿Comida?"\nen = "Food:"\n',
            "line.toml": 'name = "Line"\ndue = 2027-01-01\nopen = 08:30:00\nstamp = 2026-11-21T08:00:00Z\n'
            "plain = 2026-11-21 08:00:00\nlimits = [1, 2.5, true, { on = 2026-11-21 }]\n",
            "README.md": "not content",
            "topics/.food.toml": "an editor's leftover",
            ".drafts/food.toml": "hidden",
        },
    )
    document = read_document(folder)
    assert document == {
        "line.toml": {
            "name": "Line",
            "due": "2027-01-01",
            "open": "08:30:00",
            "stamp": "2026-11-21T08:00:00+00:00",
            "plain": "2026-11-21T08:00:00",
            "limits": [1, 2.5, True, {"on": "2026-11-21"}],
        },
        "topics/food.toml": {"slug": "food", "lead": {"en": "Food:", "es": "¿Comida?"}},
    }


def test_a_document_behaves_the_same_before_and_after_it_was_published(tmp_path: Path) -> None:
    files = {
        "b.toml": "z = 1\na = [{ y = 1, x = 2 }]\n[k.i]\n[k.b]\n",
        "a/z.toml": "b = 1",
        "a.toml": "x = 1",
    }
    document = read_document(folder_with(tmp_path, dict(files)))
    # json.dumps keeps the order of keys, so this compares order as well.
    assert json.dumps(document) == json.dumps(json.loads(to_text(document)))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('a = 1\nb = "no end\nc = 2\n', "topics/x.toml:2: Illegal character '\\n'"),
        ("a = 1\n\nb = 2\na = 3\n", "topics/x.toml:4: this key stands twice"),
        ("[a]\nx = 1\n[b]\n[a]\ny = 1\n", "topics/x.toml:4: Cannot declare ('a',) twice"),
        ("a = 1\nb = [1\n\n", "topics/x.toml:2: Unclosed array: the file ends too early"),
        ("a = 1\nwhat\n", "topics/x.toml:2: Expected '=' after a key in a key/value pair"),
        (b"a = 1\nb = 'ni\xf1o'\n", "topics/x.toml:2: byte 0xf1 is not UTF-8"),
        ("a = 1\n[b]\nc = [1, nan]\n", "topics/x.toml: b.c[1]: nan is not a number that can be stored"),
        ("a = " + "[" * 100_000, "topics/x.toml: nested too deeply"),
    ],
    ids=["open string", "key twice", "table twice", "open list", "no value", "latin-1", "nan", "too deep"],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, content: str | bytes, complaint: str) -> None:
    folder = folder_with(tmp_path, {"line.toml": "a = 1", "topics/x.toml": content})
    assert complaints(folder) == [complaint]


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        {
            "a.toml": "x = \n",
            "b.toml": "x = inf\ny = [nan]\n",
            "c.toml": b"\xff",
            "d.toml": "x = 1\n",
            "e/f.toml": "x = 1\n\nx = 2\n",
        },
    )
    (folder / "g.toml").mkdir()
    assert complaints(folder) == [
        "a.toml:1: Invalid value",
        "b.toml: x: inf is not a number that can be stored",
        "b.toml: y[0]: nan is not a number that can be stored",
        "c.toml:1: byte 0xff is not UTF-8",
        "e/f.toml:3: this key stands twice",
        "g.toml: cannot be read: Is a directory",
    ]


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"line.toml": b"\xef\xbb\xbfname = 'Line'\r\ndigit = 1\r\n"})
    assert read_document(folder) == {"line.toml": {"name": "Line", "digit": 1}}


def test_a_missing_and_an_empty_directory_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert complaints(tmp_path / "gone") == [f"{tmp_path / 'gone'}: there is no such directory"]
    assert complaints(tmp_path / "empty") == [f"{tmp_path / 'empty'}: there is no .toml file in this directory"]


@pytest.mark.parametrize(
    ("environ", "installed", "expected"),
    [
        ({"DATA_DIR": "/srv/words"}, True, Path("/srv/words")),
        ({}, True, Path("site/bot/_data")),
        ({"DATA_DIR": ""}, True, Path("site/bot/_data")),
        ({}, False, Path("site/data")),
    ],
    ids=["DATA_DIR first", "then the installed copy", "an empty DATA_DIR is none", "then the checkout"],
)
def test_where_the_default_release_is_looked_for(
    tmp_path: Path, environ: dict[str, str], installed: bool, expected: Path
) -> None:
    package = tmp_path / "site" / "bot"
    package.mkdir(parents=True)
    if installed:
        (package / "_data").mkdir()
    assert data_dir(environ, package) == tmp_path / expected


def test_this_checkout_has_its_data_where_it_is_looked_for() -> None:
    assert data_dir({}) == Path(__file__).parents[2] / "data"

from contextlib import closing
from pathlib import Path

from bot.directory.note import Level, Note, Where
from bot.directory.service import Service
from bot.directory.spool import Spool

SERVICES = [
    Service({"id": "a", "name": "Ñandú \ud83d\n", "x": [1, 2.5, {"y": True}]}, Where("a.csv", 2), "7"),
    Service(
        {"id": "b"},
        Where("b.json", None, "name"),
        notes=(Note(Level.MENDED, Where("c.csv", 9, "number"), "was in words", "a\u2028b"),),
    ),
]


def test_services_come_back_as_often_as_they_are_asked_for(tmp_path: Path) -> None:
    with closing(Spool(tmp_path)) as spool:
        (piece,) = spool.keeping(SERVICES)
        assert spool.count == 2
        assert list(spool.read(piece)) == SERVICES
        assert list(spool.read(piece)) == SERVICES
        # No name that could be left behind.
        assert list(tmp_path.iterdir()) == []


def test_each_piece_can_be_read_as_soon_as_it_is_given(tmp_path: Path) -> None:
    many = [Service({"id": str(n), "name": "x" * n}, Where("a.csv", n)) for n in range(250)]
    with closing(Spool(tmp_path)) as spool:
        found = [service for piece in spool.keeping(many) for service in spool.read(piece)]
        assert found == many
        assert len(spool.pieces) == 3
        assert list(spool.read(spool.pieces[1])) == many[100:200]

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
    spool = Spool(tmp_path)
    assert list(spool.keeping(SERVICES)) == SERVICES
    assert spool.count == 2
    assert list(spool) == SERVICES
    assert list(spool) == SERVICES
    # No name that could be left behind.
    assert list(tmp_path.iterdir()) == []
    spool.close()

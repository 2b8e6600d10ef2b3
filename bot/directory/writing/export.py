"""Write a whole export: services.json and organizations.json, the tables under csv/, and a site if it is wanted."""

from collections.abc import Iterable
from pathlib import Path

from bot.directory.service import Doc
from bot.directory.writing.csv_package import write_csv
from bot.directory.writing.json_files import write_json
from bot.directory.writing.paged import Site, write_paged
from bot.directory.writing.place import written_anew
from bot.directory.writing.shelf import shelved


def export(folder: Path, docs: Iterable[Doc], site: Site | None = None) -> int:
    """Write services (packed, in any order) into a folder and return how many; with a site also its paged API.

    All of it appears at once. Raises OccupiedFolderError for a folder that holds something else; then, and when
    anything fails on the way, the folder stays as it was.
    """
    with written_anew(folder) as place, shelved(docs, place) as shelf:
        write_json(place, shelf)
        write_csv(place / "csv", shelf)
        if site is not None:
            write_paged(place, shelf, site)
        return len(shelf)

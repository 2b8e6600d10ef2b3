"""How much is read at most, so that no file can fill the memory or hold the machine for hours."""

from dataclasses import dataclass

KB, MB, GB = 1024, 1024**2, 1024**3


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds. Sizes are bytes where they are of files and characters where they are of text."""

    #: All files together, unpacked. A state's directory is about 300 MB.
    total: int = 2 * GB
    #: No text packs this well: whatever does is made of repeats. Judged for files above the size below it.
    ratio: int = 200
    ratio_from: int = MB
    #: Files in a zip, files in a folder, and folders inside folders.
    members: int = 10_000
    files: int = 500_000
    levels: int = 8
    #: Of a table: one cell, one row over all its lines, and its columns.
    cell: int = MB
    row: int = 16 * MB
    columns: int = 2_000
    #: Of a JSON file: one object with all inside it, and how deep objects stand in each other.
    record: int = 64 * MB
    depth: int = 60
    #: Files that are read whole: datapackage.json and mappings.
    whole: int = 16 * MB
    #: What the process that reads a spreadsheet may take.
    sheet_memory: int = GB
    sheet_seconds: int = 120
    #: Notes that read the same about one file; those beyond are counted only.
    alike: int = 10_000


USUAL = Limits()

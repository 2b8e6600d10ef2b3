"""Rows above the headings of a spreadsheet: its name, the day it was made."""

from pathlib import Path
from typing import Any

import pytest

from tests.directory.reading.made import grid, opened, said, workbook

HEADINGS = ("Agency", "Program", "Phone", "City")
ROW = ("Hands", "Pantry", "2135550100", "Los Angeles")
TITLE = "is: stands above"


@pytest.mark.parametrize(
    "above",
    [
        [["Resource guide 2026"]],
        [["Resource guide 2026"], ["Updated", "3/1/2026"]],
        [["Resource guide 2026"], [], ["For staff"], []],
    ],
)
def test_a_title_above_the_headings_is_told_and_passed_over(above: list[list[str]], tmp_path: Path) -> None:
    found = opened(tmp_path, {"guide.xlsx": workbook(Food=[*above, HEADINGS, ROW])})
    assert grid(found) == [HEADINGS, ROW]
    told = [str(note) for note in found.notes]
    assert len(told) == sum(map(bool, above))
    assert all("stands above the headings and was taken as a title" in note for note in told)
    (row,) = found.tables[0].rows()
    assert row.where.row == len(above) + 2


def test_a_csv_file_may_have_one_too(tmp_path: Path) -> None:
    text = "Resource guide,,,\n,,,\nAgency,Program,Phone,City\nHands,Pantry,211,Westmont\n"
    assert grid(opened(tmp_path, {"guide.csv": text})) == [HEADINGS, ("Hands", "Pantry", "211", "Westmont")]


@pytest.mark.parametrize(
    "rows",
    [
        [["name", "phone"], ["a", "211"]],
        [["name"], ["Food pantry"], ["Legal aid"]],
        [["name", "phone"], ["Food Program", "Phone line", "City of", "Service"]],
        [["Guide"], ["a", "b", "c", "d"], ["1", "2", "3", "4"]],
    ],
    ids=["two columns", "one column", "cells without headings", "words nobody knows"],
)
def test_where_there_is_any_doubt_the_first_row_stays_the_heading(rows: list[list[Any]], tmp_path: Path) -> None:
    found = opened(tmp_path, {"guide.xlsx": workbook(Food=rows)})
    assert found.tables[0].headings[: len(rows[0])] == tuple(rows[0])
    assert "taken as a title" not in said(found)

"""A state's directory is read in seconds and in little memory, whatever it came as."""

import csv
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

#: A million rows take about 8 seconds of a processor; a slow machine gets four times that.
SECONDS = 32
#: Of the whole process; Python itself takes 15. All of an import may take 600.
MEGABYTES = 100
READ = """
import sys, time
from pathlib import Path
from bot.directory.reading.opening import open_path
opened = open_path(Path(sys.argv[1]), Path(sys.argv[2]))
found = sum(1 for table in opened.tables for row in table.rows()) + sum(1 for doc in opened.docs())
# Not ru_maxrss: that begins with what the process that started us had taken.
taken = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(found, time.process_time(), int(taken[0]) // 1024)
"""


def _csv(folder: Path, services: int) -> int:
    text = "Helps people who need food, rent or a lawyer; call first.\nBring something with your name on it."
    tables: dict[str, tuple[int, Callable[[int], Iterable[object]]]] = {
        "services.csv": (1, lambda n: (f"s{n}", f"o{n}", f"Service número {n}", text, "active", "Call.", "Anyone", 18)),
        "organizations.csv": (1, lambda n: (f"o{n}", "", f"Organization {n}", text)),
        "locations.csv": (1, lambda n: (f"l{n}", f"o{n}", f"Place {n}", "physical", 34.1, -118.2)),
        "service_at_location.csv": (1, lambda n: (f"x{n}", f"s{n}", f"l{n}")),
        "addresses.csv": (1, lambda n: (f"a{n}", f"l{n}", f"{n} Main Street", "Los Angeles", "CA", "90057", "US")),
        "phones.csv": (2, lambda n: (f"p{n}", f"s{n // 2}", "(213) 555-0100", "voice")),
        "schedules.csv": (3, lambda n: (f"h{n}", f"s{n // 3}", "WEEKLY", "MO,TU", "09:00", "17:00")),
    }
    for name, (times, row) in tables.items():
        with open(folder / name, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([f"column {number}" for number, _ in enumerate(row(0))])
            writer.writerows(row(number) for number in range(services * times))
    return services * sum(times for times, _ in tables.values())


def _zip(folder: Path, services: int) -> int:
    rows = _csv(folder, services)
    with zipfile.ZipFile(folder / "given.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(folder.glob("*.csv")):
            archive.write(path, f"export/{path.name}")
            path.unlink()
    return rows


def _json(folder: Path, services: int) -> int:
    with open(folder / "services.json", "w", encoding="utf-8") as file:
        for number in range(services):
            phones = [{"id": f"p{number}-{n}", "number": "(213) 555-0100", "type": "voice"} for n in range(2)]
            places = [{"id": f"x{number}", "location": {"id": f"l{number}", "latitude": 34.1 + number / 1e6}}]
            doc = {
                "id": f"s{number}",
                "name": f"Service número {number}",
                "description": "x" * 1500,
                "status": "active",
            }
            file.write("," if number else "[")
            file.write(json.dumps(doc | {"phones": phones, "service_at_locations": places}))
        file.write("]")
    return services


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell what a process takes")
@pytest.mark.thorough
@pytest.mark.parametrize("make", [_csv, _zip, _json], ids=["a folder of tables", "a zip of tables", "one JSON list"])
def test_a_large_directory_is_read_quickly_and_in_little_memory(
    make: Callable[[Path, int], int], thorough: bool, tmp_path: Path
) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    rows = make(folder, 100_000 if thorough else 1_000)
    given = folder / "given.zip" if (folder / "given.zip").exists() else folder
    # In a process of its own: what other tests took must not count.
    done = subprocess.run(
        [sys.executable, "-c", READ, str(given), str(tmp_path / "scratch")], capture_output=True, text=True, check=True
    )
    found, seconds, megabytes = (float(word) for word in done.stdout.split())
    assert found == rows
    assert seconds < SECONDS
    assert megabytes < MEGABYTES

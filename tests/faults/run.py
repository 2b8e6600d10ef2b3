"""A scene put up, broken in every way, judged and taken down."""

from pathlib import Path

from tests.faults.fault import AnyScene, Pace
from tests.faults.plan import Parts, SharedParts
from tests.faults.releases import Size
from tests.faults.scene import Scene, SharedScene, alone, together
from tests.faults.suite import Report, Suite


def run_alone(folder: Path, size: Size, pace: Pace, parts: Parts) -> list[Report[Scene]]:
    """Run one line with SQLite and RAM through faults; return a report on each part. It must stop in good order."""
    with alone(folder, size) as scene:
        suite = suite_of(scene, pace)
        return [suite.run(name, faults) for name, faults in parts.items()]


def run_together(folder: Path, size: Size, pace: Pace, parts: SharedParts) -> list[Report[SharedScene]]:
    """Run two lines with PostgreSQL and Redis through faults; return a report on each part."""
    with together(folder, size) as scene:
        suite = suite_of(scene, pace)
        return [suite.run(name, faults) for name, faults in parts.items()]


def suite_of(scene: AnyScene, pace: Pace) -> Suite[AnyScene]:
    """Return what runs faults in a scene, with the words that are pasted at the provider."""
    told = scene.lines[0].home.run("fallback-twiml")
    assert told.returncode == 0, told.stderr.decode()
    return Suite(scene, pace, told.stdout)

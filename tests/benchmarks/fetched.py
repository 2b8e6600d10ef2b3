"""Programs of others that only the benchmark wants: fetched when it runs, into build/peers; no dependency of ours."""

import importlib.metadata
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / "build" / "peers"


def package(name: str, version: str) -> tuple[Path | None, str]:
    """Return the folder that holds a package from PyPI, fetched unless it is there; None and why when it cannot be."""
    folder = FOLDER / f"{name}-{version}"
    if _is_in(folder, name):
        return folder, ""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    order = [*pip, "--target", str(folder), f"{name}=={version}"]
    done = subprocess.run(order, capture_output=True, text=True, check=False)
    if done.returncode == 0 and _is_in(folder, name):
        return folder, ""
    said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    return None, f"{name} {version} could not be fetched: {said[-1].removeprefix('ERROR: ') if said else 'no pip'}"


def _is_in(folder: Path, name: str) -> bool:
    return any(importlib.metadata.distributions(name=name, path=[str(folder)]))

"""A release with a great many entries, to see that answering does not slow down with the directory."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any


def grown(document: Mapping[str, Any], size: int) -> dict[str, Any]:
    """Copy a document and add likenesses of its entries, round robin, until there are `size`."""
    big: dict[str, Any] = deepcopy(dict(document))
    files = [f for f in sorted(big) if f.startswith("entries/")]
    models = [(f, e) for f in files for e in big[f]["entry"] if e["status"] == "publish" and e.get("phone")]
    have = sum(len(big[f]["entry"]) for f in files)
    added: dict[str, list[Any]] = {f: [] for f in files}
    for n in range(max(0, size - have)):
        file, model = models[n % len(models)]
        added[file].append({**model, "id": f"{model['id']}-{n}", "aliases": [], "keep": False})
    for file, entries in added.items():
        big[file]["entry"] = [*big[file]["entry"], *entries]
    return big

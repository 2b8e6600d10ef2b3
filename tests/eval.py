"""Score what the line understands on the open development set: `make eval`.

Every text goes through `quietline understand` as anybody would call it. Nothing is tuned here and nothing is
hidden: the table says what came out, per label, language and style.
"""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT.parent / "shared" / "eval" / "texts.jsonl"
CRISES = frozenset({"danger", "suicide", "overdose"})

Row = Mapping[str, Any]


def main() -> int:
    """Print the tables; 1 when the set is not there."""
    if not TEXTS.is_file():
        print("the development set is not here (../shared/eval/texts.jsonl)")
        return 1
    asked = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    rows = understood(asked)
    print(f"# Understanding on {len(rows)} open development texts\n")
    print(headline(rows))
    for name in ("lang", "style"):
        print(table(f"by {name}", rows, lambda row, name=name: str(row[name])))  # type: ignore[misc]
    print(table("by label", rows, lambda row: str(row["labels"][0])))
    print(misses(rows))
    return 0


def understood(asked: Sequence[Row]) -> list[Row]:
    """Run `quietline understand --jsonl` over the texts; each line comes back with our keys beside the labels."""
    lines = "\n".join(json.dumps({k: row[k] for k in row}, ensure_ascii=False) for row in asked)
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "understand", "--jsonl"],
        input=lines.encode(),
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={"PATH": "", "DATA_DIR": str(ROOT / "data")},
    )
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def right(row: Row) -> bool:
    """Say whether the label is an accepted one; no topic is right where none fits."""
    if row["label"] is None:
        return "none" in row["labels"] and row["kind"] == "unclear"
    return row["label"] in row["labels"]


def right_or_offered(row: Row) -> bool:
    """Say whether an accepted label was given or stands among the choices offered."""
    return right(row) or any(choice in row["labels"] for choice in row["choices"])


def wrong_topic(row: Row) -> bool:
    """Say whether a topic was answered that nobody accepted (worse than the menu)."""
    return row["kind"] in ("topic", "crisis") and not right(row)


def headline(rows: Sequence[Row]) -> str:
    """Put the figures that matter most into one table."""
    note = {id(row): str(row.get("note", "")) for row in rows}

    def having(start: str) -> list[Row]:
        return [r for r in rows if note[id(r)] == start or note[id(r)].startswith(start + ";")]

    crisis, lookalike = having("crisis"), having("crisis-lookalike")
    stops, not_stops, nones = having("opt-out"), having("opt-out-lookalike"), having("none")
    figures = [
        ("label right", rows, right),
        ("right, or offered as a choice", rows, right_or_offered),
        ("wrong topic instead of choices or menu", rows, wrong_topic),
        ("crises answered as a crisis", crisis, lambda r: r["kind"] == "crisis"),
        ("look-alikes taken for a crisis", lookalike, lambda r: r["kind"] == "crisis"),
        ("opt-outs recognised", stops, lambda r: r["label"] == "stop"),
        ("texts wrongly silenced", [r for r in rows if "stop" not in r["labels"]], lambda r: r["label"] == "stop"),
        ("of those, opt-out look-alikes", not_stops, lambda r: r["label"] == "stop"),
        ("chatter, spam, wrong numbers given a topic", nones, lambda r: r["kind"] in ("topic", "crisis")),
        ("language right (English and Spanish texts)", [r for r in rows if r["lang"] != "mix"], language_right),
    ]
    lines = ["| figure | of | texts | share |", "|---|---|---|---|"]
    lines += [line(name, over, test) for name, over, test in figures]
    for label in sorted(CRISES):
        over = [r for r in crisis if CRISES & set(r["labels"]) and r["labels"][0] == label]
        lines.append(line(f"{label}: answered as a crisis", over, lambda r: r["kind"] == "crisis"))
    return "\n".join(lines) + "\n"


def language_right(row: Row) -> bool:
    """Say whether the language told is the text's own."""
    return bool(row["language"] == row["lang"])


def line(name: str, over: Sequence[Row], test: Callable[[Row], bool]) -> str:
    """Write one figure as a row: how many of how many."""
    hits = sum(map(test, over))
    return f"| {name} | {len(over)} | {hits} | {hits / len(over):.1%} |" if over else f"| {name} | 0 | - | - |"


def table(title: str, rows: Iterable[Row], by: Callable[[Row], str]) -> str:
    """Write right, offered and wrong shares for each group."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[by(row)].append(row)
    lines = [f"## {title}", "| group | texts | right | right or offered | wrong topic |", "|---|---|---|---|---|"]
    for name, group in sorted(groups.items()):
        count = Counter(
            {"r": sum(map(right, group)), "o": sum(map(right_or_offered, group)), "w": sum(map(wrong_topic, group))}
        )
        shares = " | ".join(f"{count[key] / len(group):.0%}" for key in "row")
        lines.append(f"| {name} | {len(group)} | {shares} |")
    return "\n".join(lines) + "\n"


def misses(rows: Sequence[Row]) -> str:
    """Count what was taken for what, most frequent first."""
    pairs = Counter((row["labels"][0], row["label"] or row["kind"]) for row in rows if not right_or_offered(row))
    lines = ["## taken for something else", "| meant | answered | texts |", "|---|---|---|"]
    lines += [f"| {meant} | {answered} | {n} |" for (meant, answered), n in pairs.most_common(25)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

"""What a run writes down: the names others read, goals, spreads, whose processor it was, and our words for peers."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.referral.content import Content
from bot.storage.files import read_document
from tests import bench
from tests.benchmarks import cpu, fetched, load, peer_words, peers, processes, profiles, rapidsms_keywords, running
from tests.benchmarks.figures import Figure, spread
from tests.benchmarks.growth import named
from tests.benchmarks.peer_words import Wording
from tests.benchmarks.report import Goal, Part
from tests.benchmarks.shared import shared


def test_a_run_of_one_part_names_every_figure_of_the_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    part = Part("One", {"ready_s": Figure(0.8, 0.7, 0.9), "further": Figure(None, note="not installed")}, 3.0, 0.2)
    bench._write([part], "bench-part", whole=False)
    told = json.loads((tmp_path / "build" / "bench-part.json").read_text("utf-8"))
    assert told.keys() == {*bench.CONTRACT, "further"}
    assert {name for name, value in told.items() if value is not None} == {"ready_s"}
    page = (tmp_path / "build" / "bench-part.md").read_text("utf-8")
    assert "| `ready_s` | 0.8 | 0.7 to 0.9 |  |" in page
    assert "| `further` | not measured here |  | not installed |" in page
    assert "20% of the machine. **The machine was busy" in page
    assert "Not a full run" in page


def test_texts_that_are_not_there_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "ROOT", tmp_path / "checkout")
    monkeypatch.setattr(bench, "TEXTS", tmp_path / "shared" / "eval" / "texts.jsonl")
    assert bench.main([]) == 1
    assert "shared/eval/texts.jsonl beside the checkout" in capsys.readouterr().out


def test_parts_run_in_their_own_order_and_unknown_ones_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench._asked(["--only", "peers,texts"]).only == ["texts", "peers"]
    with pytest.raises(SystemExit):
        bench._asked(["--only", "texts,speed"])
    assert "no part 'speed'; there are texts, running" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("goal", "value", "said"),
    [
        (Goal("a", "x", least=0.6), 0.6, "| at least 0.6 | 0.6 | met |"),
        (Goal("a", "x", least=0.6), 0.59, "| at least 0.6 | 0.59 | **not met** |"),
        (Goal("a", "x", most=25), 25.1, "| at most 25 | 25.1 | **not met** |"),
        (Goal("a", "x", most=25), 3.0, "| at most 25 | 3 | met |"),
        (Goal("a", "x", most=25), None, "| at most 25 | - | not measured |"),
    ],
    ids=lambda given: str(given) if isinstance(given, float) else "",
)
def test_a_goal_says_whether_it_is_met(goal: Goal, value: float | None, said: str) -> None:
    assert said in goal.row({"x": Figure(value)})


def test_a_spread_is_the_median_and_the_ends() -> None:
    assert spread([3.04, 1.0, 2.0], 1, "why") == Figure(2.0, 1.0, 3.0, "why")
    assert spread([3.04], 1) == Figure(3.0)
    assert [named(size) for size in (1, 100, 1000, 100_000)] == ["1", "100", "1k", "100k"]


def test_work_of_our_own_children_is_ours() -> None:
    before = cpu._ours()
    burn = "import time\nwhile time.process_time() < 0.4: pass\nprint(flush=True)\ninput()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", burn], stdin=pipe, stdout=pipe, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        running = cpu._ours() - before
        child.communicate("\n")
    assert running >= 35  # ticks of a hundredth of a second, while it still runs
    assert cpu._ours() - before >= 35  # and when it has been waited for


WORDING = Wording("shelter", (("need", "want to"), None, ("bed",)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("need bed", True),
        ("Need, a nice warm bed", True),
        ("want to find a bed", True),
        ("need a nice and warm bed", False),
        ("knead bed", False),
    ],
)
def test_rapidsms_gets_our_gaps_and_alternatives_as_an_expression(text: str, found: bool) -> None:
    assert bool(re.match(rf"^\s*(?:{WORDING.expression()})", text, re.IGNORECASE | re.VERBOSE)) is found


def test_a_wording_is_written_out_with_every_alternative() -> None:
    assert list(WORDING.phrases()) == ["need bed", "want to bed"]
    many = Wording("x", tuple(tuple(f"{place}{n}" for n in range(9)) for place in "abc"))
    phrases = list(many.phrases())
    assert len(phrases) == 27
    assert {word for phrase in phrases for word in phrase.split()} == {f"{p}{n}" for p in "abc" for n in range(9)}


def test_crises_come_before_all_else_among_our_wordings(default_release: Content, data_dir: Path) -> None:
    ours = peer_words.wordings(default_release, read_document(data_dir))
    labels = list(dict.fromkeys(one.label for one in ours))
    assert set(labels[:3]) == {"danger", "suicide", "overdose"}
    assert {"shelter", "stop", peer_words.AREA} <= set(labels)


def test_single_words_of_topics_are_searched_for_and_those_of_commands_are_not() -> None:
    ours = [Wording("shelter", (("bed",),), whole=True), Wording("stop", (("para",),), whole=True), WORDING]
    whole, within = peers.tables(ours, {"shelter"})
    assert whole == {"bed": "shelter", "para": "stop", "need bed": "shelter", "want to bed": "shelter"}
    assert within.keys() == whole.keys() - {"para"}


TOLD: dict[str, object] = {"choices": [], "language": "en", "facet": None, "area": None}


def test_peers_are_judged_as_we_are() -> None:
    rows = [
        {"text": text, "labels": labels, "lang": "en", "style": "keyword"}
        for text, labels in [
            ("od", ["overdose"]),
            ("he is dying", ["overdose"]),
            ("lol", ["none"]),
            ("bed", ["shelter"]),
        ]
    ]
    kinds = [("crisis", "overdose"), ("topic", "food"), ("unclear", None), ("crisis", "danger")]
    told = [{**TOLD, "kind": kind, "label": label} for kind, label in kinds]
    figures = {name: one.value for name, one in peers.judged("x", rows, told, [1.0, 2.0, 3.0, 9.0]).items()}
    # Right: the overdose and the chatter that got the menu. Missed: who is dying. Alarmed: the bed.
    wanted = {"right": 0.5, "false_alarms": 1, "missed_crises": 1, "us_p50": 2.5}
    assert figures == {f"match_x_{name}": value for name, value in wanted.items()}


def test_another_server_goes_first_in_each_turn() -> None:
    servers = [running._Server(name, processes.Running(1, 1, 0.1), load.Stock(Path("x"), 1)) for name in "abc"]
    order: list[str] = []

    def run(server: running._Server) -> load.Seen:
        order.append(server.name)
        return load.Seen(1, 0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.1)

    assert {name: len(seen) for name, seen in running._in_turn(servers, 3, run).items()} == dict.fromkeys("abc", 3)
    assert "".join(order) == "abcbcacab"


def test_a_search_takes_the_longest_phrase_and_the_whole_text_first() -> None:
    whole, within = {"no more": "stop", "bed": "shelter", "legal aid": "legal"}, {"aid": "money", "legal aid": "legal"}
    assert peers._searched(("no", "more"), whole, within) == "stop"
    assert peers._searched(("find", "legal", "aid"), whole, within) == "legal"
    assert peers._searched(("a", "bed"), whole, within) == ""


def test_a_handler_is_made_as_rapidsms_has_it() -> None:
    made = rapidsms_keywords.handlers(object, {"shelter": "bed"})
    assert [(one.__name__, one.keyword) for one in made] == [("shelter", "bed")]


def test_what_is_not_installed_is_left_out_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    stock = load.Stock(tmp_path, 10)
    assert load.wrk(1, stock, connections=1, seconds=1, most=10) is None
    with shared() as state:
        assert (state.changes, state.said) == (None, "redis-server is not installed")


def test_what_cannot_be_fetched_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetched, "FOLDER", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    folder, why = fetched.package("rapidsms", peers.RAPIDSMS)
    assert folder is None
    assert why.startswith("rapidsms 2.2.0 could not be fetched: ")


def test_a_profile_sums_up_by_function() -> None:
    told = profiles.summary(
        ["main (a.py:1);f (b.py:2);f (b.py:3) 30", "main (a.py:9);g (c.py:4) 10", "stop_when_ready (x.py:1) 50"]
    )
    assert "40 samples" in told
    assert " 75.0%  f (b.py)" in told
    assert "100.0%  main (a.py)" in told

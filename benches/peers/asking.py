"""Questions inside a process: concepts, terms, cards, subsumption, descendants."""

import json
import statistics

from engine import Engine
from places import HERE
from processes import run
from run_state import State, answer, seconds

CONCEPTS = "concepts, in process"
HIERARCHY = "hierarchy, in process"
SAMPLE = 10_000


def measure(state: State) -> dict | None:
    """Asks everybody; returns what SQLite found by searching, for that topic."""
    pairs = state.made("pairs.tsv")
    asked = (state.index, state.release, state.workload, pairs, state.rounds)
    hierarchy = state.bench("hierarchy", *asked)
    concepts = state.bench("concepts", state.index, state.workload, SAMPLE, state.rounds)
    state.add_figures(CONCEPTS, concepts)
    state.add_figures(HIERARCHY, hierarchy)
    state.report.agree("size of the closure", {**hierarchy["closure"], **state.closures})
    stated = hierarchy["workload"]
    state.report.agree("subsumption, as the generator states it", {"pairs": stated["pairs"], "farr": stated["as stated"]})
    true = answer(hierarchy, "subsumption, by handle")
    found = {"farr": true, "SQLite": None, "DuckDB": None}
    sqlite = _sqlite(state, concepts, hierarchy, found)
    _duckdb(state, hierarchy, found)
    state.report.agree("pairs that are true", {name: count for name, count in found.items() if count is not None})
    if state.tools.engine:
        _engine(state, concepts, hierarchy)
    return sqlite


def _sqlite(state: State, concepts: dict, hierarchy: dict, found: dict) -> dict | None:
    database = state.made("release.sqlite")
    if not database.exists():
        return None
    arguments = (database, state.workload, state.made("pairs.tsv"), SAMPLE)
    told = json.loads(run([state.tools.python, HERE / "sqlite_questions.py", *arguments, state.queries]).output)
    add = state.report.add
    for key, figure in (
        ("active", "SCTID to concept"),
        ("preferred", "SCTID to preferred term"),
        ("card", "SCTID to whole card"),
    ):
        add(CONCEPTS, figure, "seconds", seconds(concepts, figure), "SQLite", told[key]["seconds"])
    one, batch = "subsumption, two SCTIDs, one by one", "subsumption, two SCTIDs, in batches"
    add(HIERARCHY, one, "seconds", seconds(hierarchy, one), "SQLite", told["subsumes"]["seconds"])
    add(HIERARCHY, batch, "seconds", seconds(hierarchy, batch), "SQLite, one statement", told["all pairs"]["seconds"])
    found["SQLite"] = told["all pairs"]["true"]
    for key, figure in (
        ("descendants", "descendants as SCTIDs"),
        ("descendant count", "descendants, their number"),
    ):
        add(HIERARCHY, figure, "seconds", seconds(hierarchy, figure), "SQLite", told[key]["seconds"])
        state.report.agree(f"{figure}, SQLite", {"farr": answer(hierarchy, figure), "SQLite": told[key]["answer"]})
    for key in ("active", "preferred"):
        state.report.agree(f"sample of concepts, {key}", {"farr": concepts["sample"][key], "SQLite": told[key]["answer"]})
    return told


def _duckdb(state: State, hierarchy: dict, found: dict) -> None:
    database = state.made("release.duckdb")
    if not database.exists():
        return
    script = [state.tools.python, HERE / "peer_duckdb.py", "ask"]
    told = json.loads(run([*script, database, state.made("pairs.tsv"), state.rounds]).output)
    batch = "subsumption, two SCTIDs, in batches"
    mine = seconds(hierarchy, batch)
    state.report.add(HIERARCHY, batch, "seconds", mine, "DuckDB, one statement, all cores", told["seconds"])
    found["DuckDB"] = told["true"]


def _engine(state: State, concepts: dict, hierarchy: dict) -> None:
    """By the times that the engine tells of itself, so that the pipe is not charged to it."""
    lines = lambda name: (state.workload / name).read_text().splitlines()
    with Engine(state.tools.engine, state.made("release.ecl")) as engine:
        ids = lines("ids.txt")[:2000]
        engine.ask(concept=ids[0])
        cards = [engine.ask(concept=concept)[1]["lookup_ms"] for concept in ids]
        counted = [engine.ask(ecl=f"< {concept}", count_only=True)[1] for concept in lines("descendants.txt")]
    card, count = "SCTID to whole card", "descendants, their number"
    mean = statistics.mean(cards) / 1e3
    state.report.add(CONCEPTS, card, "seconds", seconds(concepts, card), "snomed-ecl-engine", mean)
    mean = statistics.mean(reply["parse_ms"] + reply["eval_ms"] for reply in counted) / 1e3
    state.report.add(HIERARCHY, count, "seconds", seconds(hierarchy, count), "snomed-ecl-engine, by ECL", mean)
    total = sum(reply["total"] for reply in counted)
    state.report.agree(f"{count}, snomed-ecl-engine", {"farr": answer(hierarchy, count), "snomed-ecl-engine": total})

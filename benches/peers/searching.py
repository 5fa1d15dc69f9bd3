"""Search as it is typed: how long, and whether anything is found."""

import statistics

from engine import Engine
from processes import Failed, run
from run_state import State

TOPIC = "search, first ten"
KINDS = {
    "prefix1": "1 word begun",
    "prefix2": "2 words begun",
    "prefix3": "3 words begun",
    "exact": "a whole term",
    "typo1": "one typing error",
}
SINGLE_PROCESSES = 40
# How sct is asked, so that it can find most: it takes beginnings of a whole term, or whole words.
SCT_MODES = {
    "prefix1": ["--prefix"],
    "prefix2": ["--words"],
    "prefix3": ["--words"],
    "exact": [],
    "typo1": ["--fuzzy", "1"],
}


def measure(state: State, sqlite: dict | None) -> None:
    """Searches with everybody; each peer is held against farr on the queries that peer was asked."""
    told = state.bench("search", state.index, state.workload, state.rounds)["queries"]
    mine = {(one["class"], one["query"]): {**one, "seconds": one["nanoseconds"] * 1e-9} for one in told}
    _alone(state, list(mine.values()))
    if sqlite:
        _compare(state, mine, "SQLite FTS5, ranked", sqlite["search"])
        typed = lambda asked: sum(1 for one in asked if one["hits"] and one["class"].startswith("prefix"))
        same = [mine[one["class"], one["query"]] for one in sqlite["search"]]
        state.report.agree("prefix searches that find something", {"farr": typed(same), "SQLite": typed(sqlite["search"])})
    if state.tools.engine:
        _compare(state, mine, "snomed-ecl-engine, ranked", _engine(state))
    if state.tools.sct:
        _compare(state, mine, "sct fst, whole process", _sct(state))


def _alone(state: State, mine: list[dict]) -> None:
    """What farr takes for all the queries there are."""
    for kind, words in KINDS.items():
        times = sorted(one["seconds"] for one in mine if one["class"] == kind)
        if times:
            state.report.alone(TOPIC, f"{words}, median of all", "seconds", statistics.median(times))
            state.report.alone(TOPIC, f"{words}, 99th of 100 of all", "seconds", _p99(times))


def _compare(state: State, mine: dict, peer: str, theirs: list[dict]) -> None:
    for kind, words in KINDS.items():
        asked = [one for one in theirs if one["class"] == kind]
        own = [mine[one["class"], one["query"]] for one in asked]
        if not asked:
            continue
        add = state.report.add
        times = lambda all_: sorted(one["seconds"] for one in all_)
        share = lambda all_, key: sum(1 for one in all_ if one[key]) / len(all_)
        if share(asked, "hits"):
            # To find nothing is quick, and no time to be held against.
            _times(state, words, times(own), peer, times(asked))
        add(TOPIC, f"{words}, something is found", "share", share(own, "hits"), peer, share(asked, "hits"))
        if kind != "prefix1":
            add(TOPIC, f"{words}, the meant is in the ten", "share", share(own, "found"), peer, share(asked, "found"))


def _times(state: State, words: str, own: list[float], peer: str, asked: list[float]) -> None:
    add = state.report.add
    median = statistics.median
    add(TOPIC, f"{words}, median", "seconds", median(own), peer, median(asked))
    add(TOPIC, f"{words}, 99th of 100", "seconds", _p99(own), peer, _p99(asked))


def _p99(ordered: list[float]) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]


def _wanted(state: State) -> list[list[str]]:
    return [line.split("\t") for line in (state.workload / "search.tsv").read_text().splitlines()]


def _engine(state: State) -> list[dict]:
    """By the clock of this driver: the engine tells no time of a search. The pipe is part of it."""
    told, seen = [], {}
    with Engine(state.tools.engine, state.made("release.ecl")) as engine:
        engine.ask(search="first search opens the word index", limit=1)
        for kind, query, wanted, _ in _wanted(state):
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] > state.queries:
                continue
            took, reply = engine.ask(search=query, limit=10)
            hits = [str(hit.get("code", hit)) if isinstance(hit, dict) else str(hit) for hit in _hits(reply)]
            told.append({"class": kind, "query": query, "seconds": took, "hits": len(hits), "found": wanted in hits})
    return told


def _hits(reply: dict) -> list:
    return next((value for value in reply.values() if isinstance(value, list)), [])


def _sct(state: State) -> list[dict]:
    told, seen = [], {}
    for kind, query, wanted, _ in _wanted(state):
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] > SINGLE_PROCESSES:
            continue
        command = [state.tools.sct, "fst", "search", "--index", state.made("sct.fst")]
        command += [*SCT_MODES[kind], "--limit", "10", "--ids", query]
        try:
            took = run(command, accept=(0, 1))
        except Failed as failed:
            state.report.note(f"sct fst search does not answer: {failed}")
            return []
        hits = [line for line in took.output.splitlines() if line[:1].isdigit()]
        found = wanted in hits
        told.append({"class": kind, "query": query, "seconds": took.seconds, "hits": len(hits), "found": found})
    return told

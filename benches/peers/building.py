"""Building: from a release to something that answers."""

import hashlib
import json

from places import HERE, remove, size
from processes import Run, run
from run_state import State

TOPIC = "build"


def measure(state: State, reuse: bool) -> None:
    """Builds with every contender, or takes what an earlier run built."""
    if reuse and state.index.exists():
        _describe(state)
        return
    _farr(state)
    _describe(state)
    if state.tools.engine:
        _engine(state)
    _duckdb(state)
    _sqlite(state)
    if state.tools.sct:
        _sct(state)


def _build_command(state: State, release: object, index: object) -> list:
    if state.tools.farr:
        return [state.tools.farr, "build", "-o", index, "--snomed", release]
    return [state.tools.bench, "build", release, index]


def _farr(state: State) -> None:
    """From the archive, as it is published, and from the folder, which the databases load."""
    for name, release in (("folder", state.release), ("archive", state.archive)):
        remove(state.index)
        state.own[name] = run(_build_command(state, release, state.index))


def _describe(state: State) -> None:
    told = state.bench("describe", state.index)
    state.set_aside = told["set aside"]
    state.version = told["version"]
    state.report.facts["release"] = {"version": told["version"], "counts": dict(told["counts"])}


def _add(state: State, kind: str, peer: str, seconds: float, peak: int, bytes_: int) -> None:
    """The three figures of a build. `kind` is what farr built from that compares."""
    mine: Run = state.own[kind]
    add = state.report.add
    add(TOPIC, f"time, from the {kind}", "seconds", mine.seconds, peer, seconds)
    add(TOPIC, "peak memory", "bytes", mine.peak_bytes, peer, peak)
    add(TOPIC, "on disk", "bytes", size(state.index), peer, bytes_)


def _engine(state: State) -> None:
    """Import to a folder, which answers already, then pack to one file."""
    store, packed = state.made("engine"), state.made("release.ecl")
    remove(store)
    remove(packed)
    digest = hashlib.file_digest(state.archive.open("rb"), "sha256").hexdigest()
    program = state.tools.engine
    first = run([program, "import", state.archive, store, state.version, digest])
    second = run([program, "pack", store, packed])
    _add(state, "archive", "snomed-ecl-engine import", first.seconds, first.peak_bytes, size(store))
    peak = max(first.peak_bytes, second.peak_bytes)
    seconds = first.seconds + second.seconds
    _add(state, "archive", "snomed-ecl-engine import + pack", seconds, peak, size(packed))


def _duckdb(state: State) -> None:
    database = state.made("release.duckdb")
    remove(database)
    script = [state.tools.python, HERE / "peer_duckdb.py", "load"]
    took = run([*script, state.release, database, *state.set_aside])
    told = json.loads(took.output)
    state.closures["DuckDB"] = told["closure"]
    _add(state, "folder", "DuckDB, no text index", took.seconds, took.peak_bytes, size(database))


def _sqlite(state: State) -> None:
    database = state.made("release.sqlite")
    remove(database)
    script = [state.tools.python, HERE / "peer_sqlite.py"]
    took = run([*script, state.release, database, *state.set_aside])
    told = json.loads(took.output)
    state.closures["SQLite"] = told["closure"]
    state.report.facts["SQLite build, seconds"] = told["seconds"]
    _add(state, "folder", "SQLite + FTS5 + closure", took.seconds, took.peak_bytes, size(database))


def _sct(state: State) -> None:
    lines, database, text = (state.made(f"sct.{end}") for end in ("ndjson", "db", "fst"))
    for path in (lines, database, text):
        remove(path)
    sct = state.tools.sct
    took = [
        run([sct, "ndjson", "--rf2", state.release, "--include-inactive", "--refsets", "all", "-o", lines]),
        run([sct, "sqlite", "--ndjson", lines, "--output", database, "--transitive-closure"]),
        run([sct, "fst", "build", "--ndjson", lines, "--output", text]),
    ]
    seconds = sum(one.seconds for one in took)
    peak = max(one.peak_bytes for one in took)
    _add(state, "folder", "sct", seconds, peak, size(database) + size(text))

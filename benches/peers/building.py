"""Building: from a release to something that answers."""

import hashlib
import json
import statistics
from collections.abc import Callable
from pathlib import Path

from places import HERE, remove, size
from processes import Run, run
from run_state import State

TOPIC = "build"
Build = Callable[[State], list[Run]]


def measure(state: State, reuse: bool) -> None:
    """Builds with every contender, or takes what an earlier run built."""
    if reuse and state.index.exists():
        _describe(state)
        _leave_out_unbuilt(state)
        return
    # The databases load what the index holds, so one index has to stand first.
    _farr(state, state.archive)
    _describe(state)
    builds = {"farr, archive": lambda state: _farr(state, state.archive)}
    if state.tools.engine:
        builds["engine"] = _engine
    builds["farr, folder"] = lambda state: _farr(state, state.release)
    builds |= {"DuckDB": _duckdb, "SQLite": _sqlite}
    if state.tools.sct:
        builds["sct"] = _sct
    took: dict[str, list[list[Run]]] = {name: [] for name in builds}
    for _ in range(state.builds):
        for name, build in builds.items():
            took[name].append(build(state))
    _tell(state, {name: [_median(step) for step in zip(*runs)] for name, runs in took.items()})


def _leave_out_unbuilt(state: State) -> None:
    """Where nothing is built in this run, who was not built in an earlier one cannot answer."""
    for tool, file in (("engine", "release.ecl"), ("sct", "sct.fst")):
        if getattr(state.tools, tool) and not state.made(file).exists():
            setattr(state.tools, tool, None)
            state.report.note(f"{tool} has not built this release and was left out")


def _median(runs: tuple[Run, ...]) -> Run:
    """One step of a build, over its runs."""
    seconds = statistics.median(one.seconds for one in runs)
    return Run(seconds, max(one.peak_bytes for one in runs), runs[-1].output)


def _tell(state: State, took: dict[str, list[Run]]) -> None:
    (archive,), (folder,) = took["farr, archive"], took["farr, folder"]
    if "engine" in took:
        steps, name = took["engine"], "snomed-ecl-engine"
        _add(state, "archive", archive, f"{name} import", steps[:1], [state.made("engine")])
        _add(state, "archive", archive, f"{name} import + pack", steps, [state.made("release.ecl")])
    _add(state, "folder", folder, "DuckDB, no text index", took["DuckDB"], [state.made("release.duckdb")])
    _add(state, "folder", folder, "SQLite + FTS5 + closure", took["SQLite"], [state.made("release.sqlite")])
    if "sct" in took:
        files = [state.made("sct.db"), state.made("sct.fst")]
        _add(state, "folder", folder, "sct", took["sct"], files)
    for name in ("DuckDB", "SQLite"):
        told = json.loads(took[name][0].output)
        state.closures[name] = told["closure"]
        state.report.facts[f"seconds of the steps of {name}"] = told["seconds"]


def _add(state: State, kind: str, mine: Run, peer: str, steps: list[Run], files: list[Path]) -> None:
    """The three figures of a build. `kind` is what both built from."""
    add = state.report.add
    add(TOPIC, f"time, from the {kind}", "seconds", mine.seconds, peer, sum(one.seconds for one in steps))
    add(TOPIC, "peak memory", "bytes", mine.peak_bytes, peer, max(one.peak_bytes for one in steps))
    add(TOPIC, "on disk", "bytes", size(state.index), peer, sum(size(file) for file in files))


def _farr(state: State, release: Path) -> list[Run]:
    remove(state.index)
    if state.tools.farr:
        return [run([state.tools.farr, "build", "-o", state.index, "--snomed", release])]
    return [run([state.tools.bench, "build", release, state.index])]


def _describe(state: State) -> None:
    told = state.bench("describe", state.index)
    state.set_aside = told["set aside"]
    state.version = told["version"]
    state.report.facts["release"] = {"version": told["version"], "counts": dict(told["counts"])}


def _engine(state: State) -> list[Run]:
    """Import to a folder, which answers already, then pack to one file."""
    store, packed = state.made("engine"), state.made("release.ecl")
    remove(store)
    remove(packed)
    with state.archive.open("rb") as archive:
        digest = hashlib.file_digest(archive, "sha256").hexdigest()
    program = state.tools.engine
    return [
        run([program, "import", state.archive, store, state.version, digest]),
        run([program, "pack", store, packed]),
    ]


def _duckdb(state: State) -> list[Run]:
    database = state.made("release.duckdb")
    remove(database)
    script = [state.tools.python, HERE / "peer_duckdb.py", "load"]
    return [run([*script, state.release, database, *state.set_aside])]


def _sqlite(state: State) -> list[Run]:
    database = state.made("release.sqlite")
    remove(database)
    script = [state.tools.python, HERE / "peer_sqlite.py"]
    return [run([*script, state.release, database, *state.set_aside])]


def _sct(state: State) -> list[Run]:
    lines, database, text = (state.made(f"sct.{end}") for end in ("ndjson", "db", "fst"))
    for path in (lines, database, text):
        remove(path)
    sct = state.tools.sct
    take = ["--include-inactive", "--refsets", "all"]
    return [
        run([sct, "ndjson", "--rf2", state.release, *take, "-o", lines]),
        run([sct, "sqlite", "--ndjson", lines, "--output", database, "--transitive-closure"]),
        run([sct, "fst", "build", "--ndjson", lines, "--output", text]),
    ]

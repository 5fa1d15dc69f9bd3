#!/usr/bin/env python3
"""Ten million events against a reference set: the batch of farr beside a join of DuckDB, in turn.

    membership.py RELEASE INDEX CHECK_EVENTS [ROUNDS]

RELEASE is the folder of an unpacked release, INDEX the index of it, CHECK_EVENTS the program that
`cargo build --release --example check_events` makes. Needs the Python package duckdb. Events are drawn as
records are: each doubling of the rank of a code is as likely as the last. Both run on two threads, in
memory, from 64-bit integers; what is loaded and what is compiled before is not counted. Ends with 1
where the two count differently.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

EVENTS = 10_000_000


def main() -> int:
    release, index, program = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    database = duckdb.connect(config={"threads": 2})
    load(database, release)
    (refset,) = database.execute(
        "SELECT refsetId FROM simple GROUP BY refsetId ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    database.execute(
        "CREATE TABLE member AS SELECT DISTINCT referencedComponentId AS id FROM simple"
        " WHERE refsetId = ? AND referencedComponentId IN (SELECT id FROM concept WHERE active = 1)",
        [refset],
    )
    events(database)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "events.bin"
        database.execute("SELECT id FROM event").fetchnumpy()["id"].astype("<i8").tofile(file)
        theirs, ours = [], []
        for turn in range(rounds + 1):
            start = time.perf_counter()
            (joined,) = database.execute(
                "SELECT count(*) FROM event SEMI JOIN member USING (id)"
            ).fetchone()
            took = time.perf_counter() - start
            told = subprocess.run(
                [program, index, file, str(refset), "3"], capture_output=True, check=True, text=True
            )
            mine = json.loads(told.stdout)
            # The first turn warms both.
            if turn > 0:
                theirs.append(took)
                ours.append(mine)
    counts = {"DuckDB": joined, "farr": mine["members"], "farr, accepted": EVENTS - mine["refused"]}
    join = statistics.median(theirs)
    print(f"reference set {refset}, {EVENTS:,} events, members {counts}")
    print(f"DuckDB {duckdb.__version__}, semi join and count: {EVENTS / join / 1e6:.0f} M/s")
    for name in ("membership", "findings"):
        seconds = statistics.median(turn[f"{name}_seconds"] for turn in ours)
        print(f"farr, {name}: {EVENTS / seconds / 1e6:.0f} M/s, {join / seconds:.2f} times DuckDB's")
    return 0 if len(set(counts.values())) == 1 else 1


def load(database: duckdb.DuckDBPyConnection, release: Path) -> None:
    """The concepts, and the active rows of simple reference sets."""
    (concepts,) = release.rglob("sct2_Concept_*")
    (simple,) = release.rglob("der2_Refset_Simple*")
    read = "read_csv(?, delim = '\t', quote = '', escape = '', header = true)"
    database.execute(f"CREATE TABLE concept AS SELECT id::BIGINT AS id, active FROM {read}", [str(concepts)])
    columns = "refsetId::BIGINT AS refsetId, referencedComponentId::BIGINT AS referencedComponentId"
    database.execute(f"CREATE TABLE simple AS SELECT {columns} FROM {read} WHERE active = 1", [str(simple)])


def events(database: duckdb.DuckDBPyConnection) -> None:
    """Ids of the release, active or not, few of them very often."""
    database.execute("SELECT setseed(0.5)")
    database.execute(
        "CREATE TABLE ranked AS SELECT id, row_number() OVER (ORDER BY hash(id)) - 1 AS rank FROM concept"
    )
    (count,) = database.execute("SELECT count(*) FROM ranked").fetchone()
    database.execute(
        f"CREATE TABLE event AS SELECT id FROM (SELECT (pow({count}, random()) - 1)::BIGINT AS rank"
        f" FROM range({EVENTS})) JOIN ranked USING (rank) ORDER BY random()"
    )
    (made,) = database.execute("SELECT count(*) FROM event").fetchone()
    if made != EVENTS:
        missing = EVENTS - made
        database.execute(f"INSERT INTO event SELECT id FROM event LIMIT {missing}")


if __name__ == "__main__":
    sys.exit(main())

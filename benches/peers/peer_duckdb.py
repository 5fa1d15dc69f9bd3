"""DuckDB as a peer: loads a release into tables and makes the closure, and answers about pairs.

    peer_duckdb.py load RELEASE DATABASE [FILE-LEFT-ASIDE ...]
    peer_duckdb.py ask DATABASE PAIRS ROUNDS

Prints JSON.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import duckdb

from tables import INFERRED, IS_A, WORDS, held

CLOSURE = f"""
CREATE TABLE closure AS
WITH RECURSIVE
  is_a AS (
    SELECT DISTINCT sourceId AS child, destinationId AS parent FROM relationship
    WHERE typeId = {IS_A} AND characteristicTypeId = {INFERRED}
  ),
  above (descendant, ancestor) AS (
    SELECT child, parent FROM is_a
    UNION
    SELECT above.descendant, is_a.parent FROM above JOIN is_a ON is_a.child = above.ancestor
  )
SELECT * FROM above
"""


def load(release: str, target: str, *aside: str) -> dict:
    """Loads the tables, and makes the closure."""
    database = duckdb.connect(target)
    start = time.perf_counter()
    for table, file in held(Path(release), list(aside)):
        with file.open(encoding="utf-8") as lines:
            header = next(lines).rstrip("\r\n").split("\t")
        # The ids of reference set members are no numbers, and are not kept.
        kinds = {name: "VARCHAR" if name in WORDS else "BIGINT" for name in header}
        if "refsetId" in header:
            kinds["id"] = "VARCHAR"
        chosen = ", ".join(table.columns)
        rows = (
            "FROM read_csv(?, delim = '\t', quote = '', escape = '', header = true,"
            f" auto_detect = false, columns = {kinds})"
        )
        where = "WHERE active = 1" if table.only_active else ""
        database.execute(f"CREATE TABLE {table.name} AS SELECT {chosen} {rows} {where}", [str(file)])
    loaded = time.perf_counter()
    database.execute(CLOSURE)
    closed = time.perf_counter()
    (size,) = database.execute("SELECT count(*) FROM closure").fetchone()
    database.close()
    return {"seconds": {"load": loaded - start, "closure": closed - loaded}, "closure": size}


def ask(source: str, pairs: str, rounds: str) -> dict:
    """All pairs in one statement."""
    database = duckdb.connect(source, read_only=True)
    database.execute(
        "CREATE TEMP TABLE pair AS FROM read_csv(?, delim = '\t', header = false,"
        " columns = {'general': 'BIGINT', 'specific': 'BIGINT'})",
        [pairs],
    )
    query = (
        "SELECT count(*) FROM pair JOIN closure"
        " ON closure.ancestor = general AND closure.descendant = specific"
    )
    (asked,) = database.execute("SELECT count(*) FROM pair").fetchone()
    times = []
    for _ in range(int(rounds) + 1):
        start = time.perf_counter()
        (found,) = database.execute(query).fetchone()
        times.append((time.perf_counter() - start) / asked)
    return {"true": found, "seconds": statistics.median(times[1:])}


print(json.dumps({"load": load, "ask": ask}[sys.argv[1]](*sys.argv[2:])))

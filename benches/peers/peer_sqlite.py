"""SQLite as a peer: loads a release into tables, a closure table and FTS5.

    peer_sqlite.py RELEASE DATABASE [FILE-LEFT-ASIDE ...]

Prints the seconds of each step as JSON.
"""

import json
import sqlite3
import sys
import time
from pathlib import Path

from tables import INFERRED, IS_A, WORDS, Table, held

INDEXES = (
    "CREATE INDEX description_of ON description (conceptId)",
    "CREATE INDEX language_of ON language (referencedComponentId)",
    "CREATE INDEX relationship_of ON relationship (sourceId)",
    f"CREATE INDEX children_of ON relationship (destinationId) WHERE typeId = {IS_A}",
    "CREATE INDEX concrete_of ON concrete (sourceId)",
)
FTS = """
CREATE VIRTUAL TABLE search USING fts5
  (term, content = '', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search (rowid, term)
  SELECT d.id, d.term FROM description d JOIN concept c ON c.id = d.conceptId
  WHERE d.active = 1 AND c.active = 1;
"""


def rows(table: Table, file: Path):
    """The rows of a file, as the table keeps them."""
    with file.open(encoding="utf-8", newline="\n") as lines:
        header = next(lines).rstrip("\r\n").split("\t")
        places = [header.index(column) for column in table.columns]
        for line in lines:
            columns = line.rstrip("\r\n").split("\t")
            if table.only_active and columns[2] != "1":
                continue
            yield [columns[place] for place in places]


def load(database: sqlite3.Connection, table: Table, file: Path) -> None:
    """Fills one table."""
    kinds = (f"{name} {'TEXT' if name in WORDS else 'INTEGER'}" for name in table.columns)
    columns = ", ".join(kinds).replace("id INTEGER", "id INTEGER PRIMARY KEY", 1)
    if table.columns[0] != "id":
        columns = columns.replace(" PRIMARY KEY", "")
    database.execute(f"CREATE TABLE IF NOT EXISTS {table.name} ({columns})")
    marks = ", ".join("?" * len(table.columns))
    database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows(table, file))


def closure(database: sqlite3.Connection) -> None:
    """Fills the closure table: made in memory, for the recursive query takes several times longer."""
    parents: dict[int, list[int]] = {}
    query = "SELECT sourceId, destinationId FROM relationship WHERE typeId = ? AND characteristicTypeId = ?"
    for child, parent in database.execute(query, (IS_A, INFERRED)):
        parents.setdefault(child, []).append(parent)
    above: dict[int, frozenset[int]] = {}

    def ancestors(concept: int) -> frozenset[int]:
        waiting = [concept]
        while waiting:
            one = waiting[-1]
            missing = [parent for parent in parents.get(one, ()) if parent not in above]
            if missing:
                waiting.extend(missing)
                continue
            waiting.pop()
            own = parents.get(one, ())
            above[one] = frozenset(own).union(*(above[parent] for parent in own))
        return above[concept]

    database.execute(
        "CREATE TABLE closure (descendant INTEGER, ancestor INTEGER,"
        " PRIMARY KEY (descendant, ancestor)) WITHOUT ROWID"
    )
    pairs = ((child, one) for child in sorted(parents) for one in sorted(ancestors(child)))
    database.executemany("INSERT INTO closure VALUES (?, ?)", pairs)
    database.execute("CREATE INDEX below ON closure (ancestor, descendant)")


def main() -> None:
    release, target, *aside = sys.argv[1:]
    database = sqlite3.connect(target)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000")
    seconds = {}
    start = time.perf_counter()

    def step(name: str) -> None:
        nonlocal start
        database.commit()
        seconds[name] = time.perf_counter() - start
        start = time.perf_counter()

    for table, file in held(Path(release), aside):
        load(database, table, file)
    step("load")
    for statement in INDEXES:
        database.execute(statement)
    step("indexes")
    closure(database)
    step("closure")
    database.executescript(FTS)
    step("FTS5")
    database.execute("ANALYZE")
    step("statistics")
    (size,) = database.execute("SELECT count(*) FROM closure").fetchone()
    print(json.dumps({"seconds": seconds, "closure": size}))


main()

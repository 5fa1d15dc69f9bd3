"""Asks SQLite, inside one process, what farr is asked.

    sqlite_questions.py DATABASE WORKLOAD PAIRS SAMPLE QUERIES

SAMPLE is how many ids and single pairs are asked about, QUERIES how many searches of each kind.
Prints JSON; times are seconds per operation.
"""

import json
import re
import sqlite3
import sys
import time
from pathlib import Path

IS_A = 116680003
# The language reference sets in the order in which farr asks them for the term to show.
REFSETS = (
    999001261000000100,
    999000691000001104,
    999000671000001103,
    999000681000001101,
    900000000000508004,
    999001251000000103,
)
PLACES = " ".join(f"WHEN {refset} THEN {place}" for place, refset in enumerate(REFSETS))
PREFERRED = f"""
SELECT d.term FROM description d JOIN language l ON l.referencedComponentId = d.id
WHERE d.conceptId = %s AND d.active = 1 AND d.typeId = 900000000000013009
  AND l.acceptabilityId = 900000000000548007 AND l.refsetId IN {REFSETS}
ORDER BY CASE l.refsetId {PLACES} END LIMIT 1
"""
NAME = "SELECT term FROM description WHERE conceptId = ? AND active = 1 AND typeId = 900000000000003001"
CARD = (
    "SELECT active, moduleId, effectiveTime, definitionStatusId FROM concept WHERE id = ?",
    "SELECT d.id, d.typeId, d.active, d.term, l.refsetId, l.acceptabilityId FROM description d"
    " LEFT JOIN language l ON l.referencedComponentId = d.id WHERE d.conceptId = ?",
    f"SELECT r.destinationId, ({PREFERRED % 'r.destinationId'}) FROM relationship r"
    f" WHERE r.sourceId = ? AND r.typeId = {IS_A}",
    f"SELECT sourceId FROM relationship WHERE destinationId = ? AND typeId = {IS_A}",
    f"SELECT r.relationshipGroup, r.typeId, ({PREFERRED % 'r.typeId'}), r.destinationId,"
    f" ({PREFERRED % 'r.destinationId'}) FROM relationship r WHERE r.sourceId = ? AND r.typeId <> {IS_A}",
    f"SELECT relationshipGroup, typeId, ({PREFERRED % 'typeId'}), value FROM concrete WHERE sourceId = ?",
)


class Questions:
    """The questions, and what they are asked of."""

    def __init__(self, database: Path) -> None:
        self.database = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        self.database.executescript("PRAGMA mmap_size = 8000000000; PRAGMA cache_size = -200000")
        self.all = lambda *query: self.database.execute(*query).fetchall()
        self.one = lambda *query: self.database.execute(*query).fetchone()

    def is_active(self, concept: int) -> int:
        found = self.one("SELECT active FROM concept WHERE id = ?", (concept,))
        return found[0] if found else 0

    def preferred(self, concept: int) -> int:
        found = self.one(PREFERRED % "?", (concept,))
        if found:
            return len(found[0].encode())
        # No reference set prefers any: the fully specified name without its tag.
        name = self.one(NAME, (concept,))
        return len(name[0].rpartition(" (")[0].encode()) if name else 0

    def card(self, concept: int) -> int:
        return sum(len(self.all(query, (concept,))) for query in CARD)

    def subsumes(self, pair: tuple[int, int]) -> int:
        query = "SELECT 1 FROM closure WHERE ancestor = ? AND descendant = ?"
        return self.one(query, pair) is not None

    def descendants(self, concept: int) -> int:
        return sum(row[0] for row in self.all("SELECT descendant FROM closure WHERE ancestor = ?", (concept,)))

    def descendant_count(self, concept: int) -> int:
        return self.one("SELECT count(*) FROM closure WHERE ancestor = ?", (concept,))[0]

    def search(self, query: str) -> list[int]:
        words = " ".join(f'"{word}"*' for word in re.findall(r"[^\W_]+", query))
        # A concept once, so more descriptions than concepts are asked for.
        ranked = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT 40"
        found = self.all(f"SELECT conceptId FROM ({ranked}) f JOIN description d ON d.id = f.rowid", (words,))
        return list(dict.fromkeys(concept for (concept,) in found))[:10]

    def all_pairs(self, pairs: list[tuple[int, int]]) -> dict:
        """All pairs in one statement."""
        self.database.execute("CREATE TEMP TABLE pair (general INTEGER, specific INTEGER)")
        self.database.executemany("INSERT INTO pair VALUES (?, ?)", pairs)
        query = (
            "SELECT count(*) FROM pair CROSS JOIN closure"
            " ON closure.descendant = specific AND closure.ancestor = general"
        )
        start = time.perf_counter()
        (found,) = self.one(query)
        return {"true": found, "seconds": (time.perf_counter() - start) / len(pairs)}


def timed(ask, items: list) -> dict:
    """Asks about each item, once to warm up and once timed."""
    answer = sum(map(ask, items))
    start = time.perf_counter()
    for item in items:
        ask(item)
    return {"seconds": (time.perf_counter() - start) / len(items), "answer": answer % 2**64}


def searches(questions: Questions, lines: list[str], most: int) -> list[dict]:
    """The first queries of each kind, and what each took."""
    seen: dict[str, int] = {}
    told = []
    for line in lines:
        kind, query, wanted, _ = line.split("\t")
        if seen.setdefault(kind, 0) >= most:
            continue
        seen[kind] += 1
        start = time.perf_counter()
        hits = questions.search(query)
        seconds = time.perf_counter() - start
        told.append(
            {"class": kind, "query": query, "seconds": seconds, "hits": len(hits), "found": int(wanted) in hits}
        )
    return told


def main() -> None:
    database, workload, pairs_file, sample, most = sys.argv[1:]
    questions = Questions(Path(database))
    lines = lambda name: (Path(workload) / name).read_text().splitlines()
    ids = [int(line) for line in lines("ids.txt")[: int(sample)]]
    below = [int(line) for line in lines("descendants.txt")]
    pairs = [tuple(map(int, line.split("\t"))) for line in Path(pairs_file).read_text().splitlines()]
    told = {
        "active": timed(questions.is_active, ids),
        "preferred": timed(questions.preferred, ids),
        "card": timed(questions.card, ids),
        "subsumes": timed(questions.subsumes, pairs[: int(sample) * 10]),
        "all pairs": questions.all_pairs(pairs),
        "descendants": timed(questions.descendants, below),
        "descendant count": timed(questions.descendant_count, below),
        "search": searches(questions, lines("search.tsv"), int(most)),
    }
    print(json.dumps(told))


main()

"""Times `farr validate` on tables of codes: CSV and Parquet, 3 % of them bad.

    python3 benches/validate.py FARR INDEX [ROWS]

FARR is the command, INDEX an index of SNOMED CT, of scale 1.0 say. Needs duckdb, to write Parquet. Of
each table: rows a second by the wall, and by the time that the processors worked, which other work
on the machine disturbs less. The start of the process, which verifies the index, is taken off.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time

import duckdb


def ids(farr, index):
    """Active concepts, and inactive ones."""
    asked = [farr, "ecl", "*", "--format", "csv", "--index", index]
    lines = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    codes = [line.split(",")[0] for line in lines.splitlines()[1:]]
    verdicts = subprocess.run(
        [farr, "validate", "--system", "snomed", "--summary", "none", "--index", index],
        input="\n".join(codes), capture_output=True, text=True,
    ).stdout.splitlines()[1:]
    found = [line.split(",", 2)[:2] for line in verdicts]
    return tuple([code for code, outcome in found if (outcome == "accept") is good]
                 for good in (True, False))


def rows(count, skew, good, bad):
    """Codes, of which a share come from few."""
    often = random.sample(good, min(2_000, len(good)))
    for _ in range(count):
        if random.random() >= 0.03:
            yield random.choice(often if random.random() < skew else good)
            continue
        kind, code = random.random(), random.choice(good)
        if kind < 0.5:
            yield random.choice(bad)
        elif kind < 0.9:
            yield code[:-1] + str((int(code[-1]) + 1) % 10)
        else:
            yield ""


def timed(arguments):
    """Seconds by the wall, and of work."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(arguments, stdout=subprocess.DEVNULL)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    farr, index = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 3_000_000
    random.seed(7)
    good, bad = ids(farr, index)
    asked = ["--column", "code", "--system", "snomed", "--summary", "none", "--index", index]
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        for name, skew in (("few", 0.8), ("even", 0.0)):
            with open(path(name + ".csv"), "w") as out:
                out.write("row,code,recorded,site,note\n")
                for at, code in enumerate(rows(count, skew, good, bad)):
                    out.write(f"{at},{code},2026-0{at % 9 + 1}-1{at % 9},RX{at % 97:02},note {at % 1000}\n")
            table = f"read_csv('{path(name)}.csv', all_varchar = true)"
            number = "* replace (try_cast(code as bigint) as code)"
            duckdb.sql(f"copy (select * from {table}) to '{path(name)}-text.parquet'")
            duckdb.sql(f"copy (select {number} from {table}) to '{path(name)}-number.parquet'")
        with open(path("one.csv"), "w") as out:
            out.write(f"code\n{good[0]}\n")
        starts = [timed([farr, "validate", path("one.csv"), *asked]) for _ in range(3)]
        start = [min(each) for each in zip(*starts)]
        print(f"start: {start[0]:.2f} s")
        for name in ("few", "even"):
            for kind in (".csv", "-text.parquet", "-number.parquet"):
                command = [farr, "validate", path(name + kind), "-o", path("out"), *asked]
                wall, work = (min(each) for each in zip(*(timed(command) for _ in range(3))))
                print(f"{name + kind:22} {count / (wall - start[0]) / 1e6:6.2f} M rows/s,"
                      f" {count / (work - start[1]) / 1e6:6.2f} M rows a second of work")


if __name__ == "__main__":
    main()

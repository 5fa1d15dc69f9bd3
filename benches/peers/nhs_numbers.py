"""NHS numbers: in memory, and a file from its first line to its last."""

import json
from pathlib import Path

from places import HERE, WORK
from processes import in_turn, run
from run_state import State, seconds

TOPIC = "NHS numbers"
SAMPLE = 200_000
LINE = 11


def measure(state: State, count: int) -> None:
    """Checks `count` numbers with farr and the Rust peer, and a sample of them with the others."""
    file, sample = WORK / f"nhs-numbers-{count}.txt", WORK / "nhs-numbers-sample.txt"
    if not file.exists() or file.stat().st_size != count * LINE:
        run([state.tools.bench, "write-nhs-numbers", count, file])
    with file.open("rb") as lines:
        sample.write_bytes(lines.read(SAMPLE * LINE))
    told = state.bench("nhs-numbers", file, SAMPLE, state.rounds)
    state.add_figures(TOPIC, told)
    each = seconds(told, "NHS numbers, in memory")
    whole = _whole_file(state, file, told["figures"][0]["contenders"][0]["answer"])
    for name in ("nhs-number", "python-stdnum"):
        script = [state.tools.python, HERE / "python_nhs_numbers.py", name]
        # Warm once, so that neither is charged for the other's page cache.
        run([*script, sample])
        theirs = json.loads(run([*script, sample]).output)
        took = theirs["seconds"] / theirs["numbers"]
        add = state.report.add
        add(TOPIC, "NHS numbers, in memory", "seconds", each, f"{name} (Python)", took)
        add(TOPIC, f"file of {count:,} lines", "seconds", whole, f"{name} (Python), from a sample", took * count)
        known = {"farr": told["sample"]["valid"], name: theirs["valid"]}
        state.report.agree(f"valid NHS numbers of the sample, {name}", known)


def _whole_file(state: State, file: Path, known: int) -> float:
    """The whole process from start to end."""
    if state.tools.farr:
        command = [state.tools.farr, "nhs-number", "--count", "--format", "json"]
    else:
        command = [state.tools.bench, "count-nhs-numbers"]
    told = json.loads(run(command, file, (0, 1)).output)
    valid = (told[0] if isinstance(told, list) else told)["valid"]
    state.report.agree("valid NHS numbers of the file", {"in memory": known, "from the file": valid})
    return in_turn({"farr": command}, state.rounds, file)["farr"]

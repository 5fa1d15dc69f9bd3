"""Expression constraints: farr and its peers asked the same, code for code."""

import json
import statistics
from dataclasses import dataclass
from pathlib import Path

from processes import run
from report import shown
from run_state import State

ENGINE = "snomed-ecl-engine"
BITMAPS = "sct-ecl"
PASSES = 3
# What is told of a disagreement: so many expressions of a kind.
TOLD = 3


@dataclass
class Answer:
    """What one contender said to one expression, and in what time."""

    kind: str
    count: int | None
    hash: str | None
    evaluate: float | None
    list: float | None
    error: str | None


Answers = dict[str, Answer]


def measure(state: State) -> None:
    """Asks everybody the expressions of the workload."""
    expressions = state.workload / "ecl.tsv"
    asked: dict[str, Answers] = {}
    asked["farr"] = _ask(state, "ecl-farr", state.index, expressions)
    if state.made("engine").exists():
        # Both are indexes of the engine; the folder answers what needs terms sooner.
        asked[ENGINE] = _ask(state, "ecl-snomed-ecl-engine", state.made("engine"), expressions)
    asked[BITMAPS] = _ask(state, "ecl-sct-ecl", state.release, expressions)
    compare(asked)
    tell(asked)
    _report(state, asked)


def _ask(state: State, topic: str, index: Path, expressions: Path) -> Answers:
    return read(run([state.tools.bench, topic, index, expressions, PASSES]).output)


def read(lines: str) -> Answers:
    """The answers by expression."""
    answers = {}
    for line in lines.splitlines():
        told = json.loads(line)
        seconds = [None if told.get(key) is None else told[key] * 1e-9 for key in ("evaluate_ns", "list_ns")]
        answers[told["expression"]] = Answer(
            told["kind"], told.get("count"), told.get("hash"), *seconds, told.get("error")
        )
    return answers


def disagreements(asked: dict[str, Answers]) -> dict[str, list[str]]:
    """By kind, the expressions that two contenders answer differently."""
    found: dict[str, list[str]] = {}
    for expression, answer in next(iter(asked.values())).items():
        said = {one[expression].hash for one in asked.values() if one[expression].error is None}
        if len(said) > 1:
            found.setdefault(answer.kind, []).append(expression)
    return found


def compare(asked: dict[str, Answers]) -> None:
    """Prints which expressions are answered differently, and which not at all."""
    for kind, expressions in disagreements(asked).items():
        print(f"\nDISAGREEMENT: {kind}: {len(expressions)} expressions")
        for expression in expressions[:TOLD]:
            sizes = {name: one[expression].count for name, one in asked.items()}
            print(f"  {sizes}  {expression}")
    for name, answers in asked.items():
        errors: dict[tuple[str, str], int] = {}
        for answer in answers.values():
            if answer.error is not None:
                key = (answer.kind, answer.error)
                errors[key] = errors.get(key, 0) + 1
        for (kind, error), count in errors.items():
            print(f"\n{name} does not answer {count} of {kind}: {error}")


def tell(asked: dict[str, Answers]) -> None:
    """Prints a table: each kind, and all of them; medians and means of evaluation."""
    kinds = dict.fromkeys(answer.kind for answer in next(iter(asked.values())).values())
    names = list(asked)
    head = ["kind", "n", "size"] + [f"{name} {what}" for name in names for what in ("median", "mean")]
    rows = [head + (["ratio"] if "farr" in asked else [])]
    for kind in [*kinds, None]:
        rows.append(_row(asked, kind))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    print("\n== expressions, parsed and evaluated")
    for row in rows:
        print("  ".join(f"{cell:>{width}}" if at else f"{cell:<{width}}" for at, (cell, width) in enumerate(zip(row, widths))))


def _row(asked: dict[str, Answers], kind: str | None) -> list[str]:
    first = next(iter(asked.values()))
    expressions = [text for text, one in first.items() if kind in (None, one.kind)]
    sizes = [size for text in expressions if (size := _size(asked, text)) is not None]
    row = [kind or "all", str(len(expressions)), f"{statistics.median(sizes):.0f}" if sizes else ""]
    medians = {}
    for name, answers in asked.items():
        times = [answers[text].evaluate for text in expressions if answers[text].evaluate is not None]
        if not times:
            row += ["none", "none"]
            continue
        medians[name] = statistics.median(times)
        row += [shown(medians[name], "seconds"), shown(statistics.mean(times), "seconds")]
    if "farr" in asked:
        mine = medians.pop("farr", None)
        row.append(f"{min(medians.values()) / mine:,.3g}x" if mine and medians else "all")
    return row


def _size(asked: dict[str, Answers], expression: str) -> int | None:
    return next((one[expression].count for one in asked.values() if one[expression].count is not None), None)


def common(asked: dict[str, Answers]) -> list[str]:
    """The expressions that all of them answer."""
    first = next(iter(asked.values()))
    return [text for text in first if all(one[text].error is None for one in asked.values())]


def _report(state: State, asked: dict[str, Answers]) -> None:
    """The figures over the expressions that all answer, and whether the answers are the same."""
    if "farr" not in asked:
        return
    expressions = common(asked)
    for name, answers in asked.items():
        if name == "farr":
            continue
        for what in ("evaluate", "list"):
            for average in (statistics.median, statistics.mean):
                mine, theirs = (average(getattr(one[text], what) for text in expressions) for one in (asked["farr"], answers))
                figure = f"expressions, {what}, {average.__name__}"
                state.report.add("expressions", figure, "seconds", mine, name, theirs)
        different = sum(len(found) for found in disagreements({"farr": asked["farr"], name: answers}).values())
        state.report.agree(f"expressions answered otherwise by {name}", {"none": 0, "found": different})

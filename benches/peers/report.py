"""The figures of a run: tables for people, a file for programs, and what was not agreed on."""

import json
import sys
from pathlib import Path

TIMES = ((1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"))
SIZES = ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"), (1, "B"))


class Report:
    """Collects figures, prints them by topic, and writes them."""

    def __init__(self, facts: dict) -> None:
        self.facts = facts
        self.figures: list[dict] = []
        self.checks: list[dict] = []
        self.notes: list[str] = []
        self._printed = 0

    def add(self, topic: str, figure: str, unit: str, farr: float, peer: str, value: float) -> None:
        """One figure. The ratio is above 1 where farr does better: less time, fewer bytes, or a
        greater share."""
        better, worse = (value, farr) if unit == "share" else (farr, value)
        ratio = worse / better if better else None
        if unit == "share":
            ratio = farr / value if value else None
        self.figures.append(
            {
                "topic": topic,
                "figure": figure,
                "unit": unit,
                "farr": farr,
                "peer": peer,
                "value": value,
                "ratio": ratio,
            }
        )

    def alone(self, topic: str, figure: str, unit: str, farr: float) -> None:
        """A figure that no peer has."""
        row = {"topic": topic, "figure": figure, "unit": unit, "farr": farr}
        self.figures.append({**row, "peer": None, "value": None, "ratio": None})

    def agree(self, what: str, answers: dict[str, object]) -> None:
        """Holds the answers of the contenders against each other."""
        if len(answers) < 2:
            return
        equal = len(set(answers.values())) <= 1
        self.checks.append({"what": what, "answers": answers, "equal": equal})
        if not equal:
            print(f"\n{'!' * 78}\nDISAGREEMENT: {what}: {answers}\n{'!' * 78}\n", flush=True)

    def note(self, text: str) -> None:
        """Something to know when the figures are read."""
        self.notes.append(text)
        print(f"note: {text}", flush=True)

    def print_new(self) -> None:
        """Prints the figures since the last time, one table a topic."""
        new = self.figures[self._printed :]
        self._printed = len(self.figures)
        for topic in dict.fromkeys(figure["topic"] for figure in new):
            rows = [("ratio", "figure", "farr", "peer", "which peer")]
            for one in new:
                if one["topic"] == topic:
                    peer = "" if one["peer"] is None else shown(one["value"], one["unit"])
                    ratio = "" if one["ratio"] is None else f"{one['ratio']:,.3g}x"
                    if one["ratio"] is not None and one["ratio"] >= 1000:
                        ratio = f"{one['ratio']:,.0f}x"
                    if one["peer"] is not None and one["ratio"] is None:
                        ratio = "all"
                    mine = shown(one["farr"], one["unit"])
                    rows.append((ratio, one["figure"], mine, peer, one["peer"] or ""))
            print_table(topic, rows)

    def write(self, path: Path) -> None:
        """Writes everything."""
        told = {
            "machine": self.facts,
            "figures": self.figures,
            "checks": self.checks,
            "notes": self.notes,
        }
        path.write_text(json.dumps(told, indent=1) + "\n")

    def all_agreed(self) -> bool:
        """Whether all answers that can be compared were equal; prints what was compared."""
        wrong = [check for check in self.checks if not check["equal"]]
        print(f"\n{len(self.checks) - len(wrong)} of {len(self.checks)} comparisons of answers agree")
        for check in self.checks:
            mark = "equal" if check["equal"] else "DISAGREE"
            print(f"  {mark:8}  {check['what']}: {check['answers']}")
        return not wrong


def shown(value: float, unit: str) -> str:
    """A figure with the unit that suits it."""
    if unit == "share":
        return f"{value:.1%}"
    if value == 0:
        return "0"
    for scale, name in TIMES if unit == "seconds" else SIZES:
        if value >= scale:
            break
    return f"{value / scale:,.3g} {name}" if value / scale < 1000 else f"{value / scale:,.0f} {name}"


def print_table(topic: str, rows: list[tuple[str, ...]]) -> None:
    """Prints rows under each other."""
    widths = [max(len(row[at]) for row in rows) for at in range(5)]
    print(f"\n== {topic}")
    for row in rows:
        ratio, figure, farr, peer, name = row
        line = f"{ratio:>{widths[0]}}  {figure:<{widths[1]}}  {farr:>{widths[2]}}"
        print(f"{line}  {peer:>{widths[3]}}  {name}".rstrip())
    sys.stdout.flush()

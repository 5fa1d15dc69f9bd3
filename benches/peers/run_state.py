"""What the topics share: the tools, the release, and what was built of it."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from processes import run
from report import Report
from tools import Tools


@dataclass
class State:
    """One run."""

    tools: Tools
    report: Report
    rounds: int
    queries: int
    builds: int
    folder: Path
    release: Path
    archive: Path
    workload: Path
    set_aside: list[str] = field(default_factory=list)
    closures: dict[str, int] = field(default_factory=dict)
    version: str = ""

    def made(self, name: str) -> Path:
        """The path of something built from the release."""
        return self.folder / name

    @property
    def index(self) -> Path:
        """The index of farr."""
        return self.made("release.farr")

    def bench(self, *arguments: object) -> dict:
        """Asks the program of this folder."""
        return json.loads(run([self.tools.bench, *arguments]).output)

    def add_figures(self, topic: str, told: dict) -> None:
        """Takes figures of one process, where farr may be with peers or alone, and holds their
        answers against each other."""
        for figure in told["figures"]:
            mine, *others = figure["contenders"]
            seconds = mine["nanoseconds"] * 1e-9
            name = figure["figure"]
            if not others:
                self.report.alone(topic, name, "seconds", seconds)
                continue
            for other in others:
                value = other["nanoseconds"] * 1e-9
                self.report.add(topic, name, "seconds", seconds, other["name"], value)
            answers = {one["name"]: one["answer"] for one in figure["contenders"]}
            self.report.agree(name, answers)


def seconds(told: dict, figure: str) -> float:
    """The seconds of farr for one of the figures of a process."""
    (found,) = (one for one in told["figures"] if one["figure"] == figure)
    return found["contenders"][0]["nanoseconds"] * 1e-9


def answer(told: dict, figure: str) -> int:
    """The answer of farr for one of the figures of a process."""
    (found,) = (one for one in told["figures"] if one["figure"] == figure)
    return found["contenders"][0]["answer"]

#!/usr/bin/env python3
"""Measures farr beside its peers, in one run; see README.md."""

import argparse
import sys

import asking
import building
import ecl
import machine
import nhs_numbers
import opening
import searching
import tools
from places import WORK
from report import Report
from run_state import State

TOPICS = ("build", "open", "ask", "search", "ecl", "nhs")


def main() -> int:
    arguments = parse()
    WORK.mkdir(exist_ok=True)
    facts = machine.facts()
    print(" | ".join(f"{name}: {value}" for name, value in facts.items()), flush=True)
    found = tools.get(arguments.with_sct)
    state = prepare(arguments, found, Report({**facts, "scale": arguments.scale}))
    report = state.report
    if found.farr is None:
        report.note("no farr command was built: the program of this folder stands in for it")
    for name in ("engine", "sqlite"):
        if getattr(found, name) is None:
            report.note(f"{name} is not there and was left out")
    building.measure(state, reuse="build" not in arguments.only)
    report.print_new()
    sqlite = None
    if "open" in arguments.only:
        opening.measure(state)
        report.print_new()
    if {"ask", "search"} & set(arguments.only):
        sqlite = asking.measure(state)
        report.print_new()
    if "search" in arguments.only:
        searching.measure(state, sqlite)
        report.print_new()
    if "ecl" in arguments.only:
        ecl.measure(state)
        report.print_new()
    if "nhs" in arguments.only:
        nhs_numbers.measure(state, arguments.numbers)
        report.print_new()
    report.write(WORK / f"results-{arguments.scale}.json")
    return 0 if report.all_agreed() else 1


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="0.1", help="size of the release: 1.0 is about the UK Monolith")
    parser.add_argument("--with-sct", action="store_true", help="sct too: five minutes to install, minutes to build")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measurement")
    parser.add_argument("--builds", type=int, default=3, help="rounds of the builds")
    parser.add_argument("--queries", type=int, default=150, help="searches of each kind asked of the peers")
    parser.add_argument("--numbers", type=int, default=10_000_000, help="NHS numbers to check")
    parser.add_argument("--only", nargs="+", choices=TOPICS, default=TOPICS, help="only these topics")
    return parser.parse_args()


def prepare(arguments: argparse.Namespace, found: tools.Tools, report: Report) -> State:
    """The release: an earlier one is taken if it stands there."""
    out = WORK / f"release-{arguments.scale}"
    if not (out / "workload").exists():
        tools.synth(float(arguments.scale), out)
    (archive,) = out.glob("*.zip")
    folder = WORK / f"built-{arguments.scale}"
    folder.mkdir(exist_ok=True)
    return State(
        tools=found,
        report=report,
        rounds=arguments.rounds,
        queries=arguments.queries,
        builds=arguments.builds,
        folder=folder,
        release=archive.with_suffix(""),
        archive=archive,
        workload=out / "workload",
    )


if __name__ == "__main__":
    sys.exit(main())

"""Whole processes: what they take from start to end, and what they print."""

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A process ended in another way than was expected of it."""


@dataclass
class Run:
    """One run of a process."""

    seconds: float
    peak_bytes: int
    output: str


def run(command: list, stdin: Path | None = None, accept: tuple[int, ...] = (0,)) -> Run:
    """Runs a process to its end.

    Its peak is what the system says of that process. It is never told as less than the memory of
    this driver, from which it starts.
    """
    command = [str(part) for part in command]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        source = os.open(stdin or os.devnull, os.O_RDONLY)
        files = [(os.POSIX_SPAWN_DUP2, source, 0)]
        files += [(os.POSIX_SPAWN_DUP2, file.fileno(), to) for file, to in ((out, 1), (err, 2))]
        start = time.perf_counter()
        process = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
        _, status, used = os.wait4(process, 0)
        seconds = time.perf_counter() - start
        os.close(source)
        code = os.waitstatus_to_exitcode(status)
        if code not in accept:
            err.seek(0)
            told = err.read().decode(errors="replace")[-2000:]
            raise Failed(f"{' '.join(command)}\nended with {code}\n{told}")
        out.seek(0)
        # The system counts in kilobytes, but for macOS.
        unit = 1 if sys.platform == "darwin" else 1024
        return Run(seconds, used.ru_maxrss * unit, out.read().decode(errors="replace"))


def in_turn(commands: dict[str, list], rounds: int, stdin: Path | None = None) -> dict[str, float]:
    """The median seconds of each process, all of them run in turn: what else the machine does
    falls on all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        run(command, stdin, (0, 1))
    for _ in range(rounds):
        for name, command in commands.items():
            seconds[name].append(run(command, stdin, (0, 1)).seconds)
    return {name: statistics.median(times) for name, times in seconds.items()}

"""snomed-ecl-engine in its batch mode: one process, a request and a reply a line."""

import json
import subprocess
import time
from pathlib import Path


class Engine:
    """A running engine. `ask` waits for each reply, so requests do not overlap."""

    def __init__(self, program: Path, index: Path) -> None:
        command = [program, "batch", index]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stdin.close()
        self.process.wait()

    def ask(self, **request: object) -> tuple[float, dict]:
        """The seconds from request to reply, pipe included, and the reply."""
        line = json.dumps(request) + "\n"
        start = time.perf_counter()
        self.process.stdin.write(line)
        self.process.stdin.flush()
        reply = self.process.stdout.readline()
        return time.perf_counter() - start, json.loads(reply)

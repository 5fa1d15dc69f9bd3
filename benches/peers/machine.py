"""What the figures were measured on, so that they can be told apart from those of elsewhere."""

import os
import platform
import subprocess
from pathlib import Path


def facts() -> dict[str, str | int]:
    """Cores, model and memory of the machine, and what is installed on it."""
    return {
        "cores": os.cpu_count() or 0,
        "model": _first("/proc/cpuinfo", "model name") or platform.processor() or "unknown",
        "memory": _first("/proc/meminfo", "MemTotal") or "unknown",
        "system": f"{platform.system()} {platform.machine()}",
        "load before": " ".join(f"{load:.2f}" for load in os.getloadavg()),
        "rust": subprocess.run(["rustc", "--version"], capture_output=True, text=True).stdout.strip(),
        "python": platform.python_version(),
    }


def _first(file: str, name: str) -> str | None:
    path = Path(file)
    if not path.exists():
        return None
    for line in path.read_text().splitlines():
        if line.startswith(name):
            return line.split(":", 1)[1].strip()
    return None

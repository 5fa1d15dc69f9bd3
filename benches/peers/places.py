"""Where things are: everything that a run makes is under work/, which git ignores."""

import json
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = HERE / "work"
TOOLS = WORK / "tools"
PYTHON = WORK / "python" / "bin" / "python"


def target_folder(manifest: Path) -> Path:
    """The folder that cargo builds a package in."""
    command = ["cargo", "metadata", "--format-version", "1", "--no-deps", "--manifest-path", manifest]
    told = subprocess.run(command, check=True, capture_output=True)
    return Path(json.loads(told.stdout)["target_directory"])


def size(path: Path) -> int:
    """The bytes of a file, or of all files of a folder."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size


def remove(path: Path) -> None:
    """Removes what an earlier run left, if it did."""
    if path.is_dir():
        for inner in path.iterdir():
            remove(inner)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)

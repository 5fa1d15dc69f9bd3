"""Gets the contenders: farr and the program of this folder built, peers installed."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from places import HERE, PYTHON, ROOT, TOOLS, WORK, target_folder
from processes import Failed, run

PROGRAMS = {"snomed-ecl-engine": ("snomed-ecl-engine", "0.2.1"), "sct": ("sct-rs", "0.29.0")}
PACKAGES = ["duckdb", "nhs-number", "python-stdnum"]


@dataclass
class Tools:
    """The programs to run; `None` where one is not there."""

    bench: Path
    farr: Path | None
    engine: Path | None
    sct: Path | None
    sqlite: Path | None
    python: Path


def get(with_sct: bool) -> Tools:
    """Builds and installs what is missing."""
    _cargo("build", "--release", "--ignore-rust-version", *_features(), "--manifest-path", HERE / "Cargo.toml")
    bench = target_folder(HERE / "Cargo.toml") / "release" / "farr-peers"
    return Tools(
        bench=bench,
        farr=_farr(),
        engine=_program("snomed-ecl-engine", install=True),
        sct=_program("sct", install=with_sct) if with_sct else None,
        sqlite=_found("sqlite3"),
        python=_python(),
    )


def _features() -> list[str]:
    """ICU, where it is installed: without it snomed-ecl-engine has no term filters."""
    asked = ["pkg-config", "--exists", "icu-i18n >= 72"]
    if shutil.which("pkg-config") and subprocess.run(asked).returncode == 0:
        return ["--features", "icu"]
    return []


def synth(scale: float, out: Path) -> None:
    """Writes a release and its workload."""
    command = ["run", "--release", "--manifest-path", ROOT / "Cargo.toml", "-p", "farr-synth", "--"]
    _cargo(*command, "--scale", scale, "--seed", 1, "--zip", "--out", out)


def _cargo(*arguments: object) -> None:
    command = ["cargo", *map(str, arguments)]
    print("+", " ".join(command), flush=True)
    subprocess.run(command, check=True)


def _farr() -> Path | None:
    """The `farr` command, unless it does not know the verbs that are timed."""
    _cargo("build", "--release", "--manifest-path", ROOT / "Cargo.toml", "-p", "farr-lookup")
    farr = target_folder(ROOT / "Cargo.toml") / "release" / "farr"
    if not farr.exists():
        return None
    try:
        verbs = run([farr, "--help"]).output
    except Failed:
        return None
    return farr if all(verb in verbs for verb in ("lookup", "build", "nhs-number")) else None


def _found(name: str) -> Path | None:
    own = TOOLS / "bin" / name
    found = str(own) if own.exists() else shutil.which(name)
    return Path(found) if found else None


def _program(name: str, install: bool) -> Path | None:
    package, version = PROGRAMS[name]
    if _found(name) is None and install:
        _cargo("install", "--locked", "--root", TOOLS, "--version", version, package)
    return _found(name)


def _python() -> Path:
    """An environment with the peers that are Python packages."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", WORK / "python"], check=True)
    asked = [PYTHON, "-m", "pip", "install", "--quiet", *PACKAGES]
    present = subprocess.run([PYTHON, "-c", "import duckdb, nhs_number, stdnum"], capture_output=True)
    if present.returncode != 0:
        subprocess.run(asked, check=True)
    return PYTHON

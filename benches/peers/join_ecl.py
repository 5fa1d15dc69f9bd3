#!/usr/bin/env python3
"""Joins lines of JSON that `farr-peers ecl-…` wrote: `join_ecl.py NAME=FILE NAME=FILE …`."""

import sys
from pathlib import Path

import ecl


def main() -> int:
    named = (argument.split("=", 1) for argument in sys.argv[1:])
    asked = {name: ecl.read(Path(file).read_text()) for name, file in named}
    if not asked:
        print(__doc__)
        return 2
    ecl.compare(asked)
    ecl.tell(asked)
    return 1 if ecl.disagreements(asked) else 0


if __name__ == "__main__":
    sys.exit(main())

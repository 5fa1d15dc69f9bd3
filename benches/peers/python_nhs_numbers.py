"""A Python peer counts the valid NHS numbers of a file, one a line.

    python_nhs_numbers.py nhs-number|python-stdnum FILE

Prints the numbers, how many are valid, and the seconds from opening the file, imports left out.
"""

import json
import sys
import time


def main() -> None:
    name, file = sys.argv[1:]
    if name == "nhs-number":
        from nhs_number import is_valid
    else:
        from stdnum.gb.nhs import is_valid
    start = time.perf_counter()
    count = valid = 0
    with open(file, encoding="ascii") as lines:
        for line in lines:
            count += 1
            valid += is_valid(line.rstrip("\n"))
    print(json.dumps({"numbers": count, "valid": valid, "seconds": time.perf_counter() - start}))


main()

"""Asks the reader of index files that was written from docs/format.md.

    reader.py meta FILE              lines of META
    reader.py concepts FILE          every concept: columns, descriptions, hierarchy, attributes
    reader.py refsets FILE           every refset: every row, with every column
    reader.py refset FILE SCTID      one refset
    reader.py words FILE             every word that is searched, and the descriptions that have it
    reader.py inverse FILE           holds the sections that repeat others in another order
    reader.py history FILE           the history tables
    reader.py dmd FILE               every element of every record of dm+d, by table
    reader.py dmd-words FILE         every word, and the names of products that have it
    reader.py rubrics FILE LETTER    every rubric of a classification: I, M or O
    reader.py rubric-words FILE LETTER

Prints JSON. Exits with 1 and a reason where it refuses the file.
"""

import json
import sys

from farr_index import Index, Refused


def answer(verb, path, rest):
    with open(path, "rb") as file:
        index = Index(file.read())
    if verb == "meta":
        lines = index.bytes("META").decode("utf-8").splitlines()
        return {
            "lines": [line.split("\t") for line in lines],
            "sections": list(index.sections),
            "build_id": str(index.build_id),
            "build_id_follows": index.build_id_follows,
        }
    if verb == "concepts":
        ids = [int(index.sctid(ordinal)) for ordinal in range(index.items("CREC"))]
        return [index.concept(sctid) for sctid in ids]
    if verb == "refsets":
        return [index.refset(sctid) for sctid in index.refset_ids()]
    if verb == "refset":
        return index.refset(rest[0])
    if verb == "words":
        return index.descriptions_by_word()
    if verb == "inverse":
        return index.check_inverse()
    if verb == "history":
        return index.history()
    if verb == "dmd":
        return index.dmd()
    if verb == "dmd-words":
        return index.dmd_names_by_word()
    if verb == "rubrics":
        return index.rubrics(rest[0])
    if verb == "rubric-words":
        return index.texts_by_word(rest[0])
    raise Refused(f"no verb {verb}")


if __name__ == "__main__":
    try:
        json.dump(answer(sys.argv[1], sys.argv[2], sys.argv[3:]), sys.stdout)
    except Refused as refused:
        sys.exit(f"refused: {refused}")

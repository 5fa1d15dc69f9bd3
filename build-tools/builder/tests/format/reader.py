"""A reader of index files, written from docs/format.md and from nothing else.

It shares no line with farr, so that what both give is what the document says. Standard library only.

    reader.py meta FILE              lines of META
    reader.py concepts FILE          every concept: columns, descriptions, hierarchy, attributes
    reader.py refsets FILE           every refset: every row, with every column
    reader.py refset FILE SCTID      one refset
    reader.py words FILE             every word that is searched, and the descriptions that have it

Prints JSON. Exits with 1 and a reason where it refuses the file.
"""

import json
import struct
import sys
import zlib

BLOCK = 65536
DATA_START = 4160
NONE_U8, NONE_U16, NONE_U32 = 0xFF, 0xFFFF, 0xFFFFFFFF

# The tags of SNOMED CT: what this reader understands. It passes over the sections of other code
# systems, which change nothing of what is answered here, and over none that it does not know.
KNOWN = """
META CIDS CBKT CREC CSTA DATE STAG HIER INTV PARN CHLD NLEF ANCS ATTR AKND CVAL KIDX AVAL APST KSRC DESC
DKND LREF ACPT TEXT DORD DSMP RANK ZONE WRDS WPST PPST POST
RSET RPRT RCON CRFS RTAB RCOL RNAM RVAL RDIC RORD RPST RPAR RTXT RMID RMUN RMUT RCMP RSTA RSTD ROTH ASSO
ASIN ALID ALOR HSUB HSTX QTAB
DTAB DROW DTXT DMIS DLST DBKT GBKT DPRV DCUR DRNK DZON DWRD DWPS DPPS DPST
""".split() + [
    system + part
    for system in "IMO"
    for part in "RUB BKT ORD TXR REF RNK ZON WRD WPS PPS PST STR".split()
]

COMMON = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG"


class Refused(Exception):
    """The file is not read, and why."""


def expect(holds, why):
    if not holds:
        raise Refused(why)


def unpack(form, data, at=0):
    return struct.unpack_from("<" + form, data, at)


class Index:
    def __init__(self, data):
        self.data = data
        expect(data[:8] == bytes.fromhex("89464152520d0a1a"), "not an index")
        expect(len(data) >= 64, "ends in its header")
        expect(zlib.crc32(data[:60]) == unpack("I", data, 60)[0], "checksum of the header")
        major, minor, header = unpack("HHI", data, 8)
        expect(major == 1, f"format {major}.{minor}, and this reads 1.x")
        expect(len(data) >= DATA_START, "ends in its section table")
        length, used, block, checksums, self.build_id = unpack("QIIQQ", data, 16)
        expect(header == 64 and block == BLOCK and used <= 128, "header")
        expect(length == len(data), "not as long as it says")
        expect(data[48:56] == bytes(8), "bytes that must be zero")
        blocks = -(-checksums // BLOCK)
        expect(checksums >= DATA_START and checksums + 4 * blocks == length, "checksum table")
        tables = zlib.crc32(data[checksums:], zlib.crc32(data[64:DATA_START]))
        expect(tables == unpack("I", data, 56)[0], "checksum of the tables")
        other = zlib.crc32(data[64:DATA_START], zlib.crc32(data[checksums:]))
        self.build_id_follows = self.build_id == other << 32 | tables
        for number in range(blocks):
            start, end = max(number * BLOCK, DATA_START), min((number + 1) * BLOCK, checksums)
            stated = unpack("I", data, checksums + 4 * number)[0]
            expect(zlib.crc32(data[start:end]) == stated, f"checksum of block {number}")
        self.sections = {}
        end = DATA_START
        for number in range(128):
            entry = data[64 + 32 * number : 96 + 32 * number]
            if number >= used:
                expect(entry == bytes(32), "an unused entry")
                continue
            tag, layout, flags, start, length, items = unpack("4sHHQQQ", entry)
            tag = tag.decode("ascii")
            expect(start >= end and start % 64 == 0 and start + length <= checksums, tag)
            expect(tag not in self.sections, f"{tag} stands twice")
            end = start + length
            if tag not in KNOWN or layout != 1:
                expect(flags & 1 == 0, f"{tag} must be understood")
                continue
            self.sections[tag] = (data[start:end], items)
        self.unusual = self.u32s("RMUN", 0, self.items("RMUN")) if "RMUN" in self.sections else []

    def bytes(self, tag):
        return self.sections[tag][0]

    def items(self, tag):
        return self.sections[tag][1]

    def record(self, tag, form, number):
        return unpack(form, self.bytes(tag), number * struct.calcsize("<" + form))

    def u32(self, tag, number):
        return self.record(tag, "I", number)[0]

    def u32s(self, tag, start, end):
        return [self.u32(tag, number) for number in range(start, end)]

    def text(self, tag, number):
        """Text of a section of texts."""
        base = 4 * (self.items(tag) + 1)
        start, end = self.u32(tag, number), self.u32(tag, number + 1)
        return self.bytes(tag)[base + start : base + end].decode("utf-8")

    def bucket(self, tag, key):
        """The number of an id in a hash table."""
        table = self.bytes(tag)
        count = len(table) // 64
        mixed = (key * 0x9E3779B97F4A7C15 % 2**64) >> 32
        at = (mixed * count) >> 32
        for _ in range(count):
            bucket = table[64 * at : 64 * at + 64]
            for place in range(5):
                if key != 0 and unpack("Q", bucket, 8 * place)[0] == key:
                    return unpack("I", bucket, 40 + 4 * place)[0]
            if unpack("I", bucket, 60)[0] == 0:
                return None
            at = (at + 1) % count
        return None

    def listed(self, tag, form, concept):
        """The entries of a concept in a section of lists."""
        length, data = struct.calcsize("<" + form), self.bytes(tag)
        blocks = -(-self.items("CREC") // 32)
        before = len(data) - self.items(tag) * length
        wide = before != blocks * 68
        expect(not wide or before == blocks * 132, f"{tag} is not as long as its items")
        size, end_form = (132, "I") if wide else (68, "H")
        block, within = divmod(concept, 32)
        base, *ends = unpack("I32" + end_form, data, block * size)
        start = ends[within - 1] if within else 0
        entries = range(base + start, base + ends[within])
        return [unpack(form, data, before + length * entry) for entry in entries]

    # SNOMED CT

    def sctid(self, ordinal):
        return str(self.record("CIDS", "Q", ordinal)[0])

    def starts(self, ordinal):
        return self.record("CREC", "5I3H4BH", ordinal)

    def rows(self, ordinal, place):
        """Where the rows of a concept start and end, by place of the start in its record."""
        return self.starts(ordinal)[place], self.starts(ordinal + 1)[place]

    def concepts_among(self, ordinals):
        return [self.sctid(one) for one in ordinals if one < self.items("CREC")]

    def concept(self, sctid):
        ordinal = self.bucket("CBKT", sctid)
        if ordinal is None:
            return None
        record = self.starts(ordinal)
        module, definition_status, active = self.record("CSTA", "QQQ", record[5])
        descriptions = [self.description(row) for row in range(*self.rows(ordinal, 0))]
        preferred = [
            None if place == NONE_U8 else descriptions[place]["id"] for place in record[8:12]
        ]
        return {
            "id": self.sctid(ordinal),
            "active": active == 1,
            "module": str(module),
            "definition_status": str(definition_status),
            "effective_time": self.u32("DATE", record[6]) or None,
            "semantic_tag": None if record[7] == NONE_U16 else self.text("STAG", record[7]),
            "descriptions": descriptions,
            "preferred": preferred,
            "parents": self.concepts_among(self.u32s("PARN", *self.rows(ordinal, 1))),
            "children": self.concepts_among(self.u32s("CHLD", *self.rows(ordinal, 2))),
            "ancestors": self.concepts_among(self.u32s("ANCS", *self.rows(ordinal, 3))),
            "descendants": self.descendants(ordinal),
            "has_active_child": self.has_active_child(ordinal),
            "attributes": [self.attribute(row) for row in range(*self.rows(ordinal, 4))],
            "refsets": [
                str(self.record("RSET", "QIIII", number)[0])
                for (number,) in self.listed("CRFS", "H", ordinal)
            ],
            "associations": [
                [str(self.record("RSET", "QIIII", number)[0]), self.component(code)]
                for code, number in self.listed("ASSO", "IH", ordinal)
            ],
        }

    def intervals(self, ordinal):
        if ordinal >= self.items("HIER"):
            return []
        start, end, first, _ = self.record("HIER", "IIII", ordinal)
        last = self.record("HIER", "IIII", ordinal + 1)[2]
        return [(start, end)] + [self.record("INTV", "II", at) for at in range(first, last)]

    def descendants(self, ordinal):
        below = {one for start, end in self.intervals(ordinal) for one in range(start, end)}
        below.discard(ordinal)
        if ordinal < self.items("HIER"):
            expect(len(below) == self.record("HIER", "IIII", ordinal)[3], "count of descendants")
        return [self.sctid(one) for one in sorted(below)]

    def has_active_child(self, ordinal):
        if ordinal >= self.items("HIER"):
            return False
        return self.record("NLEF", "Q", ordinal // 64)[0] >> (ordinal % 64) & 1 == 1

    def attribute(self, row):
        value, kind, group = self.record("ATTR", "IHH", row)
        of_type, _ = self.record("AKND", "QQ", kind)
        concrete = value >> 31 == 1
        value = self.text("CVAL", value & 0x7FFFFFFF) if concrete else self.sctid(value)
        return {"type": str(of_type), "group": group, "value": value}

    def description(self, row):
        sctid, start, length, kind, date, pattern = self.record("DESC", "QIHHHH", row)
        module, of_type, case, active, language = self.record("DKND", "QQQQ8s", kind)
        return {
            "id": str(sctid),
            "active": active == 1,
            "term": self.bytes("TEXT")[start : start + length].decode("utf-8"),
            "module": str(module),
            "type": str(of_type),
            "case_significance": str(case),
            "language": language.rstrip(b"\0").decode("ascii"),
            "effective_time": self.u32("DATE", date) or None,
            "acceptability": self.acceptability(pattern),
        }

    def acceptability(self, pattern):
        data, base = self.bytes("ACPT"), 4 * (self.items("ACPT") + 1)
        entries = range(self.u32("ACPT", pattern), self.u32("ACPT", pattern + 1))
        pairs = [unpack("HH", data, base + 4 * entry) for entry in entries]
        words = ["acceptable", "preferred"]
        return {str(self.record("LREF", "Q", refset)[0]): words[said] for refset, said in pairs}

    # Refsets

    def component(self, code):
        if code == NONE_U32:
            return None
        kind, number = code >> 30, code & 0x3FFFFFFF
        if kind == 0:
            return self.sctid(number)
        if kind == 1:
            return str(self.record("DESC", "QIHHHH", number)[0])
        if kind == 2:
            return str(self.record("ROTH", "Q", number)[0])
        return self.text("RTXT", number)

    def refset_ids(self):
        return [str(self.record("RSET", "QIIII", at)[0]) for at in range(self.items("RSET"))]

    def refset(self, sctid):
        number = self.refset_ids().index(str(sctid))
        first, last = (self.record("RSET", "QIIII", at)[1] for at in (number, number + 1))
        members = []
        for part in range(first, last):
            row, active, inactive, table, of = self.record("RPRT", "IIIHH", part)
            expect(of == number, "a part of another refset")
            for at in range(row, row + active + inactive):
                members.append(self.member(at, table, at < row + active))
        first, last = (self.record("RSET", "QIIII", at)[2] for at in (number, number + 1))
        concepts = self.concepts_among(self.u32s("RCON", first, last))
        return {"id": str(sctid), "members": members, "concepts": concepts}

    def member(self, row, table, active):
        module, time = self.record("RSTD", "QI", self.record("RSTA", "H", row)[0])
        (first_row, first), (_, last) = (self.record("RTAB", "II", at) for at in (table, table + 1))
        return {
            "id": self.member_id(row),
            "active": active,
            "module": str(module),
            "effective_time": time or None,
            "referenced_component": self.component(self.u32("RCMP", row)),
            "columns": [self.value(column, row - first_row) for column in range(first, last)],
        }

    def member_id(self, row):
        if row in self.unusual:
            return self.text("RMUT", self.unusual.index(row))
        digits = self.bytes("RMID")[16 * row : 16 * row + 16].hex()
        return "-".join([digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]])

    def value(self, column, place):
        letter, width, flags, name, start, dictionary, _, _, parameters, _ = self.record(
            "RCOL", "BBH7I", column
        )
        form = {1: "B", 2: "H", 4: "I"}[width]
        value = unpack(form, self.bytes("RVAL"), start + width * place)[0]
        if width < 4:
            value = self.u32("RDIC", dictionary + value)
        letter = chr(letter)
        if letter == "i":
            value = value - 2**32 if value >= 2**31 else value
        elif letter == "c":
            value = self.component(value)
        else:
            value = self.text("RTXT", value)
            if flags & 1:
                starts = (self.u32("RPST", parameters + at) for at in (place, place + 1))
                ids = iter(self.concepts_among(self.u32s("RPAR", *starts)))
                value = "".join(next(ids) if one == "\t" else one for one in value)
        return [self.text("RNAM", name), letter, value]

    # Words

    def words(self):
        """Each word and its number, by a walk of the FST."""
        data = self.bytes("WRDS")
        version, _ = unpack("QQ", data)
        expect(version == 3, "version of the FST")
        count, root, _ = unpack("QQI", data, len(data) - 20)
        found, left = [], [(root, b"", 0)]
        while left:
            address, word, number = left.pop()
            final, final_output, transitions = node(data, address)
            if final:
                found.append((word.decode("utf-8"), number + final_output))
            for byte, output, target in transitions:
                left.append((target, word + bytes([byte]), number + output))
        expect(len(found) == count == self.items("WRDS"), "number of words")
        found.sort(key=lambda one: one[0].encode("utf-8"))
        expect([number for _, number in found] == list(range(count)), "numbers of words")
        return [word for word, _ in found]

    def ranks(self, start):
        """The ranks of the set of postings that starts at this byte."""
        data = self.bytes("POST")
        first = unpack("I", data, start)[0]
        count = first & 0x7FFFFFFF
        if first >> 31 == 0:
            return list(unpack(f"{count}I", data, start + 4))
        chunks = unpack("I", data, start + 4)[0]
        at = start + 8 + 4 * chunks
        ranks = []
        for number in range(chunks):
            chunk, ranks_here = unpack("HH", data, start + 8 + 4 * number)
            ranks_here += 1
            if ranks_here <= 4096:
                halves = unpack(f"{ranks_here}H", data, at)
                at += 2 * ranks_here
            else:
                bits = data[at : at + 8192]
                halves = [half for half in range(65536) if bits[half // 8] >> (half % 8) & 1]
                at += 8192
            ranks += [chunk << 16 | half for half in halves]
        expect(len(ranks) == count, "number of ranks")
        return ranks

    def descriptions_by_word(self):
        found = {}
        words = self.words()
        for number, word in enumerate(words):
            ranks = self.ranks(self.u32("WPST", number))
            found[word] = [self.ranked(rank) for rank in ranks]
        for number in range(self.items("PPST")):
            first, end, start = self.record("PPST", "III", number)
            united = {one for word in words[first:end] for one in found[word]}
            expect(united == {self.ranked(rank) for rank in self.ranks(start)}, "a merged set")
        return found

    def ranked(self, rank):
        row, ordinal = self.record("RANK", "II", rank)
        first, end = self.rows(ordinal, 0)
        expect(first <= row < end, "a term of another concept")
        return str(self.record("DESC", "QIHHHH", row)[0])


def number_of(data):
    return int.from_bytes(data, "little")


def node(data, address):
    """Whether a word ends at a node, its final output, and its transitions."""
    if address == 0:
        return True, 0, []
    state, at = data[address], address
    if state & 0x80:
        common = state & 0x3F
        if common:
            byte = COMMON[common - 1]
        else:
            at -= 1
            byte = data[at]
        if state & 0x40:
            return False, 0, [(byte, 0, at - 1)]
        at -= 1
        target_size, output_size = data[at] >> 4, data[at] & 15
        at -= target_size
        target = number_of(data[at : at + target_size])
        at -= output_size
        output = number_of(data[at : at + output_size])
        return False, 0, [(byte, output, at - target if target else 0)]
    final, count = state & 0x40 != 0, state & 0x3F
    if count == 0:
        at -= 1
        count = 256 if data[at] == 1 else data[at]
    at -= 1
    target_size, output_size = data[at] >> 4, data[at] & 15
    if count > 32:
        at -= 256
    at -= count
    inputs = data[at : at + count][::-1]
    at -= count * target_size
    targets = [data[at + target_size * one :][:target_size] for one in range(count)][::-1]
    at -= count * output_size
    outputs = [data[at + output_size * one :][:output_size] for one in range(count)][::-1]
    final_output = 0
    if final:
        at -= output_size
        final_output = number_of(data[at : at + output_size])
    targets = [number_of(target) for target in targets]
    targets = [at - target if target else 0 for target in targets]
    return final, final_output, list(zip(inputs, map(number_of, outputs), targets))


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
    raise Refused(f"no verb {verb}")


if __name__ == "__main__":
    try:
        json.dump(answer(sys.argv[1], sys.argv[2], sys.argv[3:]), sys.stdout)
    except Refused as refused:
        sys.exit(f"refused: {refused}")

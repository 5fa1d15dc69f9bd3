"""The file: header, section table, checksums, and the layouts that several sections have."""

import struct
import zlib

BLOCK = 65536
DATA_START = 4160
NONE_U8, NONE_U16, NONE_U32 = 0xFF, 0xFFFF, 0xFFFFFFFF

# What this reader understands.
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


class Refused(Exception):
    """The file is not read, and why."""


def expect(holds, why):
    if not holds:
        raise Refused(why)


def unpack(form, data, at=0):
    return struct.unpack_from("<" + form, data, at)


class File:
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

"""SNOMED CT: concepts, descriptions, hierarchy, attributes."""

from .file import NONE_U8, NONE_U16, expect, unpack
from .words import Words


class Snomed(Words):
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

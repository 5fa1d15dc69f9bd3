"""The ways back: sections that repeat what others have, in another order.

Each is made here from what it repeats, as the document says, and must be what the file has.
"""

from . import words
from .file import NONE_U32, expect, unpack
from .refsets import Refsets


class Inverse(Refsets):
    def descriptions_by_word(self):
        """The ids of the descriptions with each word."""
        found = {}
        for word, terms in self.terms_by_word(words.SNOMED).items():
            for row, ordinal in terms:
                first, end = self.rows(ordinal, 0)
                expect(first <= row < end, "a term of another concept")
            found[word] = [str(self.record("DESC", "QIHHHH", row)[0]) for row, _ in terms]
        return found

    def check_inverse(self):
        """Holds all of them, and says how many entries were held."""
        parts = [
            self.check_descriptions,
            self.check_attributes,
            self.check_memberships,
            self.check_associations,
            self.check_orders,
            self.check_identifiers,
            self.check_zones,
        ]
        return {part.__name__: part() for part in parts}

    def check_descriptions(self):
        rows = range(self.items("DESC"))
        ids = [self.record("DESC", "QIHHHH", row)[0] for row in rows]
        order = sorted(rows, key=lambda row: ids[row])
        expect(self.u32s("DORD", 0, self.items("DORD")) == order, "DORD")
        sample = [self.record("DSMP", "Q", at)[0] for at in range(self.items("DSMP"))]
        expect(sample == [ids[row] for row in order[::64]], "DSMP")
        return len(order)

    def check_attributes(self):
        """KIDX, AVAL, APST and KSRC from ATTR."""
        rows, groups, last = [], -1, None
        for source in range(self.items("CIDS")):
            for at in range(*self.rows(source, 4)):
                value, kind, group = self.record("ATTR", "IHH", at)
                if group == 0 or last != (source, group):
                    groups += 1
                last = (source, group)
                rows.append((kind, value, source, groups))
        rows.sort()
        expect(len(rows) == self.items("ATTR") == self.items("APST"), "number of attributes")
        postings = [self.record("APST", "II", at) for at in range(len(rows))]
        expect(postings == [row[2:] for row in rows], "APST")
        values, sources, index = [], [], []
        ordinals = {self.record("CIDS", "Q", at)[0]: at for at in range(self.items("CREC"))}
        for kind in range(self.items("AKND")):
            of_type = ordinals.get(self.record("AKND", "QQ", kind)[0], NONE_U32)
            index.append((len(values), len(sources), of_type))
            of_kind = [(row, at) for at, row in enumerate(rows) if row[0] == kind]
            for row, at in of_kind:
                if at == of_kind[0][1] or rows[at - 1][1] != row[1]:
                    values.append((row[1], at))
            sources += sorted({row[2] for row, _ in of_kind})
        index.append((len(values), len(sources), groups + 1))
        values.append((0, len(rows)))
        expect([self.record("KIDX", "III", at) for at in range(len(index))] == index, "KIDX")
        expect([self.record("AVAL", "II", at) for at in range(len(values))] == values, "AVAL")
        expect(self.u32s("KSRC", 0, self.items("KSRC")) == sources, "KSRC")
        return len(rows)

    def parts(self):
        return [self.record("RPRT", "IIIHH", part) for part in range(self.items("RPRT"))]

    def check_memberships(self):
        """RSET, RCON and CRFS from RPRT and RCMP."""
        of_concept = {}
        for number in range(self.items("RSET")):
            (_, first, start, kinds, zero), (_, last, end, _, _) = (
                self.record("RSET", "QIIII", at) for at in (number, number + 1)
            )
            codes = []
            for row, active, inactive, _, of in self.parts()[first:last]:
                expect(of == number, "RPRT")
                run = self.u32s("RCMP", row, row + active)
                expect(run == sorted(run), "active rows by code")
                run = self.u32s("RCMP", row + active, row + active + inactive)
                expect(run == sorted(run), "inactive rows by code")
                codes += self.u32s("RCMP", row, row + active)
            said = sum(1 << kind for kind in {code >> 30 for code in codes})
            expect((kinds, zero) == (said, 0), "kinds of component of a refset")
            concepts = sorted({code for code in codes if code >> 30 == 0})
            expect(self.u32s("RCON", start, end) == concepts, "RCON")
            for concept in concepts:
                of_concept.setdefault(concept, []).append((number,))
        for concept in range(self.items("CREC")):
            expect(self.listed("CRFS", "H", concept) == of_concept.get(concept, []), "CRFS")
        return self.items("RCON")

    def check_associations(self):
        backward = {}
        for source in range(self.items("CREC")):
            for code, number in self.listed("ASSO", "IH", source):
                if code < self.items("CREC"):
                    backward.setdefault(code, []).append((source, number))
        for target in range(self.items("CREC")):
            expected = sorted(backward.get(target, []), key=lambda one: (one[1], one[0]))
            expect(self.listed("ASIN", "IH", target) == expected, "ASIN")
        return self.items("ASSO")

    def check_orders(self):
        """RORD from the values of its columns."""
        held = 0
        for table in range(self.items("RTAB")):
            (first_row, first), (end_row, last) = (
                self.record("RTAB", "II", at) for at in (table, table + 1)
            )
            for column in range(first, last):
                _, width, flags, _, start, dictionary, _, order, _, _ = self.record(
                    "RCOL", "BBH7I", column
                )
                if flags & 2 == 0:
                    continue
                form = {1: "B", 2: "H", 4: "I"}[width]

                def value(row):
                    place = start + width * (row - first_row)
                    stored = unpack(form, self.bytes("RVAL"), place)[0]
                    return stored if width == 4 else self.u32("RDIC", dictionary + stored)

                expected = list(range(first_row, end_row))
                for row, active, _, of, _ in self.parts():
                    if of == table:
                        run = slice(row - first_row, row - first_row + active)
                        expected[run] = sorted(expected[run], key=value)
                stored = self.u32s("RORD", order, order + end_row - first_row)
                expect(stored == expected, "RORD")
                held += len(stored)
        expect(held == self.items("RORD"), "all of RORD")
        return held

    def check_identifiers(self):
        rows = [self.record("ALID", "IIIHH", at) for at in range(self.items("ALID"))]
        expect(rows == sorted(rows), "ALID")
        order = sorted(range(len(rows)), key=lambda at: rows[at][2])
        expect(self.u32s("ALOR", 0, len(rows)) == order, "ALOR")
        return len(rows)

    def check_zones(self):
        """The zones of the terms, from what the document says they are."""
        name_types = ("900000000000003001", "900000000000013009")
        for rank in range(self.items("RANK")):
            row, ordinal = self.record("RANK", "II", rank)
            found = self.description(row)
            active = ordinal < self.items("HIER")
            if found["type"] not in name_types:
                zone = 3
            elif not found["active"]:
                zone = 2
            else:
                zone = 0 if active else 1
            expect(self.zone(words.SNOMED, rank) == zone, "zone of a term")
        return self.items("RANK")

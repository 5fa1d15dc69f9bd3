"""Refsets: every row with every column."""

from .file import NONE_U32, expect, unpack
from .snomed import Snomed


class Refsets(Snomed):
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
        if row in self.unusual():
            return self.text("RMUT", self.unusual().index(row))
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

    def unusual(self):
        """The member rows whose id is no UUID."""
        return self.u32s("RMUN", 0, self.items("RMUN"))

"""The history tables of the UK."""

from .file import unpack
from .refsets import Refsets


class History(Refsets):
    def history(self):
        """Both tables: substitutions by old id, and supertypes by concept."""
        return {"substitutions": self.substitutions(), "supertypes": self.supertypes()}

    def substitutions(self):
        rows = []
        for at in range(self.items("HSUB")):
            old, new, path, iterations, flags = self.record("HSUB", "QQIHH", at)
            said = [flags & bit != 0 for bit in (1, 2, 4, 8)]
            rows.append([str(old), str(new), self.text("HSTX", path), iterations, *said])
        return rows

    def supertypes(self):
        found, data = {}, self.bytes("QTAB")
        base = 4 * (self.items("CREC") + 1)
        for concept in range(self.items("CREC")):
            entries = range(self.u32("QTAB", concept), self.u32("QTAB", concept + 1))
            pairs = [unpack("IB", data, base + 5 * entry) for entry in entries]
            if pairs:
                said = [[self.sctid(above), provenance] for above, provenance in pairs]
                found[self.sctid(concept)] = said
        return found

"""dm+d: every element of every record, by the tables of the documents."""

from . import words
from .file import NONE_U8, NONE_U16, NONE_U32, Refused, expect, unpack
from .schema import schema
from .words import Words

LEVELS = 5


class Dmd(Words):
    def dmd(self):
        """Every record of every table: its elements that are there, and their values."""
        self.tables, self.orders, self.lists = schema()
        expect(self.items("DTAB") == len(self.tables) + len(self.orders), "number of tables")
        self.places, end = [], 0
        for number in range(self.items("DTAB")):
            start, rows, length = self.record("DTAB", "QII", number)
            table = self.tables[number] if number < len(self.tables) else None
            expect(start == end and length == (table.length if table else 4), "DTAB")
            end = start + length * (rows + (1 if table and table.links else 0))
            self.places.append((start, rows))
        expect(end == len(self.bytes("DROW")), "DROW")
        self.check_links()
        self.check_lists()
        self.check_buckets()
        self.check_previous()
        return [
            [self.elements(table, row) for row in range(self.places[table.number][1])]
            for table in self.tables
        ]

    def row(self, table, row):
        start = self.places[table.number][0] + row * table.length
        return self.bytes("DROW")[start : start + table.length]

    def order(self, number):
        start, entries = self.places[len(self.tables) + number]
        return list(unpack(f"{entries}I", self.bytes("DROW"), start))

    def number(self, table, row, column):
        """The number that is stored in a column."""
        at, kind, _ = table.columns[column]
        form = {"reference": "I", "date": "I", "integer": "I", "code": "H", "flag": "B"}.get(kind, "Q")
        return unpack(form, self.row(table, row), at)[0]

    def table_of(self, record):
        """The table whose record a reference names: of those of that name, the one with an id."""
        for table in self.tables:
            has_id = any(kind == "id" for _, kind, _ in table.columns.values())
            if has_id and table.record.split(" / ")[-1] == record:
                return table
        raise Refused(f"no table of {record}")

    def elements(self, table, row):
        found = []
        for name, (at, kind, of) in table.columns.items():
            value = self.value_of(table, row, name, at, kind, of)
            if value is not None:
                found.append([name, value])
        return found

    def value_of(self, table, row, name, at, kind, of):
        if kind in ("text", "decimal"):
            start, length = unpack("IH", self.row(table, row), at)
            text = self.bytes("DTXT")[start : start + length]
            return None if start == NONE_U32 else text.decode("utf-8")
        stored = self.number(table, row, name)
        if kind == "reference":
            if stored == NONE_U32:
                return None
            target = self.table_of(of)
            rows = self.places[target.number][1]
            if stored >= rows:
                return str(self.record("DMIS", "Q", stored - rows)[0])
            return str(self.number(target, stored, next(iter(target.columns))))
        if kind == "code":
            if stored == NONE_U16:
                return None
            lookup = self.tables[6]
            entry = self.u32("DLST", self.lists.index(of)) + stored
            return str(self.number(lookup, entry, "CD"))
        if kind == "flag":
            return None if stored == NONE_U8 else str(stored)
        if kind == "integer":
            return None if stored == NONE_U32 else str(stored)
        # A number that may be 0 is a code of a list of its own.
        return None if stored == 0 and kind != "number" else str(stored)

    def check_links(self):
        """What belongs to a row is what refers to it."""
        for table in self.tables:
            rows = self.places[table.number][1]
            for at, what, number in table.links:
                if what == "table":
                    of, column = self.tables[number], self.tables[number].owner
                    entries = range(self.places[number][1])
                else:
                    (of, column), entries = self.orders[number], self.order(number)
                    of = self.tables[of]
                starts = [unpack("I", self.row(table, row), at)[0] for row in range(rows + 1)]
                for row in range(rows):
                    mine = entries[starts[row] : starts[row + 1]]
                    referring = [one for one in entries if self.number(of, one, column) == row]
                    expect(list(mine) == referring, f"link of {table.record}")
        for number, (table, column) in enumerate(self.orders):
            table = self.tables[table]
            rows = range(self.places[table.number][1])
            expected = sorted(rows, key=lambda row: (self.number(table, row, column), row))
            if number == 8:
                expected = [row for row in expected if self.number(table, row, column)]
            expect(self.order(number) == expected, f"order {number}")

    def check_lists(self):
        starts = self.u32s("DLST", 0, self.items("DLST"))
        expect(len(starts) == len(self.lists) + 1 and starts[-1] == self.places[6][1], "DLST")
        for start, end in zip(starts, starts[1:]):
            codes = [self.number(self.tables[6], row, "CD") for row in range(start, end)]
            expect(codes == sorted(set(codes)), "codes of a list")

    def products(self):
        return [(level, row) for level in range(LEVELS) for row in range(self.places[level][1])]

    def product_id(self, product):
        table = self.tables[product[0]]
        return self.number(table, product[1], next(iter(table.columns)))

    def check_buckets(self):
        first = {}
        for number, product in enumerate(self.products()):
            first.setdefault(self.product_id(product), number)
        expect(len(first) == self.items("DBKT"), "number of products")
        for sctid, number in first.items():
            expect(self.bucket("DBKT", sctid) == number, "DBKT")
        gtins = [self.number(self.tables[22], row, "GTIN") for row in self.order(8)]
        expect(len(set(gtins)) == self.items("GBKT"), "number of GTINs")
        for gtin in gtins:
            expect(self.bucket("GBKT", gtin) == gtins.index(gtin), "GBKT")
        expect(self.bucket("GBKT", 1) is None, "a GTIN that nothing has")

    def check_previous(self):
        rows = [self.record("DPRV", "QQIIII", at) for at in range(self.items("DPRV"))]
        expect(rows == sorted(set(rows)), "DPRV")
        order = sorted(range(len(rows)), key=lambda at: rows[at][1])
        expect(self.u32s("DCUR", 0, len(rows)) == order, "DCUR")

    def dmd_names_by_word(self):
        """The names with each word."""
        self.dmd()
        products, found = self.products(), {}
        for word, terms in self.terms_by_word(words.DMD).items():
            found[word] = []
            for name, number in terms:
                expect(name // 4 == number, "a name of another product")
                level, row = products[number]
                elements = dict(self.elements(self.tables[level], row))
                text = [
                    elements.get("NM"),
                    elements.get("DESC"),
                    elements.get("ABBREVNM"),
                    elements.get("NMPREV", elements.get("NM_PREV")),
                ][name % 4]
                found[word].append([str(self.product_id((level, row))), text])
        return found

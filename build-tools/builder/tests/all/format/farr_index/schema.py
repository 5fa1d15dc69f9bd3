"""The tables of dm+d, read from the two documents that describe them."""

from pathlib import Path

DOCS = Path(__file__).resolve().parents[6] / "docs"
WIDTHS = {"u64": 8, "6 bytes": 6, "u32": 4, "u16": 2, "u8": 1}


def tables(name, columns):
    """The rows of all tables of a document with these columns, each with the heading above it."""
    heading, within = "", False
    for line in (DOCS / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ").strip("`")
        if not line.startswith("|"):
            within = False
            continue
        cells = [cell.strip() for cell in line[1:-1].split("|")]
        if cells == columns:
            within = True
        elif within and set("".join(cells)) - set("-:"):
            yield heading, [cell.strip("`") for cell in cells]


def stored():
    """How many bytes each kind of column has."""
    widths = {}
    for _, (kinds, form, _) in tables("format.md", ["stored as", "type", "value"]):
        for kind in kinds.split(", "):
            widths[kind] = WIDTHS[form]
    return widths


class Table:
    """A kind of record: where each column begins in a row, and how it is stored."""

    def __init__(self, cells, columns, widths):
        number, self.record, self.file, length, owner, links = cells
        self.number, self.length = int(number), int(length)
        self.columns, at = {}, 0
        for name, kind in columns:
            kind, _, of = kind.partition(": ")
            self.columns[name] = (at, kind, of)
            at += widths[kind]
        self.links = []
        for link in links.split(", ") if links else []:
            what, place = link.split(" ")
            self.links.append((at, what, int(place)))
            at += 4
        assert at == self.length, f"{self.file} {self.record}: {at} bytes and not {length}"
        self.owner = owner.replace("`", "").split(" by ")[1] if owner else None


def schema():
    """All tables by number, the orders as table and column, and the lists by number."""
    columns = {}
    for file, (record, element, _, kind, _) in tables(
        "dmd.md", ["record", "element", "demanded", "stored as", "method"]
    ):
        columns.setdefault((file, record), []).append((element, kind))
    widths = stored()
    form = ["table", "record", "in", "bytes of a row", "belongs to", "links"]
    found = [
        Table(cells, columns[cells[2], cells[1]], widths) for _, cells in tables("format.md", form)
    ]
    orders = [
        (int(table), column)
        for _, (_, _, table, column) in tables("format.md", ["order", "name", "rows of table", "by"])
    ]
    lists = [element for _, (_, element) in tables("format.md", ["list", "element"])]
    return found, orders, lists

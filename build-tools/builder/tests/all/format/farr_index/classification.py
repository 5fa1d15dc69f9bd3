"""Classifications: rubrics, their texts and what these refer to."""

from . import words
from .file import NONE_U16, NONE_U32, expect
from .schema import tables
from .words import Words

MARKS = [None, "dagger", "asterisk"]


def letter_number(character):
    return ord(character) - ord("A") + 1


def key_of(letter, code):
    """The key of a code, as the document has it."""
    plain = code.replace(".", "")
    if letter == "M":
        return int.from_bytes(plain.encode("ascii").ljust(8, b"\0"), "big")
    category, further = plain[:3], plain[3:]
    digits = int(category[1]) << 4 | int(category[2])
    if letter == "O":
        fourth = int(further) + 1 if further else 0
        return letter_number(category[0]) << 12 | digits << 4 | fourth
    fourth = fifth = 0
    # An X in the fourth place that nothing follows only fills it.
    if len(further) == 2 or further not in ("", "X"):
        fourth = 1 if further[0] == "X" else int(further[0]) + 2
        fifth = int(further[1]) + 1 if len(further) == 2 else 0
    return letter_number(category[0]) << 16 | digits << 8 | fourth << 4 | fifth


class Classifications(Words):
    def rubrics(self, letter):
        self.kinds = [name for _, (_, name) in tables("format.md", ["kind", "name"])]
        count = self.items(letter + "RUB") - 1
        rubrics = [self.rubric(letter, number, count) for number in range(count)]
        keys = []
        for number in range(count):
            key = self.record(letter + "RUB", "QIIIIBBBBHH", number)[0]
            if rubrics[number]["kind"] == 2:
                expect(key == key_of(letter, rubrics[number]["code"]), "key of a code")
                expect(self.bucket(letter + "BKT", key) == number, "BKT")
                keys.append((key, number))
            else:
                expect(key == 0, "key of a chapter or block")
        order = self.u32s(letter + "ORD", 0, self.items(letter + "ORD"))
        expect(order == [number for _, number in sorted(keys)], "ORD")
        return rubrics

    def string(self, letter, start, length):
        return self.bytes(letter + "STR")[start : start + length].decode("utf-8")

    def rubric(self, letter, number, count):
        record = self.record(letter + "RUB", "QIIIIBBBBHH", number)
        _, above, end, first, start, length, kind, flags, zero, least, greatest = record
        last = self.record(letter + "RUB", "QIIIIBBBBHH", number + 1)[3]
        expect(zero == 0 and number < end <= count, "a rubric")
        parent = None
        if above != NONE_U32:
            parent = self.code(letter, above)
            expect(end <= self.record(letter + "RUB", "QIIIIBBBBHH", above)[2], "preorder")
        return {
            "code": self.string(letter, start, length),
            "kind": kind,
            "parent": parent,
            "descendants": [self.code(letter, below) for below in range(number + 1, end)],
            "modified": flags & 1 == 1,
            "mark": MARKS[flags >> 1 & 3],
            "valid": [None, True, False][flags >> 3 & 3],
            "sex": flags >> 5,
            "least_age": None if least == NONE_U16 else least,
            "greatest_age": None if greatest == NONE_U16 else greatest,
            "texts": [self.rubric_text(letter, at) for at in range(first, last)],
        }

    def code(self, letter, number):
        record = self.record(letter + "RUB", "QIIIIBBBBHH", number)
        return self.string(letter, record[4], record[5])

    def rubric_text(self, letter, number):
        start, both, first = self.record(letter + "TXR", "III", number)
        last = self.record(letter + "TXR", "III", number + 1)[2]
        references = []
        for at in range(first, last):
            begin, length, mark, partner = self.record(letter + "REF", "IHBB", at)
            references.append([self.string(letter, begin, length), MARKS[mark], partner == 1])
        return [self.kinds[both >> 24], self.string(letter, start, both & 0xFFFFFF), references]

    def texts_by_word(self, letter):
        found = {}
        self.rubrics(letter)
        for word, terms in self.terms_by_word(words.classification(letter)).items():
            texts = []
            for text, rubric in terms:
                first, last = (
                    self.record(letter + "RUB", "QIIIIBBBBHH", at)[3] for at in (rubric, rubric + 1)
                )
                expect(first <= text < last, "a text of another rubric")
                texts.append([self.code(letter, rubric), self.rubric_text(letter, text)[1]])
            found[word] = texts
        return found

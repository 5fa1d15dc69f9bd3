"""Term search: the words, and the terms that have each."""

from .file import File, expect, unpack

COMMON = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG"


SNOMED = ["RANK", "ZONE", "WRDS", "WPST", "PPST", "POST"]
DMD = ["DRNK", "DZON", "DWRD", "DWPS", "DPPS", "DPST"]


def classification(letter):
    return [letter + part for part in ("RNK", "ZON", "WRD", "WPS", "PPS", "PST")]


class Words(File):
    def words(self, tag):
        """Each word, by a walk of the FST, in the order of their numbers."""
        data = self.bytes(tag)
        version, _ = unpack("QQ", data)
        expect(version == 3, "version of the FST")
        count, root, _ = unpack("QQI", data, len(data) - 20)
        found, left = [], [(root, b"", 0)]
        while left:
            address, word, number = left.pop()
            final, final_output, transitions = node(data, address)
            if final:
                found.append((word, number + final_output))
            for byte, output, target in transitions:
                left.append((target, word + bytes([byte]), number + output))
        expect(len(found) == count == self.items(tag), "number of words")
        found.sort()
        expect([number for _, number in found] == list(range(count)), "numbers of words")
        words = [word.decode("utf-8") for word, _ in found]
        expect(all(1 <= len(word) <= 100 for word in words), "length of words")
        return words

    def ranks(self, tag, start):
        """The ranks of the set that starts at this byte, and where the set ends."""
        data = self.bytes(tag)
        first = unpack("I", data, start)[0]
        count = first & 0x7FFFFFFF
        if first >> 31 == 0:
            return list(unpack(f"{count}I", data, start + 4)), start + 4 + 4 * count
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
        return ranks, at

    def terms_by_word(self, tags):
        """The two numbers of each term that has a word, by word."""
        ranks, zones, vocabulary, word_postings, prefix_postings, postings = tags
        words, of_word, at = self.words(vocabulary), [], 0
        for number in range(len(words)):
            expect(self.u32(word_postings, number) == at, "sets of words one behind the other")
            found, at = self.ranks(postings, at)
            of_word.append(found)
        expect(self.u32(word_postings, len(words)) == at, "the end of the sets of words")
        for number in range(self.items(prefix_postings)):
            first, end, start = self.record(prefix_postings, "III", number)
            expect(start == at, "merged sets behind those")
            found, at = self.ranks(postings, at)
            united = {rank for ranks_of in of_word[first:end] for rank in ranks_of}
            expect(found == sorted(united), "a merged set")
        expect(at == len(self.bytes(postings)), "sets fill their section")
        ends = self.u32s(zones, 0, 4)
        expect(ends == sorted(ends) and ends[3] == self.items(ranks), "zones")
        record = [self.record(ranks, "II", rank) for rank in range(self.items(ranks))]
        return {word: [record[rank] for rank in of_word[number]] for number, word in enumerate(words)}

    def zone(self, tags, rank):
        """The zone of a rank, from 0."""
        return next(zone for zone, end in enumerate(self.u32s(tags[1], 0, 4)) if rank < end)


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

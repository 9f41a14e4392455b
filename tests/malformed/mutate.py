"""Damages the bytes of a file: the same damage for the same seed, on every machine.

`mutated(clips, number, seed)` is the whole interface. Each kind of damage is a function of the bytes, a random source
and the other clips.
"""
import random
import struct

HEADER_BYTES = 512
# Values that length and count fields handle badly.
ABSURD = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF]


def flip_bits(data, rng, _):
    for _ in range(rng.choice([1, 1, 2, 8, 64])):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def edit_header(data, rng, _):
    for _ in range(rng.choice([1, 2, 4, 16])):
        data[rng.randrange(min(HEADER_BYTES, len(data)))] = rng.randrange(256)


def absurd_size(data, rng, _):
    """Overwrites 2, 4 or 8 bytes with an absurd number, usually near the start, where lengths and counts are."""
    for _ in range(rng.choice([1, 1, 2, 4])):
        width, order = rng.choice([(2, "H"), (4, "I"), (8, "Q")]), rng.choice("<>")
        end = min(len(data), HEADER_BYTES) if rng.random() < 0.7 else len(data)
        if end <= width[0]:
            continue
        value = rng.choice(ABSURD)
        if width[0] == 8 and rng.random() < 0.5:
            value = (value << 32) | 0xFFFFFFFF
        at = rng.randrange(end - width[0])
        data[at:at + width[0]] = struct.pack(order + width[1], value & ((1 << 8 * width[0]) - 1))


def truncate(data, rng, _):
    del data[rng.randrange(1, len(data)):]


def cut_out(data, rng, _):
    start = rng.randrange(len(data))
    del data[start:start + rng.randrange(1, max(2, len(data) // 4))]


def swap_chunks(data, rng, _):
    size = rng.choice([4, 16, 188, 512, 4096])
    if len(data) < 2 * size:
        return
    a, b = sorted(rng.sample(range(0, len(data) - size), 2))
    if b - a < size:
        return
    data[a:a + size], data[b:b + size] = data[b:b + size], data[a:a + size]


def repeat_chunk(data, rng, _):
    start = rng.randrange(len(data))
    chunk = bytes(data[start:start + rng.choice([8, 64, 512, 4096])])
    data[start:start] = chunk * rng.choice([1, 2, 16])


def splice(data, rng, others):
    """The start of one file and the rest of another, often of another format."""
    other = rng.choice(others)
    keep = rng.randrange(1, len(data)) if rng.random() < 0.5 else rng.randrange(1, min(HEADER_BYTES, len(data)))
    data[keep:] = other[rng.randrange(len(other)):]


def insert_foreign(data, rng, others):
    other = rng.choice(others)
    start = rng.randrange(len(other))
    at = rng.randrange(len(data))
    data[at:at] = other[start:start + rng.choice([16, 256, 4096])]


def blank(data, rng, _):
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice([4, 64, 1024, 16384]))
    data[start:end] = bytes([rng.choice([0, 0xFF])]) * (end - start)


def noise(data, rng, _):
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice([4, 64, 1024, 16384]))
    data[start:end] = rng.randbytes(end - start)


KINDS = [flip_bits, edit_header, absurd_size, truncate, cut_out, swap_chunks, repeat_chunk, splice, insert_foreign,
         blank, noise]


def mutated(clips, number, seed):
    """The name and bytes of damaged file `number`. `clips`: list of (name, bytes), always in the same order."""
    rng = random.Random(f"{seed}/{number}")
    name, whole = clips[number % len(clips)]
    data = bytearray(whole)
    kinds = [rng.choice(KINDS) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
    for kind in kinds:
        if len(data) > 1:
            kind(data, rng, [bytes_ for _, bytes_ in clips])
    stem, extension = name.rsplit(".", 1)
    return f"{number:06}-{'-'.join(k.__name__ for k in kinds)}-{stem}.{extension}", bytes(data)

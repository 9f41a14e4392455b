"""Checks that the charts of a report of `tune` are drawn: tune_page.py PNG, a screenshot in the light theme.

Counts the pixels of each colour that engine/report/tune_style.h gives to a curve, a label or a kind of window. Every
minimum is more than the legends contain. Exits with 1 and one line for each that is missing.
"""

import struct
import sys
import zlib
from collections import namedtuple

# The minimum of pixels of a colour, and of columns from the first to the last one.
Wanted = namedtuple("Wanted", "what colour pixels columns")
WANTED = [
    Wanted("curve of what is moved", 0x2563EB, 400, 100),
    Wanted("curve of what is shown", 0x0D9B8C, 180, 60),
    Wanted("histogram of same", 0x2F9E5B, 600, 10),
    Wanted("histogram of different", 0xD4483E, 600, 10),
    Wanted("strips", 0x5CBF93, 2000, 400),
]


def pixels_of(path):
    """Rows of 0xRRGGBB. Supports only what a browser writes: 8 bits per channel, no interlacing."""
    data = open(path, "rb").read()
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        sys.exit(f"{path} is no PNG")
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", body)
        if kind == b"IDAT":
            packed += body
        at += length + 12
    if depth != 8 or colour not in (2, 6) or interlace:
        sys.exit(f"{path}: a kind of PNG that is not expected here")
    step = 3 if colour == 2 else 4
    raw, stride, before = zlib.decompress(packed), width * step, bytearray(width * step)
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        unfilter(kind, line, before, step)
        yield [line[x] << 16 | line[x + 1] << 8 | line[x + 2] for x in range(0, stride, step)]
        before = line


def unfilter(kind, line, up, step):
    for i in range(len(line)) if kind else ():
        left = line[i - step] if i >= step else 0
        corner = up[i - step] if i >= step else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up[i]
        elif kind == 3:
            guess = (left + up[i]) // 2
        else:
            guess = min((abs(up[i] - corner), 0, left), (abs(left - corner), 1, up[i]),
                        (abs(left + up[i] - 2 * corner), 2, corner))[2]
        line[i] = (line[i] + guess) & 255


def main(path):
    count = {wanted.colour: 0 for wanted in WANTED}
    columns = {wanted.colour: [] for wanted in WANTED}
    for row in pixels_of(path):
        for colour in count.keys() & set(row):
            count[colour] += row.count(colour)
            columns[colour] += [row.index(colour), len(row) - 1 - row[::-1].index(colour)]
    missing = 0
    for wanted in WANTED:
        span = max(columns[wanted.colour], default=0) - min(columns[wanted.colour], default=0)
        drawn = count[wanted.colour] >= wanted.pixels and span >= wanted.columns
        print(f"{wanted.what}: {count[wanted.colour]} pixels, {span} columns{'' if drawn else ': NOT DRAWN'}")
        missing += not drawn
    return 1 if missing else 0


sys.exit(main(sys.argv[1]))

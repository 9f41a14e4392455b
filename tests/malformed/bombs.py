#!/usr/bin/env python3
"""Small files that claim or expand to something huge: bombs.py FOLDER [--slow]

--slow: only the file that keeps a decoder busy until its limit of processor time.
"""
import pathlib
import struct
import sys


def crc(data, polynomial, bits):
    value = 0
    for byte in data:
        value ^= byte << (bits - 8)
        for _ in range(8):
            value = (value << 1) ^ (polynomial if value >> (bits - 1) & 1 else 0)
            value &= (1 << bits) - 1
    return value


def flac_frame(number):
    """65,535 samples of silence in eight channels: constant subframes, 30 bytes."""
    assert number < 0x80
    head = bytes([0xFF, 0xF8, 0x79, 0x78, number]) + struct.pack(">H", 65534)
    frame = head + bytes([crc(head, 0x07, 8)]) + bytes([0x00, 0, 0]) * 8
    return frame + struct.pack(">H", crc(frame, 0x8005, 16))


def flac_header(samples):
    rate, channels, bits = 44100, 8, 16
    packed = rate << 44 | (channels - 1) << 41 | (bits - 1) << 36 | samples
    return struct.pack(">HH", 65535, 65535) + bytes(6) + struct.pack(">Q", packed) + bytes(16)


def flac_silence():
    """Sixteen kilobytes that expand to half a gigabyte, and claim to last 18 days."""
    info = flac_header((1 << 36) - 1)
    return b"fLaC" + bytes([0x80]) + len(info).to_bytes(3, "big") + info + b"".join(flac_frame(i % 128) for i in range(512))


def box(name, *parts):
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def mp4(tables, media, header=b""):
    """An MP4 file with FLAC in it and these sample tables; `media` follows the header of the boxes."""
    ftyp = box(b"ftyp", b"isomiso2mp41")
    info = bytes([0x80]) + len(flac_header(0)).to_bytes(3, "big") + flac_header(0)
    entry = box(b"fLaC", bytes(6), struct.pack(">H", 1), bytes(8), struct.pack(">HHIHH", 8, 16, 0, 44100, 0),
                box(b"dfLa", bytes(4), info))
    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    mvhd = box(b"mvhd", bytes(12), struct.pack(">II", 44100, 0x7FFFFFFF), bytes(16), matrix, bytes(24), b"\0\0\0\2")
    tkhd = box(b"tkhd", struct.pack(">IIIIII", 7, 0, 0, 1, 0, 0x7FFFFFFF), bytes(16), matrix, bytes(8))
    mdhd = box(b"mdhd", bytes(12), struct.pack(">IIHH", 44100, 0x7FFFFFFF, 0x55C4, 0))
    hdlr = box(b"hdlr", bytes(8), b"soun", bytes(13))
    dinf = box(b"dinf", box(b"dref", struct.pack(">II", 0, 1), box(b"url ", b"\0\0\0\1")))
    stsd = box(b"stsd", struct.pack(">II", 0, 1), entry)
    minf = box(b"minf", box(b"smhd", bytes(8)), dinf, box(b"stbl", stsd, *tables))
    moov = box(b"moov", mvhd, box(b"trak", tkhd, box(b"mdia", mdhd, hdlr, minf)), header)
    return ftyp + box(b"mdat", media) + moov


def mp4_repeated():
    """One frame of silence, two megabytes decoded. The chunk table lists it two thousand times: four gigabytes."""
    count, frame = 2000, flac_frame(0)
    offset = 20 + 8
    return mp4([box(b"stts", struct.pack(">IIII", 0, 1, count, 65535)),
                box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1)),
                box(b"stsz", struct.pack(">III", 0, len(frame), count)),
                box(b"stco", struct.pack(">II", 0, count), struct.pack(">I", offset) * count)], frame)


def mp4_declared():
    """Two thousand million samples of one byte, declared in a file of one kilobyte."""
    return mp4([box(b"stts", struct.pack(">IIII", 0, 1, 0x7FFFFFFF, 65535)),
                box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 0x7FFFFFFF, 1)),
                box(b"stsz", struct.pack(">III", 0, 1, 0x7FFFFFFF)),
                box(b"stco", struct.pack(">III", 0, 1, 28))], flac_frame(0))


def mp4_nested():
    """Nested boxes, ten thousand deep."""
    inner = b""
    for _ in range(10_000):
        inner = box(b"udta", inner)
    return mp4([], flac_frame(0), inner)


def wav_declared():
    return (b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 2, 44100, 176400, 4, 16)
            + b"data\xff\xff\xff\xff" + bytes(1000))


def id3(frames):
    size = len(frames)
    syncsafe = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + syncsafe + frames


def mp3_chapters():
    """A hundred thousand chapters, and no audio."""
    chapter = b"".join([b"CHAP", struct.pack(">I", 20), b"\0\0", b"abc\0", bytes(16)])
    return id3(chapter * 100_000) + b"\xff\xfb\x90\0" + bytes(2000)


def mp3_huge_tag():
    return b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + b"APIC\x7f\x7f\x7f\x7f\0\0" + bytes(1000)


def ogg_page(sequence, body, flags):
    segments = [255] * (len(body) // 255) + [len(body) % 255]
    page = bytearray(b"OggS\0" + bytes([flags]) + struct.pack("<qIII", 0, 1, sequence, 0) + bytes([len(segments)])
                     + bytes(segments) + body)
    page[22:26] = struct.pack("<I", crc(page, 0x04C11DB7, 32))
    return bytes(page)


def opus_comments():
    """A comment header that claims four thousand million entries."""
    head = b"OpusHead\x01\x02" + struct.pack("<HIhB", 312, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"bomb" + struct.pack("<I", 0xFFFFFFFF) + bytes(500)
    return ogg_page(0, head, 2) + ogg_page(1, tags, 0)


def vorbis_chapters():
    """A hundred thousand chapters with one name: libav compares each with all before it, for minutes."""
    entries = [f"CHAPTER{i:03}=00:00:00.000".encode() for i in range(100_000)]
    body = struct.pack("<I", 0) + struct.pack("<I", len(entries)) + b"".join(struct.pack("<I", len(e)) + e for e in entries)
    info = flac_header(0)
    return (b"fLaC" + bytes([0x00]) + len(info).to_bytes(3, "big") + info
            + bytes([0x84]) + len(body).to_bytes(3, "big") + body + b"".join(flac_frame(i) for i in range(8)))


BOMBS = {"silence.flac": flac_silence, "repeated.m4a": mp4_repeated, "declared.m4a": mp4_declared,
         "nested.m4a": mp4_nested, "declared.wav": wav_declared, "chapters.mp3": mp3_chapters,
         "huge_tag.mp3": mp3_huge_tag, "comments.opus": opus_comments}
SLOW = {"chapters.flac": vorbis_chapters}


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, make in (SLOW if "--slow" in sys.argv else BOMBS).items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main()

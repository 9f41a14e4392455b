"""Small clips: every format that ffmpeg writes, Musepack, and simple formats that ffmpeg can only read."""
import pathlib
import shutil
import struct
import subprocess

# Name, options; encoded from the test clip, with its tags.
ENCODED = [
    ("cbr.mp3", "-b:a 128k -write_id3v1 1"),
    ("vbr.mp3", "-q:a 2 -id3v2_version 3"),
    ("plain.mp3", "-b:a 64k -ac 1 -write_xing 0 -id3v2_version 0 -map_metadata -1"),
    ("s16.flac", "-sample_fmt s16"),
    ("s24.flac", "-sample_fmt s32 -bits_per_raw_sample 24"),
    ("aac.m4a", "-c:a aac -b:a 96k"),
    ("fragmented.m4a", "-c:a aac -b:a 96k -movflags frag_keyframe+empty_moov"),
    ("alac.m4a", "-c:a alac -sample_fmt s16p"),
    ("video.mp4", "-c:a aac -b:a 64k"),
    ("adts.aac", "-c:a aac -b:a 96k"),
    ("opus.opus", "-c:a libopus -b:a 64k"),
    ("vorbis.ogg", "-c:a libvorbis -q:a 3"),
    ("flac.oga", "-c:a flac -sample_fmt s16"),
    ("v2.wma", "-c:a wmav2 -b:a 96k"),
    ("wavpack.wv", "-c:a wavpack -sample_fmt s16p"),
    ("tta.tta", "-c:a tta -sample_fmt s16"),
    ("s16.wav", "-c:a pcm_s16le -ar 22050"),
    ("float.wav", "-c:a pcm_f32le -ar 16000"),
    ("adpcm.wav", "-c:a adpcm_ms"),
    ("s16.aiff", "-write_id3v2 1 -ar 22050"),
    ("flac.mka", "-c:a flac -sample_fmt s16"),
    ("vorbis.mka", "-c:a libvorbis -q:a 3"),
]

CHAPTERS = """;FFMETADATA1
title=Chapters
[CHAPTER]
TIMEBASE=1/1000
START=0
END=1500
title=one
[CHAPTER]
TIMEBASE=1/1000
START=1500
END=4000
title=two
"""


def dsf(seconds=1):
    """One channel of one-bit noise."""
    rate, block = 2822400, 4096
    blocks = rate * seconds // 8 // block
    state, bits = 1, bytearray()
    for _ in range(blocks * block):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        bits.append(state >> 24)
    fmt = b"fmt " + struct.pack("<QIIIIIIQII", 52, 1, 0, 1, 1, rate, 1, blocks * block * 8, block, 0)
    data = b"data" + struct.pack("<Q", 12 + len(bits)) + bytes(bits)
    return b"DSD " + struct.pack("<QQQ", 28, 28 + len(fmt) + len(data), 0) + fmt + data


def musepack(ffmpeg, source, folder, seconds):
    """Encoded by its own encoder, if that is installed."""
    if not shutil.which("mpcenc"):
        return []
    wav, out = folder / "musepack.wav", folder / "sv8.mpc"
    subprocess.run([*ffmpeg, "-t", str(seconds), "-i", source, wav], check=True)
    subprocess.run(["mpcenc", "--silent", "--overwrite", "--title", "Nebula", wav, out], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return [(out.name, out.read_bytes())]


def make_clips(source, folder, seconds=4):
    """[(name, bytes)], sorted by name; `folder` is used for temporary files. Skips what this ffmpeg can't encode."""
    folder = pathlib.Path(folder)
    chapters, picture = folder / "chapters.txt", folder / "cover.png"
    chapters.write_text(CHAPTERS)
    ffmpeg = ["ffmpeg", "-nostdin", "-v", "error", "-y"]
    subprocess.run([*ffmpeg, "-f", "lavfi", "-i", "color=red:s=48x48:d=1", "-frames:v", "1", picture], check=True)
    clips = [("noise.dsf", dsf()), *musepack(ffmpeg, source, folder, seconds)]
    for name, options in ENCODED:
        out = folder / name
        inputs, maps = ["-t", str(seconds), "-i", source], ["-map", "0:a:0"]
        if name in ("cbr.mp3", "s24.flac", "aac.m4a"):
            inputs += ["-i", picture, "-f", "ffmetadata", "-i", chapters]
            maps += ["-map", "1:v:0", "-c:v", "copy", "-disposition:v", "attached_pic", "-map_chapters", "2"]
        if name == "video.mp4":
            inputs += ["-f", "lavfi", "-i", f"testsrc=s=64x64:r=5:d={seconds}"]
            maps += ["-map", "1:v:0", "-c:v", "mpeg4"]
        done = subprocess.run([*ffmpeg, *inputs, *maps, "-map_metadata", "0:s:0", *options.split(),
                               "-fflags", "+bitexact", "-flags:a", "+bitexact", out], check=False)
        if done.returncode == 0:
            clips.append((name, out.read_bytes()))
    return sorted(clips)

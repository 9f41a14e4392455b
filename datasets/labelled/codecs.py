"""Encoders, and the ffmpeg command lines that every treatment uses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Codec:
    extension: str
    encoder: tuple


def _codec(extension, *encoder):
    return Codec(extension, encoder)


# FFmpeg's MP3, Vorbis, AAC and WMA at 44.1 kHz whatever the source has; Opus knows 48 kHz alone.
_CD = ("-ar", "44100")
CODECS = {
    "flac": _codec("flac", "-c:a", "flac"),
    "wav": _codec("wav", "-c:a", "pcm_s16le"),
    "alac": _codec("m4a", "-c:a", "alac"),
    "wavpack": _codec("wv", "-c:a", "wavpack"),
    "mp3_320": _codec("mp3", *_CD, "-c:a", "libmp3lame", "-b:a", "320k"),
    "mp3_v0": _codec("mp3", *_CD, "-c:a", "libmp3lame", "-q:a", "0"),
    "mp3_192": _codec("mp3", *_CD, "-c:a", "libmp3lame", "-b:a", "192k"),
    "mp3_128": _codec("mp3", *_CD, "-c:a", "libmp3lame", "-b:a", "128k"),
    "mp3_64": _codec("mp3", *_CD, "-c:a", "libmp3lame", "-b:a", "64k"),
    # 24 kHz is what the `lame` program itself takes at 40 kb/s.
    "mp3_40": _codec("mp3", "-ar", "24000", "-c:a", "libmp3lame", "-b:a", "40k"),
    "aac_128": _codec("m4a", *_CD, "-c:a", "aac", "-b:a", "128k"),
    "aac_64": _codec("m4a", *_CD, "-c:a", "aac", "-b:a", "64k"),
    "opus_96": _codec("opus", "-ar", "48000", "-c:a", "libopus", "-b:a", "96k"),
    "opus_48": _codec("opus", "-ar", "48000", "-c:a", "libopus", "-b:a", "48k"),
    "vorbis_q3": _codec("ogg", *_CD, "-c:a", "libvorbis", "-q:a", "3"),
    # What old encoders leave: no tag that tells the delay, so players hear it.
    "mp3_bare_128": _codec("mp3", *_CD, "-c:a", "libmp3lame", "-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0"),
    "adts_128": _codec("aac", *_CD, "-c:a", "aac", "-b:a", "128k"),
    "wma_128": _codec("wma", *_CD, "-c:a", "wmav2", "-b:a", "128k"),
}
HIGH = ("mp3_v0", "mp3_128", "aac_128", "opus_96", "vorbis_q3")  # from 96 kb/s up
LOW = ("mp3_64", "mp3_40", "aac_64", "opus_48")                  # below

_BEGIN = ("ffmpeg", "-nostdin", "-v", "error", "-y", "-threads", "1", "-filter_threads", "1")
_BITEXACT = ("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")


def encode(codec, filters="", source="@in0", target="@out", options=()):
    """One input, one chain of filters, one output. `options` come after the encoder's own and win over them."""
    chain = ("-af", filters) if filters else ()
    return (*_BEGIN, "-i", source, "-map", "0:a:0", *chain, *CODECS[codec].encoder, *options, *_BITEXACT, target)


def mix(codec, graph, sources, target="@out"):
    """Several inputs and a filter graph that ends in [out]."""
    inputs = tuple(word for source in sources for word in ("-i", source))
    return (*_BEGIN, "-filter_complex_threads", "1", *inputs, "-filter_complex", graph, "-map", "[out]",
            *CODECS[codec].encoder, *_BITEXACT, target)


def generate(codec, graph, target="@out"):
    """Audio out of nothing but a lavfi graph."""
    return (*_BEGIN, "-f", "lavfi", "-i", graph, *CODECS[codec].encoder, *_BITEXACT, target)

#!/usr/bin/env bash
# What was measured in the sound takes precedence over what the format claims: sample rate, bit rate, bits, channels.
# If they contradict each other, the user is asked.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
make() { ffmpeg -nostdin -v error -y "$@"; }

# master.wav: stereo, 24 bits, with sound up to 20 kHz like music; dual.wav: the same in both channels.
song 1 "$work/notes.wav" 20
make -i "$work/notes.wav" -filter_complex "anoisesrc=a=0.02:r=44100:seed=7:d=20[n];anoisesrc=a=0.02:r=44100:seed=8:d=20[m];
  [n][m]join=inputs=2:channel_layout=stereo[s];[0:a]aeval=.7*val(0)|.5*val(1)+.2*sin(1800*t)*val(0)[a];[a][s]amix=inputs=2:normalize=0" \
  -c:a pcm_s24le "$work/master.wav"
make -i "$work/master.wav" -af "pan=stereo|c0=.5*c0+.5*c1|c1=.5*c0+.5*c1" -c:a pcm_s16le "$work/dual.wav"

# beside NAME: starts a library; the following commands add files to $here.
beside() {
  here=$work/$1
  db=$work/db-$1
  mkdir "$here"
}
of() { # FILE OPTIONS...: from the master
  local file=$1
  shift
  make -i "$work/master.wav" "$@" "$here/$file"
}
planned() {
  expect 0 echofold scan --extension mp2 "$here"
  expect 0 echofold plan --format ndjson
  json 'len(rows) == 1'
}

beside telephone # MP3 320 and PCM at 8 kHz
of good.mp3 -b:a 320k
of phone.wav -ar 8000 -ac 1
planned
is_fate good.mp3 'keep: *'
is_fate phone.wav '*: fewer channels*'

beside encoded_again # a narrow MP3 of 64 kb/s, encoded again at 320, and a genuine one of 192
of 64.mp3 -b:a 64k
make -i "$here/64.mp3" -b:a 320k "$here/again.mp3"
rm "$here/64.mp3"
of honest.mp3 -b:a 192k
planned
is_fate honest.mp3 'keep: *'
is_fate again.mp3 'move: nothing above 1?.? kHz'

beside eight_bits # and the 16 bits that they were made from
of sixteen.wav -c:a pcm_s16le
of eight.wav -c:a pcm_u8
planned
is_fate sixteen.wav 'keep: more than 8 bits'
is_fate eight.wav 'move: only 8 bits'
json 'not any("dual mono" in s for r in rows for d in r["drop"] for s in d["signs"])'

beside eight_bits_and_lossy # 8 bits have noise
of eight.wav -c:a pcm_u8
of good.mp3 -b:a 320k
planned
is_fate good.mp3 'keep: *'
is_fate eight.wav 'review: only 8 bits; to review: *lossless*'

beside dsd # has no bit depth
# 8 one-bit samples for each PCM sample at 88.2 kHz; its level determines how many of them are set.
make -i "$work/master.wav" -af "pan=mono|c0=.5*c0+.5*c1" -ar 88200 -f s16le "$work/dsd.raw"
python3 - "$work/dsd.raw" "$here/song.dsf" <<'PY'
import array, struct, sys
pcm = array.array("h", open(sys.argv[1], "rb").read())
bits = [(1 << n) - 1 for n in range(9)]
out, error = bytearray(), 0.0
for sample in pcm:
    wanted = 4 + sample / 16384 + error
    ones = 0 if wanted < 0.5 else 8 if wanted > 7.5 else int(wanted + 0.5)
    error = wanted - ones
    out.append(bits[ones])
samples = 8 * len(out)
out += bytes(-len(out) % 4096)
head = b"DSD " + struct.pack("<QQQ", 28, 28 + 52 + 12 + len(out), 0)
head += b"fmt " + struct.pack("<QIIIIIIQII", 52, 1, 0, 1, 1, 705600, 1, samples, 4096, 0)
open(sys.argv[2], "wb").write(head + b"data" + struct.pack("<Q", 12 + len(out)) + out)
PY
make -i "$work/master.wav" -ac 1 -c:a pcm_s24le -ar 96000 "$here/pcm.wav"
planned
json '[d["action"] for d in rows[0]["drop"]] == ["review"] and "DSD has no bit depth" in rows[0]["drop"][0]["why"]'

beside silent_channels # are none
of six.flac -af "pan=5.1|FL=FL|FR=FR" -sample_fmt s16
of two.flac -sample_fmt s32 -bits_per_raw_sample 24
of half.flac -af "pan=stereo|c0=c0+c1|c1=0*c1,volume=.5" -sample_fmt s32 -bits_per_raw_sample 24
planned
is_fate two.flac 'keep: *'
is_fate six.flac 'move: lower bit depth'
is_fate half.flac 'move: sound in 1 of 2 channels'

beside silent_channels_lossy
of six.mka -af "pan=5.1|FL=FL|FR=FR" -c:a ac3 -b:a 192k
of two.mp3 -b:a 320k
planned
is_fate two.mp3 'keep: *'

beside mono_of_48_khz
of one.flac -ac 1 -ar 48000 -sample_fmt s32 -bits_per_raw_sample 24
of two.flac -sample_fmt s16
planned
is_fate two.flac 'keep: more channels'
is_fate one.flac 'review: fewer channels; to review: it uses 24 bits*'

beside dual_mono_and_stereo # the lossless one needs a question: the source of the other is unknown
make -i "$work/dual.wav" "$here/dual.flac"
of two.mp3 -b:a 320k
planned
is_fate two.mp3 'keep: more channels'
is_fate dual.flac 'review: dual mono; to review: it is lossless, the other is not*'

beside floating_point # with unmeasured bits
of float.wav -c:a pcm_f32le
of sixteen.flac -sample_fmt s16
planned
is_fate sixteen.flac 'review: lower bit depth; to review: the bits that the other uses were not measured'

beside dual_mono # what encoders make of it is not a second channel
make -i "$work/dual.wav" "$here/dual.flac"
encoded() { make -i "$work/dual.wav" "${@:2}" "$here/$1" & }
encoded 48.m4a -c:a aac -b:a 48k
encoded 96.m4a -c:a aac -b:a 96k
encoded 192.m4a -c:a aac -b:a 192k
encoded 64.mp2 -b:a 64k
encoded 192.mp2 -b:a 192k
encoded 32.opus -c:a libopus -b:a 32k
encoded 96.opus -c:a libopus -b:a 96k
encoded 64.mka -c:a ac3 -b:a 64k
encoded 192.mka -c:a ac3 -b:a 192k
encoded 64.mp3 -b:a 64k
encoded plain.mp3 -b:a 128k -joint_stereo 0
encoded 3.ogg -c:a libvorbis -q:a 3
encoded 64.wma -c:a wmav2 -b:a 64k
wait
planned
is_fate dual.flac 'keep: lossless'
json 'len(rows[0]["drop"]) == 13 and all(d["quality"]["distinct_channels"] == 1 for d in rows[0]["drop"])'
json 'all(d["why"].startswith("lossy") for d in rows[0]["drop"])'

#!/usr/bin/env bash
# Lyrics, cue sheets, karaoke graphics and correction files move with their music; or nothing moves, with a reason.
# undo restores bytes, modes and times.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
mkdir "$music/a" "$music/b"
restored() {
  expect 0 echofold undo
  tree "$music" >"$work/after"
  diff "$work/before" "$work/after" || fail "undo did not restore the tree: $1"
}
gone() { for name in "$@"; do [ ! -e "$music/$name" ] || fail "an orphan stays: $name"; done; }
there() { for name in "$@"; do [ -e "$music/$name" ] || { find "$music"; fail "is not there: $name"; }; done; }

# Both copies have lyrics; the loser also has notes: all its files move with it.
song 1 "$music/a/one.flac"
convert "$music/a/one.flac" "$music/b/eins.mp3" -b:a 128k
echo '[00:01]la' >"$music/a/one.lrc"
echo '[00:01]la la' >"$music/b/eins.lrc"
echo 'crc' >"$music/b/eins.mp3.md5"
chmod 640 "$music/b/eins.lrc"
touch -d '2001-02-03 04:05:06' "$music/b/eins.lrc"
tree "$music" >"$work/before"
expect 0 echofold dedupe "$music" --apply
says "1 set aside, 2 partner files"
gone b/eins.mp3 b/eins.lrc b/eins.mp3.md5
there a/one.flac a/one.lrc
[ "$(find "$music/.echofold-duplicates" -path '*/b/eins.*' | wc -l)" = 3 ] || fail "they did not go along"
expect 0 echofold history --format ndjson
json 'rows[0]["set_aside"] == 1 and rows[0]["along"] == rows[0]["partner_files"] == 2'
restored dedupe
expect 0 echofold history
says "1 set aside, 2 partner files"
says "taken back"

# --keep-path: the keeper's partners are renamed with it, and the FILE line of its cue sheet is updated.
printf 'FILE "one.wav" WAVE\r\n  TRACK 01 AUDIO\r\n' >"$music/a/one.cue"
tree "$music" >"$work/before"
expect 0 echofold dedupe "$music" --again --apply --keep-path --no-playlists --format ndjson
json 'sorted(r["path"].split("/")[-1] for r in rows if r["schema"] == "echofold.applied/1" and "goes_with" in r) == ["eins.lrc", "eins.mp3.md5", "one.cue", "one.lrc"]'
there b/eins.flac b/eins.lrc b/eins.cue
gone a/one.flac a/one.lrc a/one.cue
printf 'FILE "eins.wav" WAVE\r\n  TRACK 01 AUDIO\r\n' | cmp - "$music/b/eins.cue" || fail "the FILE line did not follow"
restored keep-path

# organize does the same.
ffmpeg -nostdin -v error -y -i "$music/a/one.flac" -c copy -metadata artist=C -metadata album=B -metadata title=Eins "$work/t.flac"
mv "$work/t.flac" "$music/a/one.flac"
expect 0 echofold scan "$music"
tree "$music" >"$work/before"
expect 0 echofold organize --apply "$music/a"
there C/B/Eins.flac C/B/Eins.lrc C/B/Eins.cue
printf 'FILE "Eins.wav" WAVE\r\n  TRACK 01 AUDIO\r\n' | cmp - "$music/C/B/Eins.cue" || fail "the FILE line did not follow organize"
gone a/one.lrc a/one.cue
restored organize

# Partners that the keeper lacks are asked about, by name. What undo restored would stay.
rm "$music/a/one.lrc"
expect 0 echofold dedupe --again "$music" --apply
says "has lyrics beside it that the other lacks: eins.lrc"
there b/eins.mp3 b/eins.lrc
mv "$music/b/eins.lrc" "$music/b/eins.cdg"
expect 0 echofold plan --again --format ndjson
json 'rows[0]["drop"][0]["action"] == "review" and "karaoke graphics" in rows[0]["drop"][0]["why"]'
expect 0 echofold plan --format ndjson # without --again it stays, without a question
json 'rows[0]["drop"][0]["action"] == "none" and "took it back" in rows[0]["drop"][0]["why"] and "to review" not in rows[0]["drop"][0]["why"]'
rm "$music/b/eins.cdg"

# The cue sheet names music that stays: nothing moves, with a reason.
cp "$music/a/one.flac" "$music/b/other.flac"
song 3 "$music/b/other.flac"
printf 'FILE "eins.mp3" MP3\nFILE "other.flac" WAVE\n' >"$music/b/album.cue"
cp "$music/b/album.cue" "$music/a/album.cue"
printf 'FILE "one.flac" WAVE\n' >"$music/a/album.cue"
expect 1 echofold dedupe --again "$music" --apply
says "album.cue names it and other.flac, which stays"
there b/eins.mp3 b/album.cue
rm "$music/b/album.cue" "$music/a/album.cue"

# Lyrics that another file with the name needs stay with that file.
convert "$music/b/other.flac" "$music/b/eins.ogg"
echo words >"$music/b/eins.lrc"
expect 0 echofold dedupe --again "$music" --format ndjson
json 'len(rows) == 2 and all(d["action"] == "review" and "lyrics" in d["why"] for r in rows for d in r["drop"])'
song 4 "$music/b/eins.ogg"
expect 0 echofold dedupe --again "$music" --apply
gone b/eins.mp3
there b/eins.lrc b/other.flac

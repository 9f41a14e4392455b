#!/usr/bin/env bash
# Real files of several formats get their names from their tags, nothing is decoded again, and undo restores the tree.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
mkdir "$music/in"
number=0
for format in flac mp3 ogg m4a wma wv; do
  number=$((number + 1))
  ffmpeg -nostdin -v error -y -f lavfi -i "sine=frequency=$((200 + 40 * number)):duration=1" \
    -metadata artist="AC/DC" -metadata album_artist="AC/DC" -metadata album="T.N.T." -metadata track="$number/6" \
    -metadata title="What? $format" "$music/in/$number.$format"
done
ffmpeg -nostdin -v error -y -f lavfi -i "sine=frequency=900:duration=1" "$music/in/untagged.mp3"
echo words >"$music/in/1.lrc"
echo art >"$music/in/cover.jpg"
expect 10 echofold organize
expect 0 echofold scan "$music"
tree "$music" >"$work/before"

expect 0 echofold organize
says "7 to rename, 1 left alone; nothing was renamed"
says "left alone $music/in/untagged.mp3: its tags have no artist"
says 'nothing was renamed: `--apply` does it'
echo nonsense >"$music/in/broken.mp3"
expect 1 echofold scan "$music"
expect 0 echofold organize
says "left alone $music/in/broken.mp3: it can't be read: \`stats\` says why"
rm "$music/in/broken.mp3"
expect 0 echofold scan "$music"
tree "$music" >"$work/before"
expect 0 echofold organize --format ndjson
json 'len(rows) == 8 and all(r["schema"] == "echofold.rename/1" and not r["renamed"] for r in rows)'
json 'sum("to" in r for r in rows) == 7 and [r["skipped"] is not None for r in rows if "to" not in r] == [True]'
tree "$music" >"$work/planned"
cmp "$work/before" "$work/planned" || fail "a plan touched the tree"

expect 0 echofold organize --apply
number=0
for format in flac mp3 ogg m4a wma wv; do
  number=$((number + 1))
  [ -f "$music/AC_DC/T.N.T/0$number What_ $format.$format" ] || { find "$music"; fail "no name for $format"; }
done
[ -f "$music/AC_DC/T.N.T/01 What_ flac.lrc" ] || fail "the words did not go along"
[ -f "$music/in/cover.jpg" ] || fail "the cover went although one track stayed"
expect 0 echofold scan "$music"
says "7 unchanged"
expect 0 echofold organize
says "6 well named, 1 left alone"
expect 0 echofold history --format ndjson
json 'rows[0]["kind"] == "organize" and rows[0]["set_aside"] == 7'
expect 0 echofold undo
tree "$music" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"
expect 0 echofold scan "$music"
says "7 unchanged"

expect 2 echofold organize --template '{artist}/{titel}'
says 'column 11: there is no field `titel`'
mkdir -p "$HOME/.config/echofold"
printf '[organize]\ntemplate = "{track} {title}"\n' >"$HOME/.config/echofold/config.toml"
expect 0 echofold organize "$music/in/1.flac"
says "  -> $music/1 What_ flac.flac"
expect 0 echofold organize --into "$music/by number" --template '{track:3}' --apply
[ -f "$music/by number/006.wv" ] || fail "--into was not obeyed"
printf '[organize]\ntemplat = "x"\n' >"$HOME/.config/echofold/config.toml"
expect 2 echofold organize
says 'unknown key `organize.templat`'

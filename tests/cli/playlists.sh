#!/usr/bin/env bash
# Playlists are updated for what dedupe, --keep-path and organize move, in every encoding and through links; entries
# that can't be are listed once; undo restores every byte.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
data=$work/data
mkdir "$music/a" "$music/lists" "$data" "$data/b"
ln -s "$data" "$music/link"
song 1 "$music/a/Größe.flac"
ffmpeg -nostdin -v error -y -i "$music/a/Größe.flac" -b:a 128k "$data/b/Größe – alt.mp3"
song 2 "$music/a/two.flac"
convert "$music/a/two.flac" "$music/a/two.mp3" -b:a 128k
lists=$music/lists
printf '#EXTM3U\r\n../link/b/Gr%%C3%%B6%%C3%%9Fe%%20%%E2%%80%%93%%20alt.mp3\r\n' >"$lists/percent.m3u8"
printf '#EXTM3U\r\n%s/link/b/Gr\xf6\xdfe \x96 alt.mp3\r\n# caf\xe9\r\n' "$music" >"$lists/1252.m3u"
printf '\ufeff#EXTM3U\r\n..\\link\\b\\Größe – alt.mp3\r\n' | iconv -t UTF-16LE >"$lists/16.m3u"
printf '<media src="..\\a\\two.mp3"/>' >"$lists/x.wpl"
printf 'a/two.mp3\n' >"$lists/by root.m3u"
printf 'D:\\Music\\a\\two.mp3\r\n' >"$lists/windows.m3u"
printf 'FPL\0file://D:\\Music\\a\\two.mp3\0' >"$lists/foobar.fpl"
printf 'nothing of it\n' >"$lists/other.m3u"
tree "$music" >"$work/before"; tree "$data" >>"$work/before"
restored() {
  expect 0 echofold undo
  tree "$music" >"$work/after"; tree "$data" >>"$work/after"
  diff "$work/before" "$work/after" || fail "undo did not restore the tree: $1"
}
same() { printf "$1" | cmp - "$lists/$2" || { cat "$lists/$2"; fail "$2 $3"; }; }

expect 1 echofold dedupe --apply "$music" "$data" --format ndjson
lost() {
  json 'sum(r["schema"] == "echofold.entry/1" for r in rows) == 2'
  json 'all(r["path"].split("/")[-1] in ("windows.m3u", "foobar.fpl") and "two.mp3" in r["entry"] and r["why"] for r in rows if r["schema"] == "echofold.entry/1")'
  [ "$(grep -c 'could not follow' "$work/err")" = 2 ] || { cat "$work/err"; fail "not told once each: $1"; }
}
lost dedupe
json 'sum(r["schema"] == "echofold.rewritten/1" for r in rows) == 5'
same '#EXTM3U\r\n../a/Gr%%C3%%B6%%C3%%9Fe.flac\r\n' percent.m3u8 dedupe
same "#EXTM3U\r\n$music/a/Gr\xf6\xdfe.flac\r\n# caf\xe9\r\n" 1252.m3u dedupe
printf '\ufeff#EXTM3U\r\n..\\a\\Größe.flac\r\n' | iconv -t UTF-16LE | cmp - "$lists/16.m3u" || fail "16.m3u"
same '<media src="..\\a\\two.flac"/>' x.wpl dedupe
same 'a/two.flac\n' "by root.m3u" dedupe
same 'D:\\Music\\a\\two.mp3\r\n' windows.m3u dedupe
restored dedupe

expect 1 echofold dedupe --again --apply "$music" "$data" --keep-path
says "2 entries could not follow"
same '#EXTM3U\r\n../link/b/Gr%%C3%%B6%%C3%%9Fe%%20%%E2%%80%%93%%20alt.flac\r\n' percent.m3u8 keep-path
same "#EXTM3U\r\n$music/link/b/Gr\xf6\xdfe \x96 alt.flac\r\n# caf\xe9\r\n" 1252.m3u keep-path
restored keep-path

# organize: two.mp3 is renamed, and Größe gets a name that its code page cannot express.
for file in "$music/a/two.mp3" "$data/b/Größe – alt.mp3"; do
  name=$(basename "$file" .mp3)
  ffmpeg -nostdin -v error -y -i "$file" -c copy -metadata artist=C -metadata album=B -metadata title="日 $name" "$work/t.mp3"
  mv "$work/t.mp3" "$file"
done
expect 0 echofold scan "$music" "$data"
tree "$music" >"$work/before"; tree "$data" >>"$work/before"
expect 0 echofold organize --apply --no-playlists
grep -q 'two.mp3' "$lists/x.wpl" || fail "--no-playlists"
restored no-playlists
expect 1 echofold organize --apply --format ndjson
json 'sum(r["schema"] == "echofold.entry/1" for r in rows) == 3'
json 'any(r["path"].endswith("1252.m3u") and "CP1252" in r["why"] for r in rows if r["schema"] == "echofold.entry/1")'
same '<media src="..\\C\\B\\日 two.mp3"/>' x.wpl organize
same 'C/B/日 two.mp3\n' "by root.m3u" organize
same '#EXTM3U\r\n../link/C/B/%%E6%%97%%A5%%20Gr%%C3%%B6%%C3%%9Fe%%20%%E2%%80%%93%%20alt.mp3\r\n' percent.m3u8 organize
printf '\ufeff#EXTM3U\r\n..\\link\\C\\B\\日 Größe – alt.mp3\r\n' | iconv -t UTF-16LE | cmp - "$lists/16.m3u" || fail "16.m3u"
restored organize

# If a playlist can't be written, the message says that its entries are out of date, and what to do.
ln "$lists/x.wpl" "$lists/hard link.wpl"
expect 1 echofold dedupe --again --apply "$music" "$data"
run=$("$ECHOFOLD" --db "$db" history --format ndjson | python3 -c 'import json,sys; print(json.loads(sys.stdin.readline())["run"])')
says "it still names a file that was moved: \`echofold undo $run\` brings it back"
rm "$lists/hard link.wpl"
expect 0 echofold undo "$run"

# On a full disk, if mounting is allowed.
if [ "$(id -u)" -eq 0 ] && mkdir "$work/small" && mount -t tmpfs -o size=4m none "$work/small" 2>/dev/null; then
  trap 'umount "$work/small"; chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
  db=$work/db2
  convert "$work/song.wav" "$work/small/a.mp3" -b:a 256k -t 20
  convert "$work/song.wav" "$work/small/b.mp3" -b:a 128k -t 20
  printf 'b.mp3\n' >"$work/small/list.m3u"
  expect 0 echofold scan "$work/small"
  dd if=/dev/zero of="$work/small/filler" bs=4k 2>/dev/null || true
  expect 1 echofold dedupe --apply "$work/small"
  [ ! -e "$work/small/b.mp3" ] || fail "on a full disk nothing was set aside"
  says "No space left on device; it still names a file that was moved: \`echofold undo "
  rm "$work/small/filler"
  expect 0 echofold undo
  [ -f "$work/small/b.mp3" ] && [ "$(cat "$work/small/list.m3u")" = b.mp3 ] || fail "undo did not restore the small disk"
fi

#!/usr/bin/env bash
# The review on a real terminal: single keys, the new file on the left and the library's on the right, P plays, and
# the terminal is restored after every kind of end.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
lib=$HOME/Music new=$HOME/Downloads/new
mkdir -p "$lib" "$new" "$work/bin" "$work/nothing"
# A title with "live" on only one side moves a pair from auto to review.
for seed in 1 2 3; do
  song $seed "$work/song.flac" 40
  convert "$work/song.flac" "$lib/$seed.flac" -metadata title="Song $seed"
  convert "$work/song.flac" "$new/$seed of an album with a long name.mp3" -b:a 192k -metadata title="Song $seed (Live)" -metadata genre="Folk $seed"
done
cat >"$work/bin/mpv" <<'PLAYER'
#!/usr/bin/env python3
"""A player that makes no sound, and answers as mpv does over its socket. The muted one is half a second ahead."""
import json, os, re, socket, sys, time
work = os.path.dirname(os.path.dirname(os.path.abspath(sys.argv[0])))
log = lambda text: open(work + "/played", "a").write(text + "\n")
log(" ".join(sys.argv[1:]))
option = lambda name, default: next((a.split("=", 1)[1] for a in sys.argv if a.startswith("--" + name + "=")), default)
start, name = float(option("start", 0)), sys.argv[-1].split("/")[-1].split()[-1]
length = 60 if os.path.exists(work + "/slow") else 1
channel = option("input-ipc-client", "")
if not channel:
    time.sleep(length)
    sys.exit(0)
if os.path.exists(work + "/old"):
    sys.exit(1)
ahead = 0.5 if option("mute", "no") == "yes" else 0
began, offset = None, 0
position = lambda: start + offset + (time.time() - began + ahead if began else 0)
link = socket.socket(fileno=int(re.match(r"fd://(\d+)$", channel)[1]))
link.settimeout(0.05)
text = b""
while began is None or time.time() - began < length:
    try:
        more = link.recv(4096)
        if not more:
            break
        text += more
    except TimeoutError:
        continue
    while b"\n" in text:
        line, text = text.split(b"\n", 1)
        request = json.loads(line)
        verb, *rest = request["command"]
        answer = {"error": "success", "request_id": request["request_id"]}
        if verb == "get_property":
            answer["data"] = position()
        elif verb == "set_property":
            log(f"{name} {rest[0]} {rest[1]}")
            if rest == ["pause", False]:
                began = time.time()
        elif verb == "seek":
            log(f"{name} seek {rest[0]} {position() - ahead:.3f}")
        link.send(b'{"event":"something"}\n' + json.dumps(answer).encode() + b"\n")
PLAYER
mkdir "$work/only_ffplay"
cat >"$work/only_ffplay/ffplay" <<PLAYER
#!/bin/sh
echo "\$@" >>"$work/ffplayed"
exec /bin/sleep 15
PLAYER
chmod +x "$work/bin/mpv" "$work/only_ffplay/ffplay"
keys() { PATH=${players:-$work/bin:$PATH} python3 "$(dirname "${BASH_SOURCE[0]}")/review_keys.py" "$ECHOFOLD" "$db" "$work" "$@"; }
tree "$HOME" >"$work/before"

expect 0 echofold scan "$lib"
expect 0 echofold dedupe --apply "$new"
says "All 3 files here need your decision in a review."
keys signals
keys plays
if [ -x /usr/bin/mpv ]; then
  mkdir "$work/mpv_home"
  echo ao=null >"$work/mpv_home/mpv.conf"
  MPV_HOME=$work/mpv_home players=/usr/bin:/bin keys real_mpv
fi
keys resume
tree "$HOME" >"$work/after"
diff "$work/before" "$work/after" || fail "looking and listening changed something"

# What was decided before the interruption is forgotten again.
expect 0 echofold verdicts --forget "$lib/1.flac" "$new/1 of an album with a long name.mp3"

# 1 undone, then 2, then B, then Q.
keys keys
[ -f "$lib/1.flac" ] && [ ! -e "$new/1 of an album with a long name.mp3" ] || fail "2 did not keep the library's copy"
[ -f "$lib/2.flac" ] && [ -f "$new/2 of an album with a long name.mp3" ] || fail "B did not keep both"
[ -f "$lib/3.flac" ] && [ -f "$new/3 of an album with a long name.mp3" ] || fail "Q moved what was not answered"
expect 0 echofold undo
tree "$HOME" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree"

# A answers all three at once, also what was brought back and answered before.
keys album
for seed in 1 2 3; do
  [ -f "$lib/$seed.flac" ] && [ ! -e "$new/$seed of an album with a long name.mp3" ] || fail "A did not set the copies aside"
done
expect 0 echofold undo
tree "$HOME" >"$work/after"
diff "$work/before" "$work/after" || fail "undo did not restore the tree after A"

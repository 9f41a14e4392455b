"""Types keys into `echofold review` on a real pseudo-terminal of 80 columns, as a shell would run it."""
import fcntl, os, pty, re, select, signal, struct, sys, termios, time

program, db, work = sys.argv[1:4]
scenario, *arguments = sys.argv[4:]


class Terminal:
    """The program in the foreground of its own session, whose leader stays alive as a shell does."""

    def __init__(self, *verb):
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        told, tell = os.pipe()
        self.leader = os.fork()
        if self.leader == 0:
            os.close(told)
            self.lead(tell, [program, "--db", db, *verb])
        os.close(tell)
        self.pid = int(os.read(told, 32))
        os.close(told)
        self.text = ""

    def lead(self, tell, command):
        os.setsid()
        fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
        for fd in (0, 1, 2):
            os.dup2(self.slave, fd)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        pid = os.fork()
        if pid == 0:
            os.setpgid(0, 0)
            os.tcsetpgrp(0, os.getpid())
            signal.signal(signal.SIGTTOU, signal.SIG_DFL)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            os.execv(command[0], command)
        os.write(tell, str(pid).encode())
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)

    def send(self, keys):
        os.write(self.master, keys.encode())

    def wait_for(self, wanted, seconds=60):
        """Reads until `wanted` is on the screen; consumes it and everything before it."""
        end = time.monotonic() + seconds
        while wanted not in self.text:
            if time.monotonic() > end:
                fail(f"{wanted!r} did not appear:\n{self.text}")
            if select.select([self.master], [], [], 0.1)[0]:
                self.text += os.read(self.master, 65536).decode(errors="replace").replace("\r\n", "\n")
        seen, self.text = self.text.split(wanted, 1)
        return seen + wanted

    def is_cooked(self):
        return termios.tcgetattr(self.slave) == self.before

    def wait_until(self, condition, what, seconds=20):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                fail(what)
            time.sleep(0.02)

    def state(self):
        return open(f"/proc/{self.pid}/stat").read().rsplit(")", 1)[1].split()[0]

    def end(self):
        """@return the exit code; the terminal must be restored"""
        end = time.monotonic() + 60
        while True:
            if select.select([self.master], [], [], 0.05)[0]:
                self.text += os.read(self.master, 65536).decode(errors="replace").replace("\r\n", "\n")
            done, status = os.waitpid(self.leader, os.WNOHANG)
            if done:
                break
            if time.monotonic() > end:
                fail("the program does not end:\n" + self.text)
        if not self.is_cooked():
            fail("the terminal is not as it was")
        os.close(self.master), os.close(self.slave)
        return os.waitstatus_to_exitcode(status)


def fail(why):
    sys.exit("FAILED: " + why)


def check(condition, why):
    if not condition:
        fail(why)


PROMPT = "?: "


def is_narrow(text):
    """Whether it fits 80 columns, without the sequences of colours."""
    return all(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) <= 80 for line in text.split("\n"))


def keys():
    """new | library: every key, without Enter."""
    t = Terminal("review")
    seen = t.wait_for(PROMPT)
    check(is_narrow(seen), "wider than 80 columns:\n" + seen)
    check("Pair 1 of 3" in seen and "1 = new" in seen and "2 = library (proposed)" in seen, "the sides are not named:\n" + seen)
    check("[2 library stays]" in seen and "1 new stays," in seen, "the proposal is not marked:\n" + seen)
    rows = [line[0] for line in seen.split("\n") if re.match(r"[* ] [a-z]", line) and "path" not in line and "similarity" not in line]
    check("*" in rows and rows == sorted(rows, key=lambda mark: mark != "*"), "what differs does not come first:\n" + seen)
    t.wait_until(lambda: not t.is_cooked(), "the terminal is not raw")
    t.send("x")
    check('"x" is not an answer; ? explains the keys.' in t.wait_for(PROMPT), "a wrong key is not said")
    t.send("\x1b[A")
    check(t.wait_for(PROMPT).count("That key is not an answer") == 1, "an arrow key is not one wrong key")
    t.send("\r")
    check("no answer" not in t.wait_for(PROMPT), "Enter is no wrong key")
    t.send("?")
    seen = t.wait_for("ends.\n")
    check("the library copy stays, the new one is set aside (proposed)" in seen and "take the last answer back" in seen, "? does not explain:\n" + seen)
    check(is_narrow(seen), "wider than 80 columns:\n" + seen)
    t.wait_for(PROMPT)
    t.send("u")
    t.wait_for("no answer to take back")
    t.send("1")
    t.wait_for("Pair 2 of 3")
    t.send("U")
    t.wait_for("Pair 1 of 3")
    t.send("2")
    t.wait_for("Pair 2 of 3")
    t.send("b")
    t.wait_for("Pair 3 of 3")
    t.wait_for(PROMPT)
    t.send("q")
    check(t.end() == 0, "Q is no failure")


def signals():
    """The terminal is restored after every kind of end."""
    for what, number, code in (("\x03", 0, 130), ("", signal.SIGTERM, 130), ("", signal.SIGHUP, 0xFF & -1), ("\x1c", 0, 0xFF & -3), ("\x04", 0, 0)):
        t = Terminal("review")
        t.wait_for(PROMPT)
        t.wait_until(lambda: not t.is_cooked(), "the terminal is not raw")
        t.send(what) if what else os.kill(t.pid, number)
        got = t.end()
        check(got == code, f"{what!r} {number}: exit code {got}")
    t = Terminal("review")
    for stop in (lambda: t.send("\x1a"), lambda: os.kill(t.pid, signal.SIGTSTP)):
        t.wait_for(PROMPT)
        t.wait_until(lambda: not t.is_cooked(), "the terminal is not raw")
        stop()
        t.wait_until(lambda: t.state() == "T", "it did not stop")
        check(t.is_cooked(), "the terminal is not as it was while the program is stopped")
        os.kill(t.pid, signal.SIGCONT)
        t.wait_for("Pair 1 of")
    t.wait_for(PROMPT)
    t.wait_until(lambda: not t.is_cooked(), "the terminal is not raw again")
    t.send("q")
    check(t.end() == 0, "Q is no failure")


def log_of(name):
    path = os.path.join(work, name)
    return open(path).read().split("\n")[:-1] if os.path.exists(path) else []


def plays():
    """P plays both in turn, Tab switches at the same instant, any other key stops; without a player there is a message."""
    played = lambda: log_of("played")
    starts = lambda: [line for line in played() if "--start" in line]
    t = Terminal("review")
    t.wait_for(PROMPT)
    t.send("p")
    t.wait_for("Playing 1 from")
    t.wait_for("with mpv; Tab switches, any other key stops.")
    t.wait_for("Playing 2 from")
    t.wait_for(PROMPT)
    lines = starts()
    check(len(lines) == 3, f"played {lines}")
    lines[:2] = sorted(lines[:2], key=lambda line: "--mute=yes" in line)  # both start at once, in any order
    check("/new/" in lines[0] and "/Music/1.flac" in lines[1] and "/Music/1.flac" in lines[2], f"played {lines}")
    check(all(re.search(r"--start=\d+\.\d\d.* --length=15\.00.* -- /", line) for line in lines), f"played {lines}")
    check("--mute=no" in lines[0] and "--mute=yes" in lines[1], f"played {lines}")
    open(os.path.join(work, "slow"), "w").close()  # the player plays for a minute from now on
    t.send("P")
    t.wait_for("Playing 1 from")
    t.wait_until(lambda: len(starts()) == 5, "the player did not begin")
    place = lambda line: line.split("--start=")[1].split()[0]
    check(place(starts()[3]) != place(lines[0]), "P again plays the same place")
    time.sleep(1)
    t.send("\t")
    t.wait_for("Playing 2 from")
    t.wait_until(lambda: any("1.flac mute False" in line for line in played()), "Tab does not let the other be heard")
    check(any("mp3 mute True" in line for line in played()), "Tab does not silence the first")
    # The one that is not heard is half a second ahead in this test: it is put where the other one is.
    seek = [line for line in played() if " seek " in line]
    check(len(seek) == 1 and "1.flac" in seek[0], f"the copies are apart: {played()}")
    _, _, target, wanted = seek[0].split()
    check(abs(float(target) - float(wanted)) < 0.3, f"another instant: {seek}")
    began = time.monotonic()
    t.send("1")  # stops playing, and answers nothing
    t.wait_for(PROMPT)
    check(time.monotonic() - began < 20, "the key did not stop the player")
    check(len(starts()) == 5, "the second copy was played all the same")
    t.send("q")
    check(t.end() == 0, "Q is no failure")

    # An mpv that can't be asked (before 0.33), and players that never could.
    os.remove(os.path.join(work, "slow"))
    open(os.path.join(work, "old"), "w").close()
    t = Terminal("review")
    t.wait_for(PROMPT)
    t.send("p")
    t.wait_for("Playing 1 from")
    t.wait_for("Playing 2 from")
    t.wait_for(PROMPT)
    t.send("q")
    check(t.end() == 0, "Q is no failure")
    os.environ["PATH"] = os.path.join(work, "only_ffplay")
    t = Terminal("review")
    t.wait_for(PROMPT)
    t.send("p")
    t.wait_for("Playing 1 from")
    t.wait_until(lambda: len(log_of("ffplayed")) == 1, "ffplay did not begin")
    time.sleep(1.2)
    t.send("\t")
    t.wait_for("Playing 2 from")
    t.wait_until(lambda: len(log_of("ffplayed")) == 2, "Tab starts nothing")
    t.send("x")
    t.wait_for(PROMPT)
    first, second = log_of("ffplayed")
    at = lambda line: float(line.split("-ss ")[1].split()[0])
    left = lambda line: float(line.split("-t ")[1].split()[0])
    check("/new/" in first and "1.flac" in second, f"{first} / {second}")
    check(0.9 < at(second) - at(first) < 6 and abs(left(first) - left(second) - (at(second) - at(first))) < 0.2, f"{first} / {second}")
    t.send("q")
    check(t.end() == 0, "Q is no failure")

    os.environ["PATH"] = os.path.join(work, "nothing")
    t = Terminal("review")
    t.wait_for(PROMPT)
    t.send("p")
    t.wait_for("There is no player")
    t.wait_for("mpv")
    t.send("q")
    check(t.end() == 0, "Q is no failure")


def real_mpv():
    """The same with the real mpv, whose sound goes nowhere."""
    t = Terminal("review")
    t.wait_for(PROMPT)
    t.send("p")
    began = t.wait_for("any other key stops.\n")
    start = time.monotonic()
    first = seconds_of(re.search(r"Playing 1 from (\S+ ?\S*) with mpv", began)[1])
    time.sleep(3)
    t.send("\t")
    switched = t.wait_for("any other key stops.\n")
    gone = time.monotonic() - start
    second = seconds_of(re.search(r"Playing 2 from (\S+ ?\S*) with mpv", switched)[1])
    check(abs(second - first - gone) < 2.5 and second > first, f"from {first} to {second} in {gone} s")
    t.send("x")
    t.wait_for(PROMPT)
    t.send("q")
    check(t.end() == 0, "Q is no failure")


def seconds_of(text):
    if text == "the beginning":
        return 0
    minutes, seconds = text.split(":")
    return 60 * int(minutes) + int(seconds)


def resume():
    """A review that is interrupted goes on, and offers to do what was decided."""
    t = Terminal("review")
    t.wait_for("Pair 1 of 3")
    t.wait_for(PROMPT)
    t.send("2")
    t.wait_for("Pair 2 of 3")
    t.wait_for(PROMPT)
    t.send("\x03")
    check(t.end() == 130, "Ctrl-C is an interruption")
    t = Terminal("review")
    seen = t.wait_for("[y/N] ")
    check("Earlier answers were not carried out yet: 1 copy (" in seen, seen)
    t.send("n\n")
    t.wait_for("1 of 3 answered earlier.")
    t.wait_for("Pair 2 of 3")
    t.wait_for(PROMPT)
    t.send("a")
    seen = t.wait_for("any other key does not: ")
    check("All 2 open pairs of these two folders, as proposed" in seen and "2 copies go from" in seen, seen)
    check(is_narrow(seen), "wider than 80 columns:\n" + seen)
    t.send("n")
    t.wait_for("Nothing was answered.")
    t.wait_for(PROMPT)
    t.send("q")
    check(t.end() == 0, "Q is no failure")


def album():
    """A answers all pairs of two folders; D shows what differs, in full."""
    os.environ["NO_COLOR"] = "1"
    t = Terminal("review", "--again", "--redo")
    t.wait_for("Pair 1 of 3")
    t.wait_for(PROMPT)
    t.send("d")
    seen = t.wait_for(PROMPT)
    check("1 Song 1 (Live)" in seen and "2 Song 1\n" in seen and "GENRE" in seen and "the same" in seen, seen)
    check(is_narrow(seen), "wider than 80 columns:\n" + seen)
    t.send("A")
    seen = t.wait_for("any other key does not: ")
    check("All 3 open pairs of these two folders" in seen, seen)
    t.send("Y")
    t.wait_for("3 pairs answered.")
    check(t.end() == 0, "an album is no failure")


def groups():
    """More than two copies: shown together, with the strip and what was heard, and a chain of answers is carried out."""
    t = Terminal("review")
    seen = t.wait_for(PROMPT)
    check("Pair 1 of 3: copy 2 of 3 of this recording" in seen, seen)
    check(len(re.findall(r"^[> ] (?:best|open|goes|stays) ", seen, re.M)) == 3 and "> best" in seen, "not all copies are shown:\n" + seen)
    check(re.search(r"^  bit errors {5}[\u2581-\u2588\u00b7]{20,63}$", seen, re.M), "no strip:\n" + seen)
    check(re.search(r"^ +0:00 .*bit errors .*0:(?:39|40)$", seen, re.M), "no times:\n" + seen)
    check(is_narrow(seen), "wider than 80 columns:\n" + seen)
    check("\x1b" not in seen, "NO_COLOR is set")
    t.send("2")  # the MP3 stays, the FLAC goes
    seen = t.wait_for(PROMPT)
    check("Pair 2 of 3: copy 3 of 3" in seen and "> goes" in seen and "  stays" in seen, seen)
    t.send("1")  # and the FLAC is better than the second MP3
    seen = t.wait_for(PROMPT)
    check("Pair 3 of 3\n" in seen and re.search(r"^  heard +\^+$", seen, re.M), "the muted word is not marked:\n" + seen)
    check("silent at 0:20" in " ".join(seen.split()), "the time of the muted word is not said:\n" + seen)
    t.send("s")
    check(t.end() == 0, "no failure")


def ascii_terminal():
    """Without UTF-8 there are digits, no blocks."""
    os.environ["LC_ALL"] = "C"
    t = Terminal("review")
    seen = t.wait_for(PROMPT)
    check(re.search(r"^  bit errors {5}[0-9.]{20,63}$", seen, re.M) and not re.search("[\u2581-\u2588]", seen), seen)
    t.send("q")
    check(t.end() == 0, "Q is no failure")


{"keys": keys, "signals": signals, "plays": plays, "real_mpv": real_mpv, "resume": resume, "album": album, "groups": groups, "ascii": ascii_terminal}[scenario]()

"""Asks the server of `echofold review --web` as the page does, and as others who must not."""
import base64, hashlib, http.client, json, os, signal, socket, struct, subprocess, sys, time, wave

program, db, library, work = sys.argv[1:5]


def fail(why):
    print("FAILED:", why, file=sys.stderr)
    raise SystemExit(1)


def check(condition, why):
    if not condition:
        fail(why)


def echofold(*verb, **more):
    return subprocess.run([program, "--db", db, *verb], capture_output=True, text=True, **more)


class Reply:
    def __init__(self, reply):
        self.status, self.headers, self.body = reply.status, reply.headers, reply.read()

    def json(self):
        return json.loads(self.body)


class Page:
    """The program, and a browser that has opened its link."""

    def __init__(self, *options):
        self.process = subprocess.Popen([program, "--db", db, "review", "--web", *options], stdout=subprocess.PIPE,
                                        stderr=open(os.path.join(work, "page.err"), "a"), text=True)
        self.link = self.process.stdout.readline().strip()
        check(self.link.startswith("http://127.0.0.1:") and "?token=" in self.link, f"no link: {self.link!r}")
        self.host = self.link.split("/")[2]
        self.port = int(self.host.split(":")[1])
        self.token = self.link.split("=")[1]
        check(len(self.token) == 32, "the token is not 128 bits")
        self.cookie = f"echofold_{self.port}={self.token}"

    def ask(self, method, path, body=None, headers=None, drop=()):
        all_headers = {"Cookie": self.cookie}
        if method == "POST":
            all_headers |= {"Origin": f"http://{self.host}", "Content-Type": "application/json"}
        all_headers |= headers or {}
        for name in drop:
            all_headers.pop(name, None)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        if isinstance(body, dict):
            body = json.dumps(body)
        connection.request(method, path, body, all_headers)
        reply = Reply(connection.getresponse())
        connection.close()
        return reply

    def get(self, path, status=200, **more):
        reply = self.ask("GET", path, **more)
        check(reply.status == status, f"GET {path}: {reply.status} instead of {status}: {reply.body[:200]}")
        return reply

    def post(self, path, body, status=200, **more):
        reply = self.ask("POST", path, body, **more)
        check(reply.status == status, f"POST {path} {body}: {reply.status} instead of {status}: {reply.body[:200]}")
        return reply

    def raw(self, text):
        """Sends these bytes and returns the status of the reply; 0 where there is none."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as client:
            client.sendall(text if isinstance(text, bytes) else text.encode())
            line = b""
            while b"\n" not in line:
                more = client.recv(4096)
                if not more:
                    break
                line += more
        return int(line.split()[1]) if line else 0

    def wait_for_job(self, kind, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            job = self.get("/api/job").json()
            if job["kind"] == kind and job["finished"]:
                return job
            time.sleep(0.05)
        fail(f"the job {kind} did not end: {job}")

    def groups(self):
        return self.get("/api/groups").json()["groups"]

    def pair(self, number):
        """Group, keeper and drop of the pair of this song."""
        for row in self.groups():
            if f"/{number}.mp3" in row["text"]:
                group = self.get(f"/api/groups/{row['group']}").json()
                return group["group"], group["keep"]["id"], group["drops"][0]["file"]["id"], group
        fail(f"there is no group of {number}")

    def answer(self, number, answer, status=200):
        group, keeper, drop, _ = self.pair(number)
        return self.post("/api/answers", {"group": group, "keeper": keeper, "drop": drop, "answer": answer}, status).json()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        began = time.monotonic()
        code = self.process.wait(30)
        check(code == 0, f"exit code {code} after Ctrl-C")
        check(time.monotonic() - began < 15, "Ctrl-C took more than 15 s")

    def kill(self):
        self.process.kill()
        self.process.wait()


def verdicts():
    return [json.loads(line) for line in echofold("verdicts", "--format", "ndjson").stdout.splitlines()]


def tree():
    found = {}
    for folder, _, names in os.walk(library):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[path] = (os.stat(path).st_mtime_ns, hashlib.sha256(file.read()).hexdigest())
    return found


def looks_right(page):
    opened = page.ask("GET", "/?token=" + page.token, drop=["Cookie"])
    check(opened.status == 303 and opened.headers["Location"] == "/", "the link does not lead to the page")
    check(opened.headers["Set-Cookie"] == f"{page.cookie}; HttpOnly; SameSite=Strict; Path=/", "another cookie")
    shown = page.get("/")
    policy = shown.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'"):
        check(part in policy, f"no {part}")
    check("unsafe" not in policy, "the policy permits inline code")
    check(page.get("/", 304, headers={"If-None-Match": shown.headers["ETag"]}).body == b"", "304 with a body")
    page.wait_for_job("listen")
    summary = page.get("/api/summary").json()
    check((summary["groups"], summary["open"], summary["answered"], summary["accepted"]) == (6, 4, 0, False), summary)
    check(summary["by_band"]["auto"]["drops"] == 2 and summary["by_band"]["review"]["drops"] == 4, summary)
    check(summary["library"].endswith("Music") and summary["files"] == 12, summary)
    check(sum(row["drops"] for row in summary["by_format"]) == 6, summary)
    rows = page.groups()
    check(sorted(row["band"] for row in rows) == ["auto"] * 2 + ["review"] * 4, rows)
    _, _, _, group = page.pair(3)
    check(group["keep"]["format"] == "FLAC" and group["drops"][0]["file"]["format"] == "MP3", group)
    check(group["keep"]["tags"]["Artist"] == "Band & <b>", group)
    check(group["drops"][0]["heard"]["hearing"] == "same", group["drops"][0]["heard"])
    check(group["drops"][0]["action"] == "review" and group["drops"][0]["answer"] is None, group)
    check(group["drops"][0]["file"]["playlists"] == ["~/Music/list.m3u"] and group["keep"]["playlists"] == [], group)
    page.get("/api/groups/0", 404)
    page.get("/api/groups/99", 404)


def is_safe(page):
    # Who may ask.
    check(page.ask("GET", "/?token=" + "0" * 32, drop=["Cookie"]).status == 403, "a wrong token")
    for path in ("/", "/api/summary", "/index.html", "/api/peaks/1"):
        check(page.ask("GET", path, drop=["Cookie"]).status == 403, f"{path} without a cookie")
        check(page.ask("GET", path, headers={"Cookie": page.cookie[:-1] + "x"}).status == 403, f"{path} with a wrong cookie")
    for host in ("evil.example", f"evil.example:{page.port}", "127.0.0.1", f"127.0.0.1:{page.port + 1}", f"127.0.0.1.evil.example:{page.port}"):
        page.get("/api/summary", 403, headers={"Host": host})
        page.get("/?token=" + page.token, 403, headers={"Host": host})
    page.get("/api/summary", headers={"Host": f"localhost:{page.port}"})
    forget = {"id": "0" * 64}
    page.post("/api/answers/forget", forget, 403, headers={"Origin": "http://evil.example"})
    page.post("/api/answers/forget", forget, 403, headers={"Origin": "null"})
    page.post("/api/answers/forget", forget, 403, headers={"Origin": f"http://127.0.0.1:{page.port + 1}"})
    page.post("/api/answers/forget", forget, 403, drop=["Origin"])
    page.post("/api/answers/forget", forget, 403, headers={"Sec-Fetch-Site": "cross-site"})
    page.post("/api/answers/forget", forget, 403, headers={"Sec-Fetch-Site": "same-site"})
    page.get("/api/summary", 403, headers={"Origin": "http://evil.example"})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp"):
        page.post("/api/answers/forget", forget, 400, headers={"Content-Type": kind})
    for body in ("", "[]", "null", "{", '{"id":1}', "[" * 10000, '{"id":"' + "é" * 64 + '"}', '{"id":"\\u0000"}'):
        page.post("/api/answers/forget", body, 400)
    # Paths.
    for path in ("/../etc/passwd", "/..", "/./index.html", "//etc/passwd", "/%2e%2e/etc/passwd", "/index.html%00", "/.git/config",
                 "/api/peaks/..", "/api/peaks/%2fetc%2fpasswd", "/api/peaks//etc/passwd", "/files.txt", "/index.html/", "/INDEX.HTML",
                 "/" + "a" * 5000, "/index.html?" + "a" * 5000, "/api/peaks/\\..\\x", "/api/window/1?from=~"):
        check(page.ask("GET", path).status in (400, 404), f"{path} is there")
    for file in ("999999", "0", "00001", "99999999999999999999", "-1"):
        check(page.ask("GET", f"/api/peaks/{file}").status in (400, 404), f"there is a file {file}")
    # Sizes and forms of requests.
    start = f"GET /api/summary HTTP/1.1\r\nHost: {page.host}\r\nCookie: {page.cookie}\r\n"
    check(page.raw(start + "\r\n") == 200, "a plain request is refused")
    check(page.raw(start + "X-A: " + "a" * 20000 + "\r\n\r\n") == 431, "20 kB of head")
    check(page.raw(start + "".join(f"X-{i}: a\r\n" for i in range(100)) + "\r\n") == 400, "100 headers")
    check(page.raw(start + f"Host: {page.host}\r\n\r\n") == 400, "two hosts")
    check(page.raw(start + "Cookie: a=b\r\n\r\n") == 400, "two cookies")
    check(page.raw(start + " folded: a\r\n\r\n") == 400, "a folded header")
    check(page.raw(start + "X: a\0b\r\n\r\n") == 400, "a control character")
    check(page.raw(start.replace("HTTP/1.1", "HTTP/2.0") + "\r\n") == 400, "another protocol")
    check(page.raw(start + "Content-Length: 5\r\n\r\nhello") == 400, "a GET with a body")
    check(page.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n") == 400, "TLS")
    for method in ("PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "get", "PATCH", "CONNECT"):
        check(page.raw(start.replace("GET", method, 1) + "\r\n") == 405, method)
    post = f"POST /api/accept HTTP/1.1\r\nHost: {page.host}\r\nCookie: {page.cookie}\r\nOrigin: http://{page.host}\r\nContent-Type: application/json\r\n"
    check(page.raw(post + "Content-Length: 65537\r\n\r\n" + "a" * 65537) == 413, "64 KiB and one")
    check(page.raw(post + "Content-Length: 99999999999999999999999\r\n\r\n") == 413, "a length beyond all numbers")
    check(page.raw(post + "Content-Length: -1\r\n\r\n") == 400, "a negative length")
    check(page.raw(post + "Content-Length: 0x10\r\n\r\n") == 400, "a hexadecimal length")
    check(page.raw(post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n") == 411, "chunks")
    check(page.raw(post + "\r\n") == 411, "no length")
    for part in ("bytes=0-99999999999999999999", "bytes=5-1", "bytes=0-1,2-3", "bytes=-", "bytes=", "bytes", "bytes=a-b", "bytes=--5", "lines=1-2",
                 "bytes=0-,0-,0-", "bytes=-99999999999999999999999"):
        for path in ("/", "/api/summary"):
            page.get(path, 416, headers={"Range": part})
    for part in ("bytes=0-5", "bytes=4-", "bytes=-4", "bytes=0-999999999"):
        whole = page.get("/", headers={"Range": part})
        check(len(whole.body) == int(whole.headers["Content-Length"]), "a range is not ignored")
    # Numbers of media.
    _, keeper, _, _ = page.pair(3)
    for query in ("", "?columns=0", "?columns=4001", "?columns=1e9", "?columns=nan", "?columns=-1", "?columns=1.5"):
        if query:
            page.get(f"/api/peaks/{keeper}{query}", 400)
    for query in ("", "?from=0", "?from=0&length=61", "?from=-1&length=5", "?from=nan&length=5", "?from=inf&length=5", "?from=0&length=0"):
        page.get(f"/api/spectrogram/{keeper}{query}", 400)
    for query in ("?from=0&length=5", "?from=0&length=31&rate=44100", "?from=0&length=0.5&rate=44100", "?from=0&length=5&rate=1", "?from=0&length=5&rate=999999"):
        page.get(f"/api/window/{keeper}{query}", 400)


def is_not_held_up(page):
    """100 slow clients, and more than there may be at all."""
    _, keeper, _, _ = page.pair(3)
    slow = []
    for i in range(100):
        client = socket.create_connection(("127.0.0.1", page.port))
        client.sendall(b"GET /api/summary HTTP/1.1\r\nHost:" if i % 2 else b"")
        slow.append(client)
    began = time.monotonic()
    for client in slow[::10]:
        client.sendall(b" ")
    for _ in range(20):
        page.get("/api/generation")
    took = (time.monotonic() - began) / 20
    check(took < 3, f"a request takes {took:.2f} s beside 100 slow clients")
    # Some ask, and do not take the reply.
    for _ in range(20):
        client = socket.create_connection(("127.0.0.1", page.port))
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(f"GET /api/window/{keeper}?from=0&length=30&rate=48000 HTTP/1.1\r\nHost: {page.host}\r\nCookie: {page.cookie}\r\n\r\n".encode())
        slow.append(client)
    more = [socket.create_connection(("127.0.0.1", page.port)) for _ in range(200)]
    for _ in range(20):
        page.get("/api/generation")
    check(page.process.poll() is None, "the program has ended")
    time.sleep(11)
    closed = 0
    for client in slow[:100] + more:
        client.settimeout(1)
        try:
            closed += client.recv(1) == b""
        except ConnectionError:
            closed += 1
        except TimeoutError:
            pass
    check(closed == 300, f"only {closed} of 300 slow clients were closed after 10 s")
    for client in slow + more:
        client.close()


def media_is_right(page):
    _, keeper, drop, _ = page.pair(3)
    peaks = page.get(f"/api/peaks/{keeper}?columns=500")
    check(len(peaks.body) == 1000 and abs(float(peaks.headers["X-Duration"]) - 40) < 0.01, "peaks")
    pairs = [struct.unpack("bb", peaks.body[i:i + 2]) for i in range(0, 1000, 2)]
    check(all(low <= high for low, high in pairs) and max(high for _, high in pairs) > 20, "the peaks are flat")
    check(page.get(f"/api/peaks/{keeper}?columns=500").body == peaks.body, "the second time they are others")
    spectrogram = page.get(f"/api/spectrogram/{keeper}?from=5&length=10")
    columns = int(spectrogram.headers["X-Columns"])
    check(spectrogram.headers["X-Rows"] == "128" and 0 < columns <= 512, "spectrogram")
    check(len(spectrogram.body) == 128 * columns and max(spectrogram.body) > 150, "the spectrogram is empty")
    # A window of a FLAC has the very samples.
    decoded = os.path.join(work, "decoded.wav")
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", os.path.join(library, "asked/3.flac"), decoded], check=True)
    with wave.open(decoded) as file:
        rate = file.getframerate()
        file.setpos(5 * rate + 1234)
        wanted = file.readframes(3 * rate)
    start = (5 * rate + 1234) / rate
    window = page.get(f"/api/window/{keeper}?from={start:.9f}&length=3&rate={rate}")
    check(window.body[:4] == b"RIFF" and window.body[44:] == wanted, "the window has other samples")
    check(abs(float(window.headers["X-Start"]) - start) < 1e-5, "X-Start")
    check(-40 < float(window.headers["X-Loudness"]) < 0, "X-Loudness")
    other = page.get(f"/api/window/{drop}?from={start:.9f}&length=3&rate={rate}")
    check(abs(float(other.headers["X-Loudness"]) - float(window.headers["X-Loudness"])) < 1, "the copies differ in loudness")
    rest = page.get(f"/api/window/{keeper}?from=38&length=10&rate=48000")
    check(len(rest.body) == 44 + 2 * 48000 * 4, f"the last window has {len(rest.body)} bytes")
    check(len(page.get(f"/api/window/{keeper}?from=100&length=10&rate=48000").body) == 44, "behind the end")
    pair = page.get(f"/api/pairs/{keeper}/{drop}").json()
    bits = base64.b64decode(pair["bit_errors"]["bits"])
    check(len(bits) == 4 * len(pair["bit_errors"]["rate"]) > 800, "bit errors")
    check(sum(pair["bit_errors"]["rate"]) / len(pair["bit_errors"]["rate"]) < 0.1, "two copies have other bits")
    check(abs(pair["overlap_s"] - 40) < 0.5 and pair["speed"] == 1, pair["overlap_s"])
    turned = page.get(f"/api/pairs/{drop}/{keeper}").json()
    check(abs(turned["offset_s"] + pair["offset_s"]) < 1e-6, "the other way round")
    _, other_keeper, _, _ = page.pair(4)
    page.get(f"/api/pairs/{keeper}/{other_keeper}", 404)
    page.get(f"/api/pairs/{keeper}/{keeper}", 404)
    # A file that is no longer the one that was scanned, and one behind a link.
    path = os.path.join(library, "asked/4.mp3")
    _, _, drop, _ = page.pair(4)
    page.get(f"/api/peaks/{drop}")
    os.rename(path, path + ".away")
    page.get(f"/api/peaks/{drop}?columns=7", 409)
    os.symlink("/etc/passwd", path)
    page.get(f"/api/window/{drop}?from=0&length=2&rate=44100", 409)
    os.unlink(path)
    with open(path, "wb") as file:
        file.write(b"something else")
    page.get(f"/api/spectrogram/{drop}?from=0&length=2", 409)
    os.unlink(path)
    os.rename(path + ".away", path)
    page.get(f"/api/peaks/{drop}?columns=7")


def answers_stay(page):
    other = Page()  # a second program, and so a second tab
    other.wait_for_job("listen")
    before = page.get("/api/generation").json()["generation"]
    reply = page.answer(3, "keep_keeper")
    check(reply["generation"] > before and reply["open"] == 3 and reply["group_open"] == 0, reply)
    page.kill()  # at once
    check([answer["verdict"] for answer in verdicts()] == ["keep_a"] or [answer["verdict"] for answer in verdicts()] == ["keep_b"], verdicts())
    end = time.monotonic() + 30
    while other.pair(3)[3]["drops"][0]["answer"] != "keep_keeper":
        check(time.monotonic() < end, "the other page does not see the answer")
        time.sleep(0.2)
    page = Page()
    page.wait_for_job("listen")
    check(page.pair(3)[3]["drops"][0]["answer"] == "keep_keeper", "the answer is gone after kill -9")
    check(page.get("/api/summary").json()["open"] == 3, "the pair is open again")
    # Every answer, and taken back.
    for answer, verdict in (("keep_drop", 1), ("both_for_ever", 1), ("not_same", 1), ("both_for_now", 0), ("undo", 0)):
        check(page.answer(4, answer)["open"] == (3 if answer == "undo" else 2), answer)
        check(len(verdicts()) == 1 + verdict, f"{answer}: {verdicts()}")
    shown = page.get("/api/answers").json()["answers"]
    check(len(shown) == 1 and shown[0]["at"].endswith("Z") and shown[0]["a"]["path"].endswith(("3.flac", "3.mp3")), shown)
    check(page.post("/api/answers/forget", {"id": shown[0]["id"]}).json()["open"] == 4, "forget")
    check(verdicts() == [] and page.pair(3)[3]["drops"][0]["answer"] is None, "an answer was not forgotten")
    # Pairs that are not shown.
    group, keeper, drop, _ = page.pair(3)
    for wrong in ({"group": group + 1}, {"keeper": drop}, {"drop": keeper}, {"drop": "999"}, {"group": 0}):
        page.post("/api/answers", {"group": group, "keeper": keeper, "drop": drop, "answer": "keep_drop"} | wrong, 409)
    page.post("/api/answers", {"group": group, "keeper": keeper, "drop": drop, "answer": "delete"}, 400)
    page.post("/api/answers", {"group": 1.5, "keeper": keeper, "drop": drop, "answer": "undo"}, 400)
    check(verdicts() == [], "a wrong request was stored")
    # All below a folder.
    folder = page.pair(5)[3]["drops"][0]["file"]["folder"]
    check(page.post("/api/accept", {"what": "folder", "folder": folder[:-1], "answer": "keep_keeper"}).json()["answered"] == 0, "a part of a name")
    reply = page.post("/api/accept", {"what": "folder", "folder": folder, "answer": "keep_keeper"}).json()
    check(reply["answered"] == 2 and reply["open"] == 2 and len(verdicts()) == 2, reply)
    page.post("/api/accept", {"what": "folder", "folder": folder, "answer": "keep_drop"}, 400)
    page.answer(6, "keep_drop")
    reply = page.post("/api/accept", {"what": "undo"}).json()  # only what it said, and once
    check(reply["answered"] == 1 and reply["open"] == 3, reply)
    page.post("/api/accept", {"what": "undo"}, 409)
    page.answer(6, "undo"), page.answer(6, "undo")
    check(verdicts() == [], "answers for a folder can't be taken back")
    other.end()
    return page


def does_not_lock_others_out(page):
    check(echofold("scan", library).returncode == 0, "a scan is locked out while the page is open")
    # Another run that has the library for long.
    def hold():
        return subprocess.Popen([program, "--db", db, "import", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    holder = hold()
    end = time.monotonic() + 60
    while echofold("scan", library).returncode != 11:
        if holder.poll() is not None:  # the scan had the library first
            holder = hold()
            time.sleep(0.5)
        check(time.monotonic() < end, "import does not hold the library")
        time.sleep(0.1)
    reply = page.answer(6, "keep_drop")
    check(reply["open"] == 3, reply)
    check(verdicts() == [], "two programs wrote at once")
    check("1 more answer was given" in echofold("verdicts").stderr, "the waiting answer is not mentioned")
    check(page.get("/api/apply", 503).json()["error"], "apply beside another run")
    page.kill()
    late = Page()  # begins while the library is taken
    check("another run" in late.wait_for_job("listen")["error"], "it does not say what it waits for")
    check(late.pair(6)[3]["drops"][0]["answer"] == "keep_drop", "a waiting answer is not shown")
    late.answer(5, "keep_keeper")
    holder.stdin.close()
    check(holder.wait(30) == 0, "import has failed")
    end = time.monotonic() + 30
    while len(verdicts()) != 2:
        check(time.monotonic() < end, f"answers were lost: {verdicts()}")
        time.sleep(0.2)
    late.end()
    check(echofold("verdicts", "--forget", os.path.join(library, "asked/deeper/5.flac"), os.path.join(library, "asked/deeper/5.mp3")).returncode == 0, "forget 5")
    check(echofold("verdicts", "--forget", os.path.join(library, "asked/deeper/6.flac"), os.path.join(library, "asked/deeper/6.mp3")).returncode == 0, "forget 6")
    # A waiting answer is also taken in by any other program that writes.
    page = Page()
    page.wait_for_job("listen")
    return page


def applies_and_takes_back(page):
    before = tree()
    check(page.get("/api/apply").json()["count"] == 0, "something goes that nobody has decided")
    page.answer(3, "keep_keeper")
    page.answer(4, "keep_drop")
    page.answer(5, "both_for_ever")
    preview = page.get("/api/apply").json()
    check(sorted(os.path.basename(move["from"]) for move in preview["moves"]) == ["3.mp3", "4.flac"], preview)
    check(page.post("/api/accept", {"what": "certain", "accept": True}).json()["answered"] == 2, "accept")
    check(page.get("/api/summary").json()["accepted"], "accepted")
    page.post("/api/apply", {"confirm": preview["confirm"]}, 409)  # something has changed since
    page.post("/api/apply", {"confirm": "00000000"}, 409)
    preview = page.get("/api/apply").json()
    check(preview["count"] == 4 and preview["bytes"] == sum(move["bytes"] for move in preview["moves"]), preview)
    check(tree() == before, "a preview has moved something")
    page.post("/api/apply", {"confirm": preview["confirm"]}, 202)
    job = page.wait_for_job("apply")
    check(job["moved"] == 4 and not job["skipped"] and job["error"] is None and job["done"] == job["of"] == 4, job)
    gone = {os.path.relpath(path, library) for path in before if not os.path.exists(path)}
    check(gone == {"asked/3.mp3", "asked/4.flac", "certain/1.mp3", "certain/2.mp3"}, gone)
    page.post("/api/apply", {"confirm": preview["confirm"]}, 409)  # it is valid once
    check(page.get("/api/apply").json()["count"] == 0, "there is more to do")
    runs = page.get("/api/runs").json()["runs"]
    check(runs[0]["run"] == job["run"] and runs[0]["moved"] == 4 and not runs[0]["undone"], runs)
    check(page.get("/api/summary").json()["open"] == 1, "only 6 is open")
    page.post("/api/undo", {"run": "../../x"}, 404)
    page.post("/api/undo", {"run": job["run"], "answers": True}, 202)
    undone = page.wait_for_job("undo")
    check(undone["moved"] >= 4 and undone["error"] is None, undone)
    check({path: tree()[path] for path in before} == before, "undo did not restore the tree")
    check(page.get("/api/runs").json()["runs"][0]["undone"], "the run is not shown as taken back")
    page.post("/api/undo", {"run": job["run"]}, 404)
    summary = page.get("/api/summary").json()
    check(summary["open"] == 3, f"the answers were not taken back: {summary['open']} open")


def sees_a_rescan(page):
    generation = page.get("/api/generation").json()["generation"]
    page.answer(6, "keep_keeper")
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", os.path.join(library, "asked/6.flac" if os.path.exists(os.path.join(library, "asked/6.flac")) else "asked/deeper/6.flac"),
                    "-b:a", "96k", "-metadata", "title=Song 6 (Live)", os.path.join(library, "asked/another 6.mp3")], check=True)
    check(echofold("scan", library).returncode == 0, "scan")
    end = time.monotonic() + 60
    while not any("another 6" in row["text"] for row in page.groups()):
        check(time.monotonic() < end, "the page does not see what was scanned")
        time.sleep(0.2)
    check(page.get("/api/generation").json()["generation"] > generation, "generation")
    row = next(row for row in page.groups() if "another 6" in row["text"])
    answers = {drop["file"]["name"]: drop["answer"] for drop in page.get(f"/api/groups/{row['group']}").json()["drops"]}
    check(answers.get("6.mp3") == "keep_keeper", f"the answer did not survive a rescan: {answers}")


page = Page()
check("page.err" and echofold("review", "--web", "--port", str(page.port)).returncode == 2, "a port that is taken")
looks_right(page)
is_safe(page)
media_is_right(page)
is_not_held_up(page)
page = answers_stay(page)
page = does_not_lock_others_out(page)
applies_and_takes_back(page)
sees_a_rescan(page)
page.end()

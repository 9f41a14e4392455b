"""Measures the page of a plan in a browser, and checks what its filters show.

    plan_page.py measure PAGE GROUPS   first render, filter, search, order and scrolling of a page with that many groups
    plan_page.py hash PAGE             the script of the page is the one that its policy lets run

For `measure` a copy of the page gets a second script, which does what a user does and sends what it measured to a
server of this program. Exits with 1 if a limit is exceeded: the limits leave room for a busy machine.
"""

import base64
import hashlib
import http.server
import json
import re
import subprocess
import sys
import tempfile
import threading

# Milliseconds. On a quiet machine all are a small part of these (CHANGELOG.md has figures).
LIMITS = {"first_render": 3000, "filter": 1500, "search": 2500, "clear": 1500, "order": 2500, "scroll_frame": 250}

MEASURE = """
const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
const timed = async act => { const start = performance.now(); act(); document.body.offsetHeight; await frame();
  return performance.now() - start; };
const shown = () => document.querySelectorAll('.g:not([hidden])').length;
const choose = (id, value) => { const field = document.getElementById(id); field.value = value;
  field.dispatchEvent(new Event('change')); };
const median = list => list.sort((x, y) => x - y)[Math.floor(list.length / 2)];
addEventListener('load', async () => {
  await frame();
  const result = { first_render: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    loaded: performance.now(), groups: shown() };
  result.filter = await timed(() => choose('action', 'r'));
  result.review = shown();
  result.clear = await timed(() => document.getElementById('clear').click());
  result.cleared = shown();
  const search = document.getElementById('search');
  const start = performance.now();
  search.value = String(result.groups - 1);  // a number that only one group has, in its title and paths
  search.dispatchEvent(new Event('input'));
  while (shown() === result.groups) await new Promise(done => setTimeout(done, 5));
  document.body.offsetHeight;
  result.search = performance.now() - start - 120;  // the page waits so long for the next letter
  result.found = shown();
  result.count = document.getElementById('count').textContent;
  document.getElementById('clear').click();
  result.order = await timed(() => choose('sort', 'path'));
  result.first = document.querySelector('.g').dataset.n;
  const frames = [];
  for (let i = 0, at = performance.now(); i < 60; ++i) {
    scrollBy(0, 700);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - at);
    at = now;
  }
  result.scroll_frame = median(frames);
  document.querySelector('button[data-facet]').click();
  result.by_bar = shown();
  await fetch('/result', { method: 'POST', body: JSON.stringify(result) });
});
"""


def measured(page):
    """What the browser measured."""
    text = open(page, encoding="utf-8").read()
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text, count=1)
    text = text.replace("</body>", f"<script>{MEASURE}</script></body>").encode()
    result, done = {}, threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            found = self.path == "/"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if found:
                self.wfile.write(text)

        def do_POST(self):
            result.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()
            done.set()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as profile:
        browser = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--disable-background-networking", f"--user-data-dir={profile}", "--window-size=1280,720",
             "--remote-debugging-port=0", f"http://127.0.0.1:{server.server_port}/"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        done.wait(240)
        browser.terminate()
        browser.wait()
    server.shutdown()
    return result


def measure(page, groups):
    result = measured(page)
    if not result:
        return ["the browser sent nothing: the script of the page fails"]
    print(json.dumps({name: round(value) if isinstance(value, float) else value for name, value in result.items()}))
    wrong = [f"{name}: {result[name]:.0f} ms" for name, limit in LIMITS.items() if result[name] > limit]
    if result["groups"] != groups or result["cleared"] != groups:
        wrong.append("not all groups are shown")
    if not 0 < result["review"] < groups or not 0 < result["by_bar"] < groups:
        wrong.append("a filter does not filter")
    if result["found"] != 1 or not result["count"].startswith(f"1 of {groups} groups: "):
        wrong.append("the search does not find the one group")
    if result["first"] != "1":
        wrong.append("the order by path does not begin with the first group")
    return wrong


def check_hash(page):
    text = open(page, encoding="utf-8").read()
    script = re.search(r"<script>(.*?)</script>", text, re.S).group(1)
    wanted = "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return [] if f"script-src &#39;{wanted}&#39;" in text else [f"plan_script_hash must be {wanted}"]


faults = measure(sys.argv[2], int(sys.argv[3])) if sys.argv[1] == "measure" else check_hash(sys.argv[2])
print("\n".join(faults))
sys.exit(1 if faults else 0)

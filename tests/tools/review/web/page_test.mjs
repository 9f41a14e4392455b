// The review page in Chromium, against the program and a library of real music (make_library.sh). page_test.sh runs it.
// The tests share one library and come in the order of a first use; each leaves the answers as it found them, until the
// last one settles everything.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { keyTable } from "../../../../tools/review/web/key_table.js";
import { axeFindings, count, openBrowser, openPage, pause, screenshot, text, until } from "./browser.mjs";
import { music, run, startReview, storedVerdicts } from "./program.mjs";
import { decode, emptyTap, find, installTap, recording, rms } from "./sound_tap.mjs";

const many = 100; // pairs to settle by keys alone
const most_error_s = 0.02; // of the position after a switch

let browser;
let review;
before(async () => {
  browser = await openBrowser();
  review = await startReview();
});
after(async () => {
  await browser?.close();
  await review?.stop();
});

const open = (options) => openPage(browser, review.address, options);
const close = async (page) => {
  assert.deepEqual(page.problems, []);
  await page.close();
};

const pressed = new Set();
async function press(page, key) {
  pressed.add(key.length === 1 ? key.toUpperCase() : key);
  await page.keyboard.press(key === " " ? "Space" : key);
}

const place = (page) => page.evaluate(() => location.hash);
const heading = (page) => text(page, ".pair h1");
const openPairs = (page) => page.evaluate(async () => (await (await fetch("api/summary")).json()).open);
const position = (page) =>
  page.$eval(".playhead span", (label) => {
    const [minutes, seconds] = label.textContent.split(":");
    return 60 * Number(minutes) + Number(seconds);
  });

/** Opens a group by what the search finds. */
async function openFound(page, words, name) {
  await press(page, "/");
  await page.$eval("#search", (field) => field.select());
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await until(page, `the group ${name}`, (name) => document.querySelector(".pair h1")?.innerText.includes(name), name);
  await until(page, "its pair", () => document.querySelector(".timeline"));
}

test("the overview says what there is, and everything certain is accepted at once", async () => {
  const page = await open();
  await until(page, "the totals", () => document.querySelectorAll(".totals tbody tr").length > 3);
  assert.match(await text(page, ".overview h1"), /^\d+ recordings with more than one copy/);
  assert.equal(await openPairs(page), await page.$eval(".figure-large", (figure) => parseInt(figure.innerText, 10)));
  const rows = await page.$$eval(".totals table", (tables) => tables.map((table) => table.innerText).join("\n"));
  assert.match(rows, /MP3/);
  assert.match(rows, /Downloads\/Part 1/);
  await screenshot(page, "review_overview");

  await page.evaluate(() => [...document.querySelectorAll("button")].find((button) => button.innerText.includes("Accept all")).click());
  await until(page, "accepted", () => document.querySelector(".card .chip.stays")?.innerText === "accepted");
  const accepted = await page.evaluate(async () => (await fetch("api/apply")).json());
  assert.ok(accepted.moves.some((move) => move.from.endsWith("river.mp3")), JSON.stringify(accepted));
  await page.evaluate(() => [...document.querySelectorAll("button")].find((button) => button.innerText === "take back").click());
  await until(page, "taken back", () => [...document.querySelectorAll("button")].some((button) => button.innerText.includes("Accept all")));
  assert.equal((await page.evaluate(async () => (await fetch("api/apply")).json())).count, 0);
  await close(page);
});

test("filters and order of the list", async () => {
  const page = await open();
  const groups = () => page.$eval(".count", (line) => parseInt(line.innerText.replace(",", ""), 10));
  await until(page, "the list", () => document.querySelectorAll(".row").length > 5);
  const all = await groups();
  assert.ok(all >= many, `${all} groups`);
  await page.evaluate(() => [...document.querySelectorAll(".filters button")].find((button) => button.innerText.startsWith("Filters")).click());
  const choose = (name, value) => page.select(`.menus select[name=${name}]`, value);
  await until(page, "the menus", () => document.querySelectorAll(".menus select").length === 6);

  await choose("band", "auto");
  await until(page, "fewer", (all) => parseInt(document.querySelector(".count").innerText, 10) < all, all);
  assert.match(await text(page, ".row .name"), /River/);
  await choose("band", "");
  const folder = await page.$eval(".menus select[name=folder]", (menu) => [...menu.options].find((option) => option.value.endsWith("Part 2")).value);
  await choose("folder", folder);
  await until(page, "one folder", () => parseInt(document.querySelector(".count").innerText, 10) === 10);
  await choose("folder", "");
  for (const name of ["relation", "reason", "format"]) {
    const value = await page.$eval(`.menus select[name=${name}]`, (menu) => menu.options[1].value);
    await choose(name, value);
    assert.ok((await groups()) > 0, name);
    await choose(name, "");
  }
  await choose("size", "200000000");
  await until(page, "nothing so large", () => document.querySelector(".count").innerText.startsWith("0 groups"));
  await page.evaluate(() => document.querySelector(".count button").click());
  await until(page, "everything again", (all) => parseInt(document.querySelector(".count").innerText, 10) === all, all);

  await page.select(".order select", "title");
  await until(page, "by title", () => document.querySelector(".row .name").innerText.startsWith("Ana Lind - Piece 0"));
  await page.select(".order select", "space");
  const space = await page.$$eval(".row .space", (cells) => cells.map((cell) => parseFloat(cell.innerText)));
  assert.deepEqual(space, [...space].sort((a, b) => b - a), "most space first");
  await close(page);
});

test("what differs is shown and marked, the rest on demand", async () => {
  const page = await open();
  await openFound(page, "graveyard", "Graveyard");
  const lines = () => page.$$eval(".compare tbody tr", (rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText)));
  const differ = Object.fromEntries((await lines()).map(([name, left, right]) => [name.split("\n")[0], [left, right]]));
  assert.deepEqual(Object.keys(differ).filter((name) => name === "Artist" || name === "Title"), [], "equal tags are shown");
  assert.match(differ.Format[0], /FLAC, lossless/);
  assert.match(differ.Format[1], /MP3/);
  assert.equal(differ.Path[0], "Albums/Nebula/05 Graveyard.flac");
  assert.equal(differ.Path[1], "Downloads/graveyard.mp3");
  assert.match(differ.Date.join("|"), /2011.*\|.*(–|none)/s);
  await press(page, "e");
  await until(page, "the lines that both share", () => [...document.querySelectorAll(".compare tbody th")].some((head) => head.innerText === "Title"));
  await press(page, "e");
  await until(page, "only what differs", () => ![...document.querySelectorAll(".compare tbody th")].some((head) => head.innerText === "Title"));

  await openFound(page, "coda", "Coda");
  assert.match(await text(page, ".compare tbody"), /Title/);
  const marks = await page.$$eval(".compare mark", (marks) => marks.map((mark) => mark.innerText).join("|"));
  assert.match(marks, /Live|Acoustic/);
  await close(page);
});

test("the differing spans are listed with their times", async () => {
  const page = await open();
  await openFound(page, "graveyard", "Graveyard");
  const spans = await page.$$eval(".spans tbody tr", (rows) => rows.map((row) => row.innerText.replace(/\s+/g, " ")));
  assert.ok(spans.length >= 2, spans.join("; "));
  assert.match(spans[0], /^0:14\.[01] 0\.[345] s right is silent/);
  assert.ok(spans.some((span) => /^0:31\.[123] 0\.[456] s right is silent/.test(span)), spans.join("; "));
  await close(page);
});

test("moving and looking by keys", async () => {
  const page = await open();
  await press(page, "Enter");
  await until(page, "a pair", () => document.querySelector(".pair h1"));
  const first = await place(page);
  await press(page, "ArrowDown");
  await until(page, "the next group", (first) => location.hash !== first, first);
  const second = await place(page);
  await press(page, "ArrowUp");
  await until(page, "the first group", (first) => location.hash === first, first);
  await press(page, "PageDown");
  await until(page, "a group further down", (first, second) => ![first, second].includes(location.hash), first, second);
  await press(page, "PageUp");
  await until(page, "the first group", (first) => location.hash === first, first);

  await openFound(page, "coda", "Coda");
  const before = await place(page);
  await press(page, "c");
  await until(page, "the other copy", (before) => location.hash !== before, before);
  assert.equal((await place(page)).split("/")[2], before.split("/")[2], "the same group");
  await press(page, "c");
  await until(page, "the first copy again", (before) => location.hash === before, before);

  await press(page, "f");
  await until(page, "frequencies", () => document.querySelectorAll("canvas.spectrum").length === 2);
  await until(page, "drawn frequencies", () => {
    const canvas = document.querySelector("canvas.spectrum");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(data).size > 50;
  });
  await press(page, "f");
  await until(page, "no frequencies", () => document.querySelectorAll("canvas.spectrum").length === 0);
  const pressedZoom = () => document.querySelector(".player button[aria-pressed][class=quiet]").getAttribute("aria-pressed");
  const zoom = await page.evaluate(pressedZoom);
  await press(page, "z");
  assert.notEqual(await page.evaluate(pressedZoom), zoom);

  await press(page, "o");
  await until(page, "the overview", () => document.querySelector(".overview"));
  await press(page, "l");
  await until(page, "the answers", () => document.querySelector(".answers h1"));
  await press(page, "m");
  await until(page, "what would move", () => document.querySelector(".apply h1"));
  await press(page, "?");
  await until(page, "the help", () => document.querySelector("dialog[open] .keys"));
  const help = await text(page, "dialog[open]");
  for (const part of keyTable) for (const key of part.keys) if (!key.isAlias) assert.ok(help.includes(key.what), key.what);
  await page.keyboard.press("1"); // a dialog keeps the keys
  await page.keyboard.press("Escape");
  await until(page, "no help", () => !document.querySelector("dialog"));

  const theme = () => page.evaluate(() => document.documentElement.dataset.theme ?? "system");
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await theme(), "system");
  const light = await back();
  await press(page, "t");
  assert.equal(await theme(), "light");
  await press(page, "t");
  assert.equal(await theme(), "dark");
  assert.notEqual(await back(), light);
  await page.reload();
  await until(page, "a page", () => document.querySelector(".apply h1"));
  assert.equal(await theme(), "dark", "the theme survives a reload");
  await press(page, "t");
  assert.equal(await theme(), "system");
  await close(page);
});

test("answers by keys, each stored before the next pair, and taken back", async () => {
  const page = await open();
  await press(page, "Enter");
  await until(page, "a pair", () => document.querySelector(".pair h1"));
  const total = await openPairs(page);
  const verdicts = { 1: "keep_a", 2: "keep_b", b: "keep_both", d: /^(not_same|keep_both)$/, s: null };
  for (const [key, verdict] of Object.entries(verdicts)) {
    const [before, title, known] = [await place(page), await heading(page), (await storedVerdicts()).length];
    await press(page, key);
    await until(page, `the pair after ${key}`, (before) => location.hash !== before, before);
    assert.equal(await openPairs(page), total - 1, `${key}: one pair less`);
    const stored = await storedVerdicts();
    assert.equal(stored.length, known + (verdict ? 1 : 0), `${key}: stored for ever, or for now`);
    if (key === "1" || key === "2") {
      const [stays, goes] = key === "1" ? [".flac", ".mp3"] : [".mp3", ".flac"];
      const newest = stored[0];
      const kept = newest.verdict === "keep_a" ? newest.a : newest.b;
      const lost = newest.verdict === "keep_a" ? newest.b : newest.a;
      assert.ok(kept.endsWith(stays) && lost.endsWith(goes), JSON.stringify(newest));
    } else if (verdict) assert.match(stored[0].verdict, new RegExp(verdict));
    await press(page, "u");
    await until(page, `back at the pair of ${key}`, (before) => location.hash === before, before);
    await until(page, "the pair is open", () => document.querySelector(".choice.proposed"));
    assert.equal(await heading(page), title);
    assert.equal(await openPairs(page), total);
    assert.equal((await storedVerdicts()).length, known);
  }
  await press(page, "u");
  await until(page, "a message", () => document.querySelector(".message.failed")?.innerText.includes("no answer of this tab"));

  // A held key is one answer.
  await page.keyboard.down("s");
  await page.keyboard.down("s");
  await page.keyboard.down("s");
  await page.keyboard.up("s");
  await until(page, "one answer", () => document.querySelector(".message")?.innerText.includes("Both stay for now"));
  await pause(300);
  assert.equal(await openPairs(page), total - 1);
  await press(page, "u");
  await until(page, "taken back", () => document.querySelector(".message")?.innerText.includes("Taken back"));
  await close(page);
});

test("A answers for a folder, and U takes that back", async () => {
  const page = await open();
  await openFound(page, "piece 21", "Piece 21");
  const total = await openPairs(page);
  await press(page, "a");
  await until(page, "the question", () => document.querySelector("dialog[open] fieldset"));
  const question = await text(page, "dialog[open]");
  const pairs = Number(question.match(/Answer (\d+) pairs/)[1]);
  assert.ok(pairs >= 5 && pairs <= 10, question);
  assert.match(question, /Downloads\/Part \d+/);
  await page.keyboard.press("Enter");
  await until(page, "all answered", () => /proposals accepted/.test(document.querySelector(".message")?.innerText));
  assert.equal(await openPairs(page), total - pairs);
  await press(page, "u");
  await until(page, "taken back", () => /Taken back/.test(document.querySelector(".message")?.innerText));
  assert.equal(await openPairs(page), total);
  await close(page);
});

test("answers survive a reload and a kill, reach a second tab, and can be forgotten", async () => {
  const page = await open();
  const second = await open();
  await openFound(page, "coda", "Coda");
  const total = await openPairs(page);
  const first = await place(page);
  await press(page, "b");
  await until(page, "the next pair", (first) => location.hash !== first, first);
  await until(second, "the second tab knows", (open) => document.querySelector(".figure-large")?.innerText.startsWith(String(open)), total - 1);
  const next = await place(page);
  await page.reload();
  await until(page, "the same pair after a reload", (next) => location.hash === next && document.querySelector(".timeline"), next);
  assert.equal(await openPairs(page), total - 1);
  assert.match(await text(page, ".far"), /^1 of/);
  await close(second);
  await close(page);

  await review.stop("SIGKILL");
  review = await startReview();
  const later = await open();
  assert.equal(await openPairs(later), total - 1, "after a kill");
  await press(later, "l");
  await until(later, "the answer", () => document.querySelectorAll(".answers tbody tr").length === 1);
  assert.match(await text(later, ".answers tbody"), /Coda\.flac[^]*stays[^]*coda[^]*\.mp3[^]*stays/);
  await later.evaluate(() => document.querySelector(".answers tbody button").click());
  await until(later, "no answers", () => document.querySelectorAll(".answers tbody tr").length === 0);
  assert.deepEqual(await storedVerdicts(), []);
  await close(later);
  await review.stop();
  review = await startReview();
  const last = await open();
  assert.equal(await openPairs(last), total, "the forgotten pair is open again");
  await close(last);
});

test("Space plays, Tab switches within 20 ms of the alignment, arrows and N seek", async (context) => {
  const page = await open({ prepare: installTap });
  await openFound(page, "graveyard", "Graveyard");
  // Without this the switch could not be heard in the levels: the MP3 is 6 dB softer.
  await page.$eval(".check input", (box) => box.checked && box.click());
  const start = await position(page);
  assert.ok(Math.abs(start - 12.55) < 0.3, `it starts at ${start}, shortly before the first moment that differs`);

  await press(page, "n");
  await until(page, "the second span", () => document.querySelector(".playhead span").textContent > "0:29");
  assert.ok(Math.abs((await position(page)) - 29.7) < 0.3, `N went to ${await position(page)}`);
  await press(page, "ArrowLeft");
  await until(page, "five seconds back", () => document.querySelector(".playhead span").textContent < "0:26");
  await press(page, "ArrowRight");
  await until(page, "five seconds on", () => document.querySelector(".playhead span").textContent > "0:29");
  await page.keyboard.down("Shift");
  await press(page, "N");
  await page.keyboard.up("Shift");
  await until(page, "the first span", () => document.querySelector(".playhead span").textContent < "0:13");
  await page.click(".timeline", { offset: { x: 200, y: 30 } });
  await until(page, "where it was clicked", () => !document.querySelector(".playhead span").textContent.startsWith("0:12"));

  const paths = { a: join(music, "Albums/Nebula/05 Graveyard.flac"), b: join(music, "Downloads/graveyard.mp3") };
  let files;
  const errors = [];
  for (const from of [18, 35]) {
    const width = await page.$eval(".timeline", (box) => box.clientWidth);
    const whole = await page.evaluate(async () => {
      const [, , , a, b] = location.hash.split("/");
      const pair = await (await fetch(`api/pairs/${a}/${b}`)).json();
      const offset = pair.heard.offset_s;
      return { offset, from: Math.min(0, offset), to: Math.max(pair.duration_a_s, offset + pair.duration_b_s * pair.speed) };
    });
    assert.ok(Math.abs(whole.offset - 1.7) < 0.05, `the offset is ${whole.offset}`);
    await page.click(".timeline", { offset: { x: (width * (from - whole.from)) / (whole.to - whole.from), y: 30 } });
    await page.evaluate(() => window.recorded && (window.recorded.length = 0));
    await press(page, " ");
    await until(page, "it plays", () => document.querySelector(".play").innerText.includes("Pause"));
    await pause(3000);
    await press(page, "Tab");
    await until(page, "the right copy is heard", () => document.querySelector(".listen.right").getAttribute("aria-pressed") === "true");
    await pause(3000);
    await press(page, "Tab");
    await pause(1500);
    await press(page, "p");
    await until(page, "it stops", () => document.querySelector(".play").innerText.includes("Play"));

    const { rate, samples, gaps } = await recording(page);
    assert.equal(gaps, 0, "the recorder of this test lost samples");
    files ??= { a: decode(paths.a, rate), b: decode(paths.b, rate) };
    const played = samples.findIndex((sample) => Math.abs(sample) > 1e-4);
    const length = Math.round(0.6 * rate);
    const blockA = played + Math.round(1.5 * rate);
    const blockB = played + Math.round(4.5 * rate);
    const heardA = find(samples.subarray(blockA, blockA + length), files.a);
    const heardB = find(samples.subarray(blockB, blockB + length), files.b);
    assert.ok(heardA.correlation > 0.98 && heardB.correlation > 0.98, `correlations ${heardA.correlation}, ${heardB.correlation}`);
    const expected = heardA.at / rate + (blockB - blockA) / rate - 1.7;
    const error = heardB.at / rate - expected;
    errors.push(error);
    context.diagnostic(`from ${from} s: left at ${(heardA.at / rate).toFixed(4)} s, right at ${(heardB.at / rate).toFixed(4)} s, off by ${(1000 * error).toFixed(2)} ms`);
    assert.ok(Math.abs(error) < most_error_s, `after the switch it is ${error} s away from the alignment`);
    // The right one was heard, not the left one: it is half as loud.
    const inLeft = find(samples.subarray(blockB, blockB + length), files.a);
    const ratio = rms(samples.subarray(blockB, blockB + length)) / rms(files.a.subarray(inLeft.at, inLeft.at + length));
    assert.ok(Math.abs(ratio - 0.501) < 0.05, `the level is ${ratio} of the left one`);
    await emptyTap(page);
  }

  // With the same loudness, the left one is turned down by those 6 dB.
  await page.$eval(".check input", (box) => box.click());
  assert.match(await text(page, ".check"), /left −[56]\.\d dB/);

  // While nothing plays, Tab moves the focus; after a click on a button Space plays all the same.
  await press(page, "Tab");
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
  await page.click(".listen.left");
  await press(page, " ");
  await until(page, "it plays", () => document.querySelector(".play").innerText.includes("Pause"));
  await page.keyboard.press("Escape");
  await until(page, "Esc stops", () => document.querySelector(".play").innerText.includes("Play"));
  await close(page);
});

test("any two copies of a group side by side", async () => {
  const page = await open();
  await openFound(page, "coda", "Coda");
  const ids = await page.$$eval(".compare select", (menus) => menus.map((menu) => [...menu.options].map((option) => option.value)));
  assert.equal(ids[0].length, 3);
  const [left, right] = [await page.$eval(".left select", (menu) => menu.value), await page.$eval(".right select", (menu) => menu.value)];
  const other = ids[0].find((id) => id !== left && id !== right);
  await page.select(".compare .left select", other);
  await until(page, "two copies that both may go", () => document.querySelector(".choices .note"));
  assert.match(await text(page, ".choices"), /Choose the kept copy/);
  await page.keyboard.press("1");
  await until(page, "no answer about them", () => document.querySelector(".message.failed"));
  await page.select(".compare .left select", left);
  await until(page, "choices again", () => document.querySelector(".choice"));
  await close(page);
});

test("no serious finding of axe in any view and theme", async () => {
  const source = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  const blind = await open();
  await blind.$eval("h1", (head) => (head.style.color = "#dddddd"));
  assert.deepEqual((await axeFindings(blind, source)).map((finding) => finding.id), ["color-contrast"], "axe is blind");
  await blind.close();
  for (const theme of ["light", "dark"]) {
    for (const [width, height] of [[1280, 720], [768, 1024]]) {
      const page = await open({ theme, width, height });
      const check = async (what) => assert.deepEqual(await axeFindings(page, source), [], `${what}, ${theme}, ${width}`);
      await check("overview");
      await openFound(page, "graveyard", "Graveyard");
      await page.evaluate(() => document.querySelector(".count button").click()); // the whole list beside the pair
      await pause(1500); // the drawings
      await check("pair");
      if (width === 1280) await screenshot(page, theme === "light" ? "review_pair" : "review_dark");
      else if (theme === "light") await screenshot(page, "review_tablet");
      await page.keyboard.press("f");
      await page.keyboard.press("e");
      await page.evaluate(() => [...document.querySelectorAll(".filters button")].find((button) => button.innerText.startsWith("Filters")).click());
      await until(page, "frequencies", () => document.querySelector(".spectrum"));
      await check("pair with everything");
      await page.keyboard.press("a");
      await until(page, "a question", () => document.querySelector("dialog[open]"));
      await check("question");
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await until(page, "the help", () => document.querySelector("dialog[open] .keys"));
      await check("help");
      await page.keyboard.press("Escape");
      await page.keyboard.press("l");
      await until(page, "answers", () => document.querySelector(".answers h1"));
      await check("answers");
      await page.keyboard.press("m");
      await until(page, "what would move", () => document.querySelector(".apply h2"));
      await check("apply");
      await close(page);
    }
  }
});

test("nothing is wider than the window", async () => {
  for (const [width, height] of [[1280, 720], [768, 1024], [1024, 768]]) {
    const page = await open({ width, height });
    const overflow = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("#app *")]
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".unseen"))
          .map((element) => `${element.tagName}.${element.className}`),
      );
    assert.deepEqual(await overflow(), [], `overview, ${width}`);
    await openFound(page, "graveyard", "Graveyard");
    assert.deepEqual(await overflow(), [], `pair, ${width}`);
    const choices = await page.$eval(".choices", (bar) => bar.getBoundingClientRect().bottom);
    assert.ok(choices <= height, "the answers are below the window");
    await close(page);
  }
});

const musicFiles = () =>
  readdirSync(music, { recursive: true }).filter((name) => /\.(flac|mp3)$/.test(name) && !name.startsWith(".echofold")).sort();

test("a hundred pairs are settled by keys alone, moved and brought back by keys alone", async (context) => {
  const page = await open();
  const total = await openPairs(page);
  assert.ok(total >= many, `${total} pairs`);
  const before = musicFiles();
  const began = performance.now();
  await press(page, "Enter");
  await until(page, "a pair", () => document.querySelector(".pair h1"));
  const keys = ["1", "1", "2", "1", "s", "1", "b", "1", "d", "1"];
  const times = [];
  for (let i = 0; i < many; i++) {
    const left = total - i - 1;
    const start = performance.now();
    await press(page, keys[i % keys.length]);
    await until(page, `answer ${i + 1}`, (left, total) => document.querySelector(".far").innerText.startsWith(`${total - left} of ${total}`), left, total);
    await until(page, "the next pair", () => document.querySelector(".choice:not(:disabled)") || document.querySelector(".overview"));
    times.push(performance.now() - start);
  }
  assert.equal(await openPairs(page), total - many);
  const seconds = (performance.now() - began) / 1000;
  context.diagnostic(`${many} pairs in ${seconds.toFixed(1)} s, ${(times.reduce((a, b) => a + b) / many).toFixed(0)} ms a pair`);
  assert.ok(seconds < 300, "five minutes are enough");

  await press(page, "m");
  await until(page, "what would move", () => document.querySelector("#apply"));
  const moves = keys.filter((key) => key === "1" || key === "2").length * (many / keys.length);
  assert.match(await text(page, "#apply"), new RegExp(`Set ${moves} files aside`));
  assert.deepEqual(musicFiles(), before, "nothing has moved yet");
  await page.keyboard.press("Enter");
  await until(page, "the question", () => document.querySelector("dialog[open]"));
  assert.deepEqual(musicFiles(), before, "nothing has moved before the confirmation");
  await page.keyboard.press("Enter");
  await until(page, "the result", () => document.querySelector("#result"));
  assert.match(await text(page, "#result"), new RegExp(`${moves} files were set aside`));
  const now = musicFiles();
  const gone = before.filter((name) => !now.includes(name));
  assert.equal(gone.length, moves);
  assert.ok(gone.some((name) => name.endsWith(".flac")) && gone.some((name) => name.endsWith(".mp3")));
  assert.ok(existsSync(join(music, ".echofold-duplicates")));

  await until(page, "the run", () => document.querySelector(".apply kbd + *, .apply td button"));
  await press(page, "u");
  await until(page, "the question", () => document.querySelector("dialog[open]"));
  await page.keyboard.press("Enter");
  await until(page, "the result", () => /back in place/.test(document.querySelector("#result")?.innerText));
  assert.deepEqual(musicFiles(), before, "everything is back");
  await until(page, "the run is taken back", () => [...document.querySelectorAll(".apply td")].some((cell) => cell.innerText === "taken back"));
  const [last] = (await run("history", "--format", "ndjson")).split("\n").map((line) => line && JSON.parse(line));
  assert.equal(last.restored, moves);
  assert.ok(last.taken_back);
  await close(page);
});

test("every key of the help was pressed", () => {
  const missing = keyTable.flatMap((part) => part.keys).map((key) => key.key).filter((key) => !pressed.has(key.length === 1 ? key.toUpperCase() : key));
  assert.deepEqual(missing, []);
});

// Thousands of groups: the list scrolls and searches without a frame that a person would notice. Against generated data:
// a real library of this size takes hours to make.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openPage, until } from "./browser.mjs";
import { startMock } from "./mock_server.mjs";

const frame_ms = 16;
const row_px = 52;

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The work of each frame while the list scrolls by `step` pixels a frame: scripts, layout and paint, in ms. */
const scroll = (page, step, frames) =>
  page.evaluate(
    (step, frames) =>
      new Promise((resolve) => {
        const list = document.querySelector(".list");
        const work = [];
        const channel = new MessageChannel();
        let begin = 0;
        channel.port1.onmessage = () => work.push(performance.now() - begin);
        const frame = () => {
          begin = performance.now();
          if (work.length >= frames) return resolve({ work, top: list.scrollTop, rows: list.querySelectorAll(".row").length });
          list.scrollTop += step;
          channel.port2.postMessage(0); // arrives after this frame was drawn
          return requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    step,
    frames,
  );

for (const groups of [5000, 10000]) {
  test(`${groups} groups scroll under ${frame_ms} ms a frame`, async (context) => {
    const mock = await startMock(groups);
    const page = await openPage(browser, mock.address);
    await until(page, "the list", () => document.querySelectorAll(".row").length > 5);
    for (const step of [40, 400, 4000]) {
      await page.$eval(".list", (list) => (list.scrollTop = 0));
      const end = groups * row_px - 720;
      const frames = Math.min(200, Math.floor(end / step));
      const { work, top, rows } = await scroll(page, step, frames);
      assert.ok(top >= step * frames * 0.9, `it scrolled to ${top} only`);
      assert.ok(rows < 60, `${rows} rows exist at once`);
      context.diagnostic(`${groups} groups, ${step} px a frame: median ${median(work).toFixed(1)} ms, largest ${Math.max(...work).toFixed(1)} ms`);
      assert.ok(median(work) < frame_ms, `median of ${median(work).toFixed(1)} ms`);
    }
    await page.$eval(".list", (list) => (list.scrollTop = list.scrollHeight));
    await until(page, "the end", (last) => document.querySelector(`.row[aria-posinset="${last}"]`), groups);
    const shown = await page.$$eval(".row", (rows) => rows.map((row) => Number(row.getAttribute("aria-posinset"))));
    assert.ok(Math.max(...shown) === groups, "the last row is not there at the end");
    assert.deepEqual(page.problems, []);
    await page.close();
    mock.close();
  });
}

test("a search in 10,000 groups answers at once", async (context) => {
  const mock = await startMock(10000);
  const page = await openPage(browser, mock.address);
  await page.keyboard.press("/");
  const before = await page.$eval(".count", (line) => line.innerText);
  assert.match(before, /^10,000 groups/);
  const times = [];
  for (const letter of "okafor glass") {
    const began = performance.now();
    await page.keyboard.type(letter);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    times.push(performance.now() - began);
  }
  context.diagnostic(`a letter typed: median ${median(times).toFixed(0)} ms, with the frame and the way through the browser`);
  assert.ok(median(times) < 150, `${median(times)} ms`);
  await until(page, "fewer groups", () => /^\d{2,3} groups/.test(document.querySelector(".count").innerText));
  const names = await page.$$eval(".row .name", (rows) => rows.map((row) => row.innerText));
  assert.ok(names.every((name) => /Okafor.*Glass|Glass.*Okafor/.test(name) || name.includes("Okafor")), names.join("\n"));
  assert.deepEqual(page.problems, []);
  await page.close();
  mock.close();
});

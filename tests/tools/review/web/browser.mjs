// Chromium for the tests: pages that note every error, and what the tests do with them again and again.
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const hasBrowser = existsSync(executablePath);

/** Without a sandbox, as tests may run as root. Sound needs no device: Chromium plays into the void in real time. */
export const openBrowser = () =>
  puppeteer.launch({
    executablePath,
    headless: true,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--force-device-scale-factor=1", "--font-render-hinting=none"],
  });

/**
 * A page that notes what must not happen: errors in the console, exceptions, requests to anything but the program, and
 * violations of the content security policy.
 * @return the page, with `problems`
 */
export async function openPage(browser, address, { width = 1280, height = 720, theme = "light", prepare } = {}) {
  const page = await browser.newPage();
  page.problems = [];
  const origin = new URL(address).origin;
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.problems.push(`exception: ${error.stack ?? error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) page.problems.push(`request to ${request.url()}`);
  });
  await page.exposeFunction("noteViolation", (what) => page.problems.push(`policy: ${what}`));
  await page.evaluateOnNewDocument(() =>
    addEventListener("securitypolicyviolation", (event) => window.noteViolation(`${event.effectiveDirective} ${event.blockedURI}`)),
  );
  if (prepare) await page.evaluateOnNewDocument(prepare);
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  await page.goto(address);
  await page.waitForSelector(".row", { timeout: 120000 });
  return page;
}

/** Waits until a function is true in the page; says what did not come true. */
export async function until(page, what, condition, ...values) {
  try {
    await page.waitForFunction(condition, { timeout: 60000, polling: 50 }, ...values);
  } catch {
    const seen = await page.evaluate(() => document.body.innerText.slice(0, 1500));
    throw new Error(`${what}: it did not come true. The page says:\n${seen}`);
  }
}

export const text = (page, selector) => page.$eval(selector, (element) => element.innerText);
export const count = (page, selector) => page.$$eval(selector, (elements) => elements.length);
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Serious and critical findings of axe. */
export async function axeFindings(page, source) {
  // The page's policy forbids scripts in it, so axe runs in a world of its own, which sees the same document.
  const session = await page.createCDPSession();
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const run = async (expression) => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      contextId: executionContextId, expression, awaitPromise: true, returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await run(`${source}; undefined`);
  const findings = await run(`axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations
    .map((finding) => ({ id: finding.id, impact: finding.impact, nodes: finding.nodes.slice(0, 4).map((node) => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? "")) })))`);
  await session.detach();
  return findings.filter((finding) => ["serious", "critical"].includes(finding.impact));
}

/** Writes a picture for the documents if ECHOFOLD_SCREENSHOTS names a folder. */
export async function screenshot(page, name) {
  const folder = process.env.ECHOFOLD_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

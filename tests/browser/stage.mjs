// What the tests stand on: a keyfob of their own, a browser, and pages of which each has an account to itself.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url);
const packages = createRequire(new URL("build/playwright/package.json", root));
const { chromium } = packages("playwright-core");
const axe = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");

const binary = process.env.KEYFOB_BINARY ?? fileURLToPath(new URL("build/release/keyfob", root));
const pictures = fileURLToPath(new URL("build/browser/", root));
mkdirSync(pictures, { recursive: true });

const cleanEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(AWS_|BOTO_|KEYFOB_)|^(https?|all|no)_proxy$/i.test(name)),
);

// Milliseconds for what takes a moment, on the busiest machine too: only what hangs takes longer.
const patience = 300_000;

// A server on a free port; `stop` ends it and sees that it went in good order.
export async function startServer(options = [], environment = {}) {
  const child = spawn(binary, ["serve", "--port", "0", "--log-level", "error", ...options], {
    env: { ...cleanEnvironment, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended.then(() => [""])]);
  const url = /^keyfob listening on (http:\S+)$/.exec(line)?.[1];
  assert.ok(url, `keyfob said ${JSON.stringify(line)}`);
  const stop = async () => {
    child.kill("SIGTERM");
    const [status] = await ended;
    assert.equal(status, 0);
  };
  return { url, stop };
}

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM,
    // Chromium's sandbox can't be had as root, which is what a container's tests run as.
    args: process.getuid() === 0 ? ["--no-sandbox"] : [],
  });
}

let accounts = 810_000_000_000;
export const newAccount = () => String(++accounts);

// The control API of an account.
export const controlOf = (server, account, headers = {}) => async (method, path, body, query = {}) => {
  const all = new URLSearchParams({ ...query, account });
  const response = await fetch(`${server.url}/_keyfob/${path}?${all}`, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${response.ok || (await response.text())}`);
  return response.status === 204 ? null : response.json();
};

// The console in a browser context of its own. Whatever the page does wrong on its way fails the test: scripts that
// throw, breaches of its own content security policy, requests to other hosts.
export async function openConsole(browser, server, { account = newAccount(), view = "devices", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => /Content Security Policy/i.test(message.text()) && faults.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url) && !/^(blob|data):/.test(request.url())) faults.push(request.url());
  });
  await page.goto(`${server.url}/_keyfob/?account=${account}#${view}`);
  const close = async () => {
    await context.close();
    assert.deepEqual(faults, []);
  };
  return { page, account, close, control: controlOf(server, account) };
}

export const picture = (page, name, options = {}) => page.screenshot({ path: `${pictures}${name}.png`, ...options });

export const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

// What axe-core finds wrong with the page as it stands, in words.
export async function violations(page) {
  await page.evaluate(axe); // by the debugger's door, which the page's policy doesn't guard
  const result = await page.evaluate(() => window.axe.run(document));
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`));
}

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { timeout: patience, ...options });
  assert.equal(done.status, 0, `${command}: ${done.error ?? done.stderr}`);
  return done.stdout.toString().trim();
}

// The text of the one QR code in a picture, and the code that an authenticator app shows at a moment.
export const readQr = (png) => run("zbarimg", ["--nodbus", "--raw", "-q", "png:-"], { input: png });
export const codeAt = (seed, seconds) => run("oathtool", ["-b", "--totp", `--now=@${seconds}`, seed]);

// A line of Python with `iam`, a boto3 client of the account.
export function boto3(server, account, line) {
  run("python3", ["-c", `
import boto3
iam = boto3.client("iam", endpoint_url="${server.url}", region_name="us-east-1",
                   aws_access_key_id="${account}", aws_secret_access_key="test")
${line}
`], { env: { ...cleanEnvironment, AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" } });
}

// Who is let in: pages of other origins are not, and a server that asks for more than a visit gets it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { boto3, controlOf, newAccount, openConsole, startBrowser, startServer } from "./stage.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

async function withServer(options, environment, body) {
  const server = await startServer(options, environment);
  await body(server);
  await server.stop();
}

// A page on another port of this machine: to a browser that is another origin.
async function withHostilePage(body) {
  const hostile = createServer((_, response) => response.setHeader("Content-Type", "text/html").end("<!doctype html>"));
  hostile.listen(0, "127.0.0.1");
  await once(hostile, "listening");
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${hostile.address().port}/`);
  await body(page);
  await page.close();
  hostile.close();
}

test("a page of another origin neither drives the control API nor reads it", () =>
  withServer([], {}, (server) =>
    withHostilePage(async (page) => {
      const account = newAccount();
      const control = controlOf(server, account);
      boto3(server, account, 'iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")');
      const untouched = await control("GET", "state");

      const outcomes = await page.evaluate(async ([url, id]) => {
        const at = (path) => `${url}/_keyfob/${path}?account=${id}`;
        const attempt = (path, options) =>
          fetch(at(path), options).then(async (reply) => reply.type === "opaque" ? "opaque" : reply.text(), () => "refused");
        const form = document.createElement("form");
        Object.assign(form, { method: "post", action: at("reset"), target: "sink" });
        const sink = Object.assign(document.createElement("iframe"), { name: "sink" });
        document.body.append(sink, form);
        form.submit();
        await new Promise((done) => sink.addEventListener("load", done));
        return Promise.all([
          attempt("reset", { method: "POST", mode: "no-cors" }),
          attempt("clock/freeze", { method: "POST", mode: "no-cors", body: '{"at":"2020-01-01T00:00:00Z"}' }),
          attempt("reset", { method: "POST" }),
          attempt("faults", { method: "DELETE" }),
          attempt("state", { method: "PUT", body: '{"version":1}' }),
          attempt("state"),
          attempt("codes"),
          attempt("requests/stream"),
          attempt(""),
        ]);
      }, [server.url, account]);

      assert.deepEqual(outcomes, ["opaque", "opaque", ...Array(7).fill("refused")]);
      assert.deepEqual(await control("GET", "state"), untouched);
      assert.equal((await control("GET", "clock")).frozen, false);
    })));

test("a page of another origin makes no AWS calls either", () =>
  withServer([], {}, (server) =>
    withHostilePage(async (page) => {
      const outcome = await page.evaluate((url) =>
        fetch(url, {
          method: "POST",
          mode: "no-cors",
          body: new URLSearchParams({ Action: "CreateUser", Version: "2010-05-08", UserName: "mallory" }),
        }).then(({ type }) => type), server.url);
      assert.equal(outcome, "opaque");
      const state = await (await fetch(`${server.url}/_keyfob/state`)).json();
      assert.deepEqual(state.users, []);
    })));

test("no page frames the console", () =>
  withServer([], {}, (server) =>
    withHostilePage(async (page) => {
      await page.evaluate(async (url) => {
        const frame = Object.assign(document.createElement("iframe"), { src: url });
        document.body.append(frame);
        await new Promise((done) => frame.addEventListener("load", done));
      }, `${server.url}/_keyfob/`);
      assert.equal(await page.frames()[1].locator("#main").count(), 0);
    })));

test("the console asks for the control token, again when it is wrong", () =>
  withServer(["--control-token", "open sesame"], {}, async (server) => {
    const { page, account, close } = await openConsole(browser, server);
    const question = page.getByRole("dialog", { name: "This server wants its token" });
    const answer = async (token) => {
      await question.getByLabel("Control token").fill(token);
      await question.getByRole("button", { name: "Go on" }).click();
    };
    await answer("open barley");
    await answer("open sesame");
    await question.waitFor({ state: "detached" });
    boto3(server, account, 'iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")');
    await page.getByRole("link", { name: /^phone/ }).click(); // told by the stream
    await page.getByRole("button", { name: "Show the QR code" }).click();
    await page.locator("#qr").waitFor();

    await page.reload(); // the tab remembers
    await page.getByRole("link", { name: /^phone/ }).waitFor();
    assert.equal(await question.count(), 0);
    await close();
  }));

test("the console says so when the server is gone", async () => {
  const server = await startServer();
  const { page, close } = await openConsole(browser, server);
  await page.getByText("No MFA devices yet").waitFor();
  await server.stop(); // in good order, though a page follows the journal
  await page.getByText("keyfob doesn't answer.").waitFor();
  await close();
});

const createUser = async (page, name) => {
  await page.locator("#create-user").click();
  await page.getByLabel("User name").fill(name);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("heading", { name }).waitFor();
};

test("the console signs its calls", () =>
  withServer(["--verify-signatures"], {}, async (server) => {
    const { page, close } = await openConsole(browser, server, { view: "users" });
    await createUser(page, "alice");
    await close();
  }));

test("the console asks for the secret when it is another", () =>
  withServer(["--verify-signatures"], { KEYFOB_ROOT_SECRET_ACCESS_KEY: "wJalrXUtnFEMI" }, async (server) => {
    const { page, close } = await openConsole(browser, server, { view: "users" });
    const question = page.getByRole("dialog", { name: "This server verifies signatures" });
    await question.getByLabel("Secret access key of root").fill("wJalrXUtnFEMI");
    await question.getByRole("button", { name: "Go on" }).click();
    await createUser(page, "alice");
    await close();
  }));

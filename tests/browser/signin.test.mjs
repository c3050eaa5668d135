// The sign-in page, as a user of AWS's console knows it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { boto3, clipboard, openConsole, picture, startBrowser, startServer, violations } from "./stage.mjs";

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser.close();
  await server.stop();
});

const heading = (page, name) => page.getByRole("heading", { name }).waitFor();

// The page, an account with alice in it, and a device of hers when the test wants one.
async function openSignIn({ device = false, ...options } = {}) {
  const opened = await openConsole(browser, server, options);
  const { page, account, control } = opened;
  await control("POST", "clock/freeze", {});
  await control("PUT", "state", {
    alias: `team-${account}`,
    users: [{ userName: "alice", loginProfile: { password: "correct horse" } }],
    devices: device ? [{ name: "phone", userName: "alice" }] : [],
  });
  await page.goto(`${server.url}/_keyfob/signin`);
  await heading(page, "Sign in as an IAM user");
  return opened;
}

async function fillIn(page, account, password = "correct horse") {
  await page.getByLabel("Account ID").fill(account);
  await page.getByLabel("IAM user name").fill("alice");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const code = async (control, account, which = "current") =>
  (await control("GET", "codes", undefined, { serial: `arn:aws:iam::${account}:mfa/phone` }))[which];

async function submitCode(page, text) {
  await page.getByLabel("MFA code").fill(text);
  await page.getByRole("button", { name: "Submit" }).click();
}

test("a password alone opens for a user without a device", async () => {
  const { page, account, close } = await openSignIn();
  await fillIn(page, account, "wrong");
  await page.getByText("The user name or the password is wrong.").waitFor();
  await fillIn(page, account);
  await heading(page, "Signed in");
  await page.getByText("Without MFA").waitFor();
  await close();
});

test("a device asks for its code, once; the session's credentials are there to paste", async () => {
  const { page, account, control, close } = await openSignIn({ device: true });
  await fillIn(page, `team-${account}`);
  await heading(page, "Multi-factor authentication");
  assert.deepEqual(await violations(page), []);
  await picture(page, "signin-code");
  await submitCode(page, "000000");
  await page.getByText("The MFA code is wrong, used or out of date.").waitFor();
  const good = await code(control, account);
  await submitCode(page, good);
  await heading(page, "Signed in");
  await page.getByText("With MFA").waitFor();
  assert.deepEqual(await violations(page), []);
  await picture(page, "signin-done");

  await page.getByRole("button", { name: /^Copy/ }).click();
  const exported = Object.fromEntries(
    [...(await clipboard(page)).matchAll(/export (\w+)=(.+)/g)].map(([, name, value]) => [name, value]));
  boto3(server, account, `
sts = boto3.client("sts", endpoint_url="${exported.AWS_ENDPOINT_URL}", region_name="us-east-1",
                   aws_access_key_id="${exported.AWS_ACCESS_KEY_ID}",
                   aws_secret_access_key="${exported.AWS_SECRET_ACCESS_KEY}",
                   aws_session_token="${exported.AWS_SESSION_TOKEN}")
assert sts.get_caller_identity()["Arn"].endswith(":user/alice")
`);

  await page.getByRole("button", { name: "Sign out" }).click();
  await fillIn(page, account);
  await submitCode(page, good);
  await page.getByText("The MFA code is wrong, used or out of date.").waitFor();
  await close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`the page is accessible and fits a phone, ${colorScheme}`, async () => {
    const { page, close } = await openSignIn({ colorScheme, viewport: { width: 360, height: 740 } });
    await page.waitForFunction(() => document.activeElement.id === "account");
    assert.deepEqual(await violations(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
    await picture(page, `signin-${colorScheme}`);
    await close();
  });
}

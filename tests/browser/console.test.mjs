// The console as its user sees it: a real page, driven by roles and labels.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import {
  boto3, clipboard, codeAt, newAccount, openConsole, picture, readQr, startBrowser, startServer, violations,
} from "./stage.mjs";

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

// A test with a console of an account of its own.
const onConsole = (name, body, options) =>
  test(name, async () => {
    const console_ = await openConsole(browser, server, options);
    await body(console_);
    await console_.close();
  });

const dialog = (page) => page.getByRole("dialog");
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const seen = (locator) => locator.first().waitFor();

const shown = (code, which) => `${code.slice(0, 3)} ${code.slice(3)} ${which}`;

// No message lies over the page any more.
const quiet = (page) => page.waitForFunction(() => document.querySelector("#status").textContent === "");

async function create(page, name) {
  await page.locator("#create-device").click();
  await dialog(page).getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await press(dialog(page), "Create");
  await seen(page.getByRole("heading", { name, exact: true }));
}

async function fillInCodes(page) {
  await press(dialog(page), "Fill in this device's codes");
  await page.waitForFunction(() => document.querySelector("dialog [name=code2]").value.length === 6);
}

async function enableFor(page, user) {
  await press(page, "Enable…");
  await dialog(page).getByLabel("Name of the new user").fill(user);
  await fillInCodes(page);
  await press(dialog(page), "Enable");
  await seen(page.locator("#device").getByText(`Enabled · ${user}`));
}

describe("devices", () => {
  onConsole("a phone is enrolled from nothing by what it sees on the screen", async ({ page, control }) => {
    await control("POST", "clock/freeze", {});
    await create(page, "phone");
    await page.locator("#qr").scrollIntoViewIfNeeded();
    await page.locator("#qr").evaluate((image) => image.decode());
    await quiet(page);
    const uri = new URL(readQr(await picture(page, "qr")));
    const seed = uri.searchParams.get("secret");

    const now = Math.floor(Date.parse((await control("GET", "clock")).now) / 1000);
    await press(page, "Enable…");
    await dialog(page).getByLabel("Name of the new user").fill("alice");
    await dialog(page).getByLabel("First code").fill(codeAt(seed, now));
    await dialog(page).getByLabel("The code after it").fill(codeAt(seed, now + 30));
    await picture(page, "enable");
    await press(dialog(page), "Enable");
    await seen(page.getByText("Enabled · alice"));

    const { devices } = await control("GET", "devices");
    assert.equal(devices[0].userName, "alice");
  });

  onConsole("a device is tagged, resynchronised, deactivated and deleted", async ({ page, control }) => {
    await create(page, "phone");
    await enableFor(page, "bob");

    await press(page, "Add a tag…");
    await dialog(page).getByLabel("Key").fill("team");
    await dialog(page).getByLabel("Value").fill("red");
    await press(dialog(page), "Add");
    await seen(page.getByRole("button", { name: "Remove the tag team" }));
    assert.deepEqual((await control("GET", "devices")).devices[0].tags, [{ key: "team", value: "red" }]);
    await press(page, "Remove the tag team");
    await page.getByRole("button", { name: "Remove the tag team" }).waitFor({ state: "detached" });

    await press(page, "+5 min");
    await press(page, "Resync…");
    await fillInCodes(page);
    await press(dialog(page), "Resynchronise");
    await dialog(page).waitFor({ state: "detached" });

    await press(page, "Deactivate…");
    await press(dialog(page), "Deactivate");
    await seen(page.getByText("Not assigned"));
    await press(page, "Delete…");
    await press(dialog(page), "Delete");
    await seen(page.getByText("No MFA devices yet"));
    assert.deepEqual((await control("GET", "devices")).devices, []);
  });

  onConsole("errors are told in AWS's words", async ({ page }) => {
    await create(page, "phone");
    await enableFor(page, "carol");
    await press(page, "Delete…");
    await press(dialog(page), "Delete");
    const alert = dialog(page).getByRole("alert");
    await seen(alert.getByText("MFA VirtualDevice in use. Must deactivate first."));
    await seen(alert.getByText("DeleteConflict"));
    await picture(page, "error");
    await page.keyboard.press("Escape");
    await seen(page.getByText("Enabled · carol"));
  });

  onConsole("hardware tokens and security keys are made here, too", async ({ page, control }) => {
    await page.goto(`${page.url().split("#")[0]}#users`);
    await page.locator("#create-user").click();
    await dialog(page).getByLabel("User name").fill("dave");
    await press(dialog(page), "Create");
    await seen(page.getByText("No MFA device", { exact: true }));

    await page.getByRole("link", { name: /^Devices/ }).click();
    await page.locator("#create-device").click();
    await dialog(page).getByLabel("Hardware").check();
    await dialog(page).getByLabel("Serial number").fill("GAHT12345678");
    await press(dialog(page), "Create");
    await seen(page.getByRole("heading", { name: "GAHT12345678" }));

    await page.locator("#create-device").click();
    await dialog(page).getByLabel("FIDO").check();
    await dialog(page).getByLabel("Name of the key").fill("key1");
    await picture(page, "create-fido");
    await press(dialog(page), "Create");
    await seen(page.getByRole("heading", { name: "key1" }));
    await seen(page.getByText("A security key shows no codes."));
    assert.deepEqual((await control("GET", "devices")).devices.map(({ type }) => type), ["hardware", "fido"]);

    await press(page, "Take away…");
    await press(dialog(page), "Take away");
    await page.getByRole("link", { name: /key1/ }).waitFor({ state: "detached" });
  });

  onConsole("root's device, which IAM's calls can't touch, is shown and taken away", async ({ page, control }) => {
    await control("PUT", "state", { version: 1, devices: [{ name: "phone", root: true }] });
    await page.getByRole("link", { name: /^phone/ }).click();
    await seen(page.locator("#device").getByText("Enabled · root"));
    assert.equal(await page.getByRole("button", { name: "Deactivate…" }).count(), 0);
    await press(page, "Take away…");
    await press(dialog(page), "Take away");
    await seen(page.getByText("No MFA devices yet"));
    assert.deepEqual((await control("GET", "devices")).devices, []);
  });

  onConsole("seeds and QR codes are shown on a click only", async ({ page, account, control }) => {
    boto3(server, account, 'iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")');
    const [{ seed }] = (await control("GET", "state")).devices;
    await page.getByRole("link", { name: /^phone/ }).click();
    await seen(page.getByRole("button", { name: "Show the seed" }));
    assert.equal(await page.locator("#qr").count(), 0);
    assert.ok(!(await page.content()).includes(seed));

    await press(page, "Show the seed");
    await seen(page.getByText(seed));
    await press(page, "Copy the seed");
    await seen(page.getByText("Copied the seed."));
    assert.equal(await clipboard(page), seed);
    await press(page, "Hide the seed");
    await page.getByText(seed).waitFor({ state: "detached" });
    await press(page, "Show the QR code");
    await seen(page.locator("#qr"));
  });

  onConsole("the current code counts down, is copied, and makes room for the next", async ({ page, control }) => {
    await create(page, "phone");
    const hand = page.locator(".hand");
    const before = await hand.getAttribute("stroke-dasharray");
    await page.waitForFunction((was) => document.querySelector(".hand").getAttribute("stroke-dasharray") !== was, before);

    await control("POST", "clock/freeze", { at: "2026-01-01T00:00:10Z" });
    await seen(page.locator(".ring.frozen"));
    const [{ serialNumber }] = (await control("GET", "devices")).devices;
    const { previous, current, next } = await control("GET", "codes", null, { serial: serialNumber });
    for (const [name, code] of Object.entries({ previous, current, next })) {
      await page.getByRole("button", { name: shown(code, name) }).click();
      await seen(page.getByText(`Copied the ${name} code.`));
      assert.equal(await clipboard(page), code);
    }
    await press(page, "+30 s");
    await seen(page.getByRole("button", { name: shown(next, "current") }));
    await seen(page.getByRole("button", { name: shown(current, "previous") }));
  });
});

onConsole("the clock is frozen, moved and brought back", async ({ page, control }) => {
  const clock = page.getByRole("region", { name: "The account's clock" });
  await seen(clock.getByText("In step with real time"));
  await press(clock, "+30 s");
  await seen(clock.getByText("30 s ahead of real time"));
  await press(clock, "+5 min");
  await seen(clock.getByText("5 min 30 s ahead of real time"));
  await press(clock, "Freeze");
  await seen(clock.getByText(/^Frozen/));
  assert.equal((await control("GET", "clock")).frozen, true);
  await control("POST", "clock/freeze", { at: "2026-01-01T00:00:00Z" });
  await seen(clock.getByText("2026-01-01 00:00:00 UTC"));
  await seen(clock.getByText(/^Frozen, \d+ d.* (behind|ahead of) real time$/));
  await picture(page, "frozen");
  await press(clock, "Let it run");
  await seen(clock.getByText(/^\d.* (behind|ahead of) real time$/));
  await press(clock, "Back to now");
  await seen(clock.getByText("In step with real time"));
});

onConsole("the journal shows a call of boto3 as it happens, filters, and tells details", async ({ page, account }) => {
  await seen(page.getByText("Live", { exact: true }));
  boto3(server, account, 'iam.create_user(UserName="erin")');
  boto3(server, account, `
try:
    iam.get_user(UserName="nobody")
except iam.exceptions.NoSuchEntityException:
    pass`);
  const calls = page.getByRole("list", { name: "Calls, the latest first" });
  const created = calls.locator("summary", { hasText: "CreateUser" });
  await seen(created);
  await seen(calls.locator("summary", { hasText: "NoSuchEntity" }));

  await created.click();
  await seen(calls.getByText(`arn:aws:iam::${account}:root`));
  await seen(calls.getByText("erin"));
  await picture(page, "journal");

  await page.getByLabel("Outcome").selectOption("error");
  await created.waitFor({ state: "hidden" });
  await page.getByLabel("Outcome").selectOption("");
  await page.getByRole("combobox", { name: "Action" }).selectOption("CreateUser");
  await seen(created);
  await calls.locator("summary", { hasText: "GetUser" }).waitFor({ state: "hidden" });
  await page.getByLabel("Contains").fill("nothing has this");
  await seen(page.getByText("No call fits this filter."));
  await press(page, "Clear the journal");
  await seen(page.getByText("No calls yet"));
}, { view: "journal" });

onConsole("a fault is armed, strikes, and is disarmed", async ({ page, control }) => {
  await seen(page.getByText("Nothing is armed"));
  await press(page, "Throttled once");
  await page.getByRole("combobox", { name: "Action" }).fill("CreateUser");
  await page.getByLabel("Times").fill("");
  await press(page, "Arm");
  await seen(page.getByText("Throttling (400): Rate exceeded"));
  await picture(page, "faults");

  await page.getByRole("link", { name: /^Users/ }).click();
  await page.locator("#create-user").click();
  await dialog(page).getByLabel("User name").fill("frank");
  await press(dialog(page), "Create");
  await seen(dialog(page).getByText("Rate exceeded"));
  await press(dialog(page), "Cancel");

  await page.getByRole("link", { name: /^Faults/ }).click();
  await page.getByRole("button", { name: /^Disarm fault/ }).click();
  await seen(page.getByText("Nothing is armed"));
  assert.deepEqual((await control("GET", "faults")).faults, []);
}, { view: "faults" });

onConsole("a snapshot brings the account back", async ({ page, account, control }) => {
  await seen(page.getByText("No snapshots yet"));
  boto3(server, account, 'iam.create_user(UserName="grace")');
  await page.getByLabel("Name").fill("with grace");
  await press(page, "Take a snapshot");
  await seen(page.getByRole("heading", { name: "with grace" }));
  boto3(server, account, 'iam.delete_user(UserName="grace")');
  await press(page, "Restore with grace…");
  await press(dialog(page), "Restore");
  await page.getByRole("link", { name: "Users 1" }).click();
  await seen(page.getByRole("heading", { name: "grace" }));

  await page.getByRole("link", { name: /^Snapshots/ }).click();
  await press(page, "Delete with grace");
  await seen(page.getByText("No snapshots yet"));
  await press(page, "Reset the account");
  await press(dialog(page), "Reset");
  await seen(page.getByRole("link", { name: "Users", exact: true }));
  assert.deepEqual((await control("GET", "state")).users, []);
}, { view: "snapshots" });

onConsole("another account is one choice away, and empty states say what to do", async ({ page }) => {
  await seen(page.getByText("No MFA devices yet"));
  const other = newAccount();
  await page.getByLabel("Account", { exact: true }).selectOption("another");
  await dialog(page).getByLabel("Account id").fill(other);
  await press(dialog(page), "Go there");
  await seen(page.getByText(`AWS_ACCESS_KEY_ID=${other}`));
  await page.getByRole("button", { name: /^Copy: Commands that create a user and a device/ }).click();
  await seen(page.getByText("Copied the commands."));
  assert.match(await clipboard(page), /aws iam create-virtual-mfa-device/);
  assert.match(page.url(), new RegExp(`account=${other}`));
  await picture(page, "empty");
});

// --- for everybody -----------------------------------------------------------------------------------

// An account with something of everything.
async function furnish(page, control) {
  await create(page, "phone");
  await enableFor(page, "heidi");
  await control("POST", "devices", { type: "hardware", serialNumber: "GAHT12345678" });
  await control("POST", "devices", { type: "fido", userName: "heidi", name: "key1" });
  await control("POST", "faults", { action: "GetUser", code: "Throttling", message: "Rate exceeded", times: 2 });
  await control("PUT", "snapshots/clean");
  await page.locator("#device-list a", { hasText: "key1" }).waitFor({ state: "attached" });
}

for (const colorScheme of ["light", "dark"]) {
  onConsole(`axe finds nothing wrong, ${colorScheme}`, async ({ page, control }) => {
    await seen(page.getByText("No MFA devices yet"));
    assert.deepEqual(await violations(page), []);
    await furnish(page, control);
    await quiet(page);
    for (const view of ["devices", "users", "journal", "faults", "snapshots"]) {
      await page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${view}`, "i") }).click();
      if (view === "devices") await page.getByRole("link", { name: /^phone/ }).click();
      if (view === "journal") await page.locator("summary").first().click();
      await seen(page.locator(`#view-${view}`));
      assert.deepEqual(await violations(page), [], view);
      await picture(page, `${view}-${colorScheme}`, { fullPage: true });
    }
    await page.locator("#view-snapshots").getByRole("button", { name: "Reset the account" }).click();
    assert.deepEqual(await violations(page), [], "dialog");
  }, { colorScheme });
}

onConsole("the theme can be chosen, and stays", async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const asSystem = await background();
  await press(page, "◐ Theme: system");
  assert.equal(await background(), asSystem);
  await press(page, "◐ Theme: light");
  assert.notEqual(await background(), asSystem);
  await page.reload();
  await seen(page.getByRole("button", { name: "◐ Theme: dark" }));
  assert.notEqual(await background(), asSystem);
});

onConsole("on a phone nothing is wider than the screen", async ({ page, control }) => {
  // Not against innerWidth: a phone's browser zooms out to show what is too wide.
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - screen.width);
  assert.equal(await overflow(), 0);
  await picture(page, "phone-empty");
  await furnish(page, control);
  await quiet(page);
  for (const view of ["devices", "users", "journal", "faults", "snapshots"]) {
    await page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${view}`, "i") }).click();
    await seen(page.locator(`#view-${view}`));
    if (view === "journal") await page.locator("summary").first().click();
    assert.equal(await overflow(), 0, view);
    await picture(page, `phone-${view}`, { fullPage: true });
  }
  await page.getByRole("navigation").getByRole("link", { name: /^Devices/ }).click();
  await page.getByRole("link", { name: /^phone/ }).click();
  await press(page, "Show the QR code");
  await page.locator("#qr").scrollIntoViewIfNeeded();
  assert.equal(await overflow(), 0, "device");
  await quiet(page);
  readQr(await page.screenshot());
  await picture(page, "phone-device", { fullPage: true });
  await page.getByRole("link", { name: "← All devices" }).click();
  await seen(page.getByRole("link", { name: /^GAHT/ }));
}, { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true });

async function tabTo(page, locator) {
  for (let tries = 0; tries < 60; ++tries) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the Tab key doesn't lead to ${locator}`);
}

onConsole("the keyboard is enough", async ({ page }) => {
  const key = (name) => page.keyboard.press(name);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  await seen(page.getByText("No MFA devices yet"));
  await key("Tab");
  assert.equal(await focused(), "skip");
  await key("Enter");
  assert.equal(await focused(), "main");

  await page.reload();
  await seen(page.getByText("No MFA devices yet"));
  await tabTo(page, page.getByRole("navigation").getByRole("link", { name: /^Users/ }));
  await key("Enter");
  await seen(page.locator("#view-users"));
  assert.equal(await focused(), "Users");
  await tabTo(page, page.locator("#create-user"));
  await key("Enter");
  await key("Escape");
  assert.equal(await focused(), "create-user");
  await key("Enter");
  await page.keyboard.type("ivan");
  await key("Enter");
  await seen(page.getByRole("heading", { name: "ivan" }));
  await dialog(page).waitFor({ state: "detached" });

  await tabTo(page, page.getByRole("button", { name: "Delete ivan…" }));
  await key("Enter");
  await tabTo(page, dialog(page).getByRole("button", { name: "Delete" }));
  await key("Enter");
  await seen(page.getByText("No users yet"));
  await dialog(page).waitFor({ state: "detached" });
  assert.equal(await focused(), "Users");
});

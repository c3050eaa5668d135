// Devices: the list, and one device with its codes, its QR image and all that can be done with it.

import { aws, control, controlImage, session, tagMembers, textOf } from "./api.js";
import { liveCodes } from "./codes.js";
import { $, ask, button, commands, confirm, copy, doing, empty, field, h, input, say, select, show } from "./dom.js";
import { awsEnvironment, utcMinute, nameOf, ownerOf, refresh, refreshUsers, state } from "./state.js";

const kinds = { virtual: "Virtual", hardware: "Hardware", fido: "FIDO" };

let codes = null; // of the device on show
const secrets = { serialNumber: "", qr: null, seed: null }; // what was asked to be shown

const linkTo = (serialNumber) => `#devices/${encodeURIComponent(serialNumber)}`;
export const tickDevices = () => codes?.tick();

const stateBadge = (device) =>
  device.enableDate
    ? h("span", { class: "badge", "data-tone": "ok" }, `Enabled · ${ownerOf(device)}`)
    : h("span", { class: "badge" }, "Not assigned");
const kindBadge = (device) => h("span", { class: "badge kind" }, kinds[device.type]);

// --- the list ----------------------------------------------------------------------------------------

export function drawDevices(serialNumber) {
  const chosen = state.devices.find((device) => device.serialNumber === serialNumber) ?? null;
  $("view-devices").classList.toggle("chosen", chosen !== null);
  $("view-devices").classList.toggle("none", state.devices.length === 0);
  show($("device-list"), [state.known, session.account, state.devices, serialNumber], () =>
    state.devices.length ? list(serialNumber) : state.known ? nothingYet() : []);
  if (secrets.serialNumber !== chosen?.serialNumber) forgetSecrets(chosen?.serialNumber ?? "");
  show($("device"), [chosen, secrets, state.devices.length > 0], () => {
    if (!chosen) {
      codes = null;
      return state.devices.length ? h("p", { class: "panel placeholder" }, "Choose a device to see its codes.") : [];
    }
    return detail(chosen);
  });
  tickDevices();
}

const list = (serialNumber) =>
  h("ul", { class: "list" },
    state.devices.map((device) =>
      h("li", {},
        h("a", {
          href: linkTo(device.serialNumber),
          id: `device-${device.serialNumber}`,
          "aria-current": device.serialNumber === serialNumber && "true",
        },
        h("span", { class: "name" }, nameOf(device)),
        h("span", { class: "badges" }, kindBadge(device), stateBadge(device))))));

const nothingYet = () =>
  empty("No MFA devices yet",
    "Create one here, or paste this into a terminal. It makes a user and a virtual device, which then appears on this page.",
    button("Create a device", doing(createDevice), { class: "primary" }),
    commands("Commands that create a user and a device",
      awsEnvironment() +
      "aws iam create-user --user-name alice\n" +
      "aws iam create-virtual-mfa-device --virtual-mfa-device-name phone \\\n" +
      "  --bootstrap-method QRCodePNG --outfile phone.png"));

// --- one device --------------------------------------------------------------------------------------

function detail(device) {
  const hasCodes = device.type !== "fido";
  codes = hasCodes ? liveCodes(device.serialNumber) : null;
  return h("article", { class: "panel device", "aria-labelledby": "device-name" },
    h("a", { class: "back", href: "#devices" }, "← All devices"),
    h("div", { class: "title" },
      h("h2", { id: "device-name", tabindex: "-1" }, nameOf(device)),
      h("span", { class: "badges" }, kindBadge(device), stateBadge(device))),
    facts(device),
    codes?.element ?? h("p", { class: "hint" }, "A security key shows no codes."),
    h("div", { class: "actions" }, actions(device)),
    qrPart(device),
    tagsPart(device));
}

const facts = (device) =>
  h("dl", { class: "facts" },
    h("dt", {}, "Serial number"),
    h("dd", {}, h("code", {}, device.serialNumber), " ",
      button("Copy", doing(() => copy(device.serialNumber, "the serial number")),
        { class: "quiet", id: "copy-serial", "aria-label": "Copy the serial number" })),
    device.enableDate ? [h("dt", {}, "Enabled"), h("dd", {}, `${utcMinute(device.enableDate)} UTC, for ${ownerOf(device)}`)] : null,
    device.type === "fido" ? null : [h("dt", {}, "Seed"), h("dd", {}, seedPart(device))]);

// IAM's calls are for users' devices: of root's, only keyfob can dispose.
function actions(device) {
  const hasCodes = device.type !== "fido";
  const isRoots = device.root === true;
  const act = (id, text, work, attributes) => button(text, doing(() => work(device)), { id: `act-${id}`, ...attributes });
  return [
    hasCodes && !device.enableDate && act("enable", "Enable…", enable, { class: "primary" }),
    hasCodes && device.userName && act("resync", "Resync…", resync),
    device.userName && act("deactivate", "Deactivate…", deactivate),
    device.type === "virtual" && !isRoots
      ? act("delete", "Delete…", remove, { class: "danger" })
      : act("delete", "Take away…", takeAway, { class: "danger" }),
  ];
}

// --- what only a click shows -------------------------------------------------------------------------

function forgetSecrets(serialNumber) {
  if (secrets.qr) URL.revokeObjectURL(secrets.qr);
  Object.assign(secrets, { serialNumber, qr: null, seed: null });
}

const redraw = (device) => drawDevices(device.serialNumber);

async function toggleQr(device) {
  if (secrets.qr) {
    URL.revokeObjectURL(secrets.qr);
    secrets.qr = null;
  } else {
    secrets.qr = URL.createObjectURL(await controlImage("qr", { serial: device.serialNumber }));
  }
  redraw(device);
}

async function toggleSeed(device) {
  secrets.seed = secrets.seed ? null : await seedOf(device);
  redraw(device);
}

const seedOf = async ({ serialNumber }) => (await control("GET", "seed", { query: { serial: serialNumber } })).seed;

const seedPart = (device) => [
  secrets.seed ? h("code", { class: "seed" }, secrets.seed) : null,
  secrets.seed ? button("Copy", doing(() => copy(secrets.seed, "the seed")), { class: "quiet", id: "copy-seed", "aria-label": "Copy the seed" }) : null,
  button(secrets.seed ? "Hide the seed" : "Show the seed", doing(() => toggleSeed(device)), { class: "quiet", id: "toggle-seed" }),
];

function qrPart(device) {
  if (device.type !== "virtual") return null;
  return h("section", { class: "qr", "aria-labelledby": "qr-title" },
    h("div", { class: "title" },
      h("h3", { id: "qr-title" }, "QR code"),
      button(secrets.qr ? "Hide the QR code" : "Show the QR code", doing(() => toggleQr(device)), { id: "toggle-qr" })),
    secrets.qr
      ? h("figure", {}, h("img", { src: secrets.qr, alt: `QR code of ${nameOf(device)}`, id: "qr" }),
          h("figcaption", { class: "hint" }, "Scan it with an authenticator app. An app knows real time only: it agrees with keyfob while the clock is in step."))
      : h("p", { class: "hint" }, "It holds the seed, so it is shown on request only."));
}

function tagsPart(device) {
  const tags = device.tags;
  return h("section", { class: "tags", "aria-labelledby": "tags-title" },
    h("div", { class: "title" },
      h("h3", { id: "tags-title" }, "Tags"),
      button("Add a tag…", doing(() => tag(device)), { id: "add-tag" })),
    tags.length
      ? h("ul", { class: "chips" }, tags.map(({ key, value }) =>
          h("li", {}, h("span", { class: "key" }, key), h("span", {}, value),
            button("×", doing(() => untag(device, key)), { class: "quiet", id: `untag-${key}`, "aria-label": `Remove the tag ${key}` }))))
      : h("p", { class: "hint" }, "None."));
}

// --- what can be done --------------------------------------------------------------------------------

const onDevice = (device, more = {}) => ({ UserName: device.userName, SerialNumber: device.serialNumber, ...more });

async function done(text) {
  say(text);
  await refresh();
}

// Two fields for codes, and a button that reads them off the device, for those who have no phone at hand.
function codePair(device, first) {
  const digits = { inputmode: "numeric", autocomplete: "one-time-code" };
  const code1 = input("code1", digits);
  const code2 = input("code2", digits);
  const fill = doing(async () => {
    const shown = await control("GET", "codes", { query: { serial: device.serialNumber } });
    const second = { previous: "current", current: "next" }[first];
    code1.value = shown[first];
    code2.value = shown[second];
  });
  return [
    h("div", { class: "pair" }, field("First code", code1), field("The code after it", code2)),
    button("Fill in this device's codes", fill),
  ];
}

const kNewUser = "\u0000new";

// Who is to have it: a user, perhaps one that is made on the spot. IAM has no call that gives root a device.
function userChoice() {
  const choice = select("user", [
    ...state.users.map(({ name }) => [name, name]),
    [kNewUser, "A new user…"],
  ]);
  const newName = field("Name of the new user", input("newUser"));
  const adapt = () => (newName.hidden = choice.value !== kNewUser);
  choice.addEventListener("change", adapt);
  adapt();
  return [field("User", choice), newName];
}

async function chosenUser({ user, newUser }) {
  if (user !== kNewUser) return user;
  await makeUserOnce(newUser);
  return newUser;
}

// After a wrong code the user is there already, and the second try must not fail for that.
async function makeUserOnce(name) {
  if (state.users.some((user) => user.name.toLowerCase() === name.toLowerCase())) return;
  await aws("CreateUser", { UserName: name });
  await refreshUsers();
}

const enable = (device) =>
  ask({
    title: `Enable ${nameOf(device)}`,
    content: [...userChoice(), ...codePair(device, "current")],
    verb: "Enable",
    work: async (values) => {
      await aws("EnableMFADevice", {
        UserName: await chosenUser(values),
        SerialNumber: device.serialNumber,
        AuthenticationCode1: values.code1,
        AuthenticationCode2: values.code2,
      });
      await done("Enabled.");
    },
  });

const resync = (device) =>
  ask({
    title: `Resynchronise ${nameOf(device)}`,
    content: [h("p", {}, "Two codes in a row tell AWS how far the device's clock is off."), ...codePair(device, "current")],
    verb: "Resynchronise",
    work: async ({ code1, code2 }) => {
      await aws("ResyncMFADevice", onDevice(device, { AuthenticationCode1: code1, AuthenticationCode2: code2 }));
      await done("Resynchronised.");
    },
  });

const deactivate = (device) =>
  confirm(`Deactivate ${nameOf(device)}?`, `${ownerOf(device)} loses it as a second factor.`, "Deactivate", async () => {
    await aws("DeactivateMFADevice", onDevice(device));
    await done("Deactivated.");
  });

const remove = (device) =>
  confirm(`Delete ${nameOf(device)}?`, "Its seed is lost for good.", "Delete", async () => {
    await aws("DeleteVirtualMFADevice", { SerialNumber: device.serialNumber });
    await done("Deleted.");
  });

const takeAway = (device) =>
  confirm(`Take ${nameOf(device)} away?`, "keyfob forgets the device, whatever its state.", "Take away", async () => {
    await control("DELETE", "devices", { query: { serial: device.serialNumber } });
    await done("Taken away.");
  });

const tag = (device) =>
  ask({
    title: `Tag ${nameOf(device)}`,
    content: [h("div", { class: "pair" }, field("Key", input("key")), field("Value", input("value")))],
    verb: "Add",
    work: async ({ key, value }) => {
      await aws("TagMFADevice", { SerialNumber: device.serialNumber, ...tagMembers([{ key, value }]) });
      await done("Tagged.");
    },
  });

async function untag(device, key) {
  await aws("UntagMFADevice", { SerialNumber: device.serialNumber, "TagKeys.member.1": key });
  await done("Tag removed.");
}

// --- a new one ---------------------------------------------------------------------------------------

const makers = {
  virtual: async ({ name, path }) =>
    textOf(await aws("CreateVirtualMFADevice", { VirtualMFADeviceName: name, ...(path && { Path: path }) }), "SerialNumber"),
  hardware: async ({ serialNumber, seed }) =>
    (await control("POST", "devices", { body: { type: "hardware", serialNumber, ...(seed && { seed }) } })).serialNumber,
  fido: async ({ userName, keyName }) =>
    (await control("POST", "devices", { body: { type: "fido", userName, name: keyName } })).serialNumber,
};

const partsOf = {
  virtual: () => [
    field("Name", input("name"), "An authenticator app; its QR code is shown next."),
    field("Path", input("path", { placeholder: "/" }), "May be left empty."),
  ],
  hardware: () => [
    field("Serial number", input("serialNumber"), "A token that shows codes, as it comes from its maker. For example GAHT12345678."),
    field("Seed", input("seed"), "Base32. Made by keyfob when left empty."),
  ],
  fido: () => [
    state.users.length
      ? field("User", select("userName", state.users.map(({ name }) => [name, name])), "A security key or passkey, enrolled at once.")
      : field("User", input("userName"), "There are no users yet: create one first."),
    field("Name of the key", input("keyName")),
  ],
};

async function createDevice() {
  const parts = h("div", {});
  const fill = (kind) => parts.replaceChildren(...partsOf[kind]());
  const choices = Object.entries(kinds).map(([kind, text]) =>
    h("label", {}, h("input", { type: "radio", name: "kind", value: kind, checked: kind === "virtual", onchange: () => fill(kind) }), text));
  fill("virtual");
  const serialNumber = await ask({
    title: "Create a device",
    content: [h("fieldset", { class: "choices" }, h("legend", {}, "Kind"), choices), parts],
    verb: "Create",
    work: async (values) => {
      const made = await makers[values.kind](values);
      await done("Created.");
      return made;
    },
  });
  if (serialNumber) await openNew(serialNumber);
}

// As AWS's console does, a new virtual device shows its QR code at once.
async function openNew(serialNumber) {
  location.hash = linkTo(serialNumber);
  const device = state.devices.find((other) => other.serialNumber === serialNumber);
  if (device?.type !== "virtual") return;
  forgetSecrets(serialNumber);
  await toggleQr(device);
}

export const startDevices = () => $("create-device").addEventListener("click", doing(createDevice));

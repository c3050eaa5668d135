// Users, and who has which device.

import { aws } from "./api.js";
import { $, ask, button, commands, confirm, doing, empty, field, h, input, say, show } from "./dom.js";
import { awsEnvironment, utcMinute, nameOf, refreshUsers, state } from "./state.js";

const devicesOf = (name) => state.devices.filter((device) => device.userName === name);

const deviceLinks = (name) =>
  devicesOf(name).map((device) =>
    h("a", { class: "badge", href: `#devices/${encodeURIComponent(device.serialNumber)}` }, nameOf(device)));

const row = ({ name, path, created }) =>
  h("li", { class: "panel row" },
    h("div", { class: "grow" },
      h("h2", {}, path === "/" ? null : h("span", { class: "path" }, path), name),
      h("p", { class: "hint" }, `Created ${utcMinute(created)} UTC`)),
    h("div", { class: "badges" }, devicesOf(name).length ? deviceLinks(name) : h("span", { class: "badge", "data-tone": "warn" }, "No MFA device")),
    button("Delete…", doing(() => remove(name)), { class: "danger", id: `delete-user-${name}`, "aria-label": `Delete ${name}…` }));

export const drawUsers = () =>
  show($("user-list"), [state.known, state.users, state.devices], () => {
    if (state.users.length) return h("ul", { class: "rows" }, state.users.map(row));
    return state.known ? nothingYet() : [];
  });

const nothingYet = () =>
  empty("No users yet", "Create one here, or paste this into a terminal:",
    button("Create a user", doing(createUser), { class: "primary" }),
    commands("Commands that create a user", `${awsEnvironment()}aws iam create-user --user-name alice`));

const createUser = () =>
  ask({
    title: "Create a user",
    content: [field("User name", input("name"))],
    verb: "Create",
    work: async ({ name }) => {
      await aws("CreateUser", { UserName: name });
      await refreshUsers();
      say("Created.");
    },
  });

const remove = (name) =>
  confirm(`Delete ${name}?`, "AWS wants a user's devices to be deactivated first.", "Delete", async () => {
    await aws("DeleteUser", { UserName: name });
    await refreshUsers();
    say("Deleted.");
  });

export const startUsers = () => $("create-user").addEventListener("click", doing(createUser));

// Snapshots of the account, and its reset.

import { control, session } from "./api.js";
import { $, button, commands, confirm, doing, empty, field, h, input, say, show } from "./dom.js";
import { curl, refresh, state } from "./state.js";

const path = (name) => `snapshots/${encodeURIComponent(name)}`;

function form() {
  const name = input("name", { required: true });
  return h("form", {
    class: "inline",
    "aria-label": "Take a snapshot",
    onsubmit: doing(async (event) => {
      event.preventDefault();
      await control("PUT", path(name.value.trim()));
      name.value = "";
      await refresh();
      say("Taken.");
    }),
  }, field("Name", name), h("button", { class: "primary" }, "Take a snapshot"));
}

// `startAnew` reads everything again: users, clock and journal have changed with the account.
const row = ({ name }, startAnew) =>
  h("li", { class: "panel row" },
    h("h2", { class: "grow" }, name),
    button("Restore…", doing(() =>
      confirm(`Restore ${name}?`, "The account becomes what it was then, its clock included.", "Restore", async () => {
        await control("POST", `${path(name)}/restore`);
        await startAnew();
        say("Restored.");
      })), { id: `restore-${name}`, "aria-label": `Restore ${name}…` }),
    button("Delete", doing(async () => {
      await control("DELETE", path(name));
      await refresh();
      say("Deleted.");
    }), { class: "danger", id: `forget-${name}`, "aria-label": `Delete ${name}` }));

export const drawSnapshots = (startAnew) =>
  show($("snapshot-list"), [state.known, state.snapshots], () => {
    if (state.snapshots.length) return h("ul", { class: "rows" }, state.snapshots.map((snapshot) => row(snapshot, startAnew)));
    if (!state.known) return [];
    return empty("No snapshots yet", "Take one before a test changes the account, and come back to it afterwards. Or from a terminal:",
      commands("Commands that take and restore a snapshot", `${curl("PUT", "snapshots/clean")}\n${curl("POST", "snapshots/clean/restore")}`));
  });

export function startSnapshots(startAnew) {
  $("snapshot-form").append(form());
  $("reset").addEventListener("click", doing(() =>
    confirm("Reset the account?", `Everything in ${session.account} is lost.`, "Reset", async () => {
      await control("POST", "reset");
      await startAnew();
      say("The account is as new.");
    })));
}

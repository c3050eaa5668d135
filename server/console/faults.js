// Faults: armed by a form, listed in words, disarmed by a click.

import { control } from "./api.js";
import { $, button, commands, doing, empty, errorText, field, h, input, say, select, show } from "./dom.js";
import { curl, refresh, state } from "./state.js";

const actions = [
  "*", "CreateVirtualMFADevice", "EnableMFADevice", "ResyncMFADevice", "DeactivateMFADevice", "DeleteVirtualMFADevice",
  "ListMFADevices", "ListVirtualMFADevices", "GetMFADevice", "TagMFADevice", "UntagMFADevice", "ListMFADeviceTags",
  "CreateUser", "GetUser", "ListUsers", "DeleteUser", "CreateAccessKey", "GetSessionToken", "GetCallerIdentity",
];

const examples = [
  ["Throttled once", { action: "*", effect: "error", code: "Throttling", status: "400", message: "Rate exceeded", times: "1" }],
  ["AWS fails", { action: "*", effect: "error", code: "ServiceFailure", status: "500", message: "", times: "" }],
  ["Two seconds late", { action: "*", effect: "none", delay: "2000", times: "" }],
  ["Answer lost", { action: "EnableMFADevice", effect: "after", times: "1" }],
];

const number = (name, attributes) => input(name, { type: "number", inputmode: "decimal", ...attributes });

function form() {
  const effect = select("effect", [
    ["error", "An error instead of the call"],
    ["none", "The call goes through, only later"],
    ["before", "Connection lost, nothing done"],
    ["after", "Call done, answer lost"],
  ]);
  const errorParts = h("div", {},
    h("div", { class: "pair" },
      field("Error code", input("code", { value: "Throttling" })),
      field("HTTP status", number("status", { value: "400", min: 400, max: 599 }))),
    field("Message", input("message", { value: "Rate exceeded" })));
  const adapt = () => (errorParts.hidden = effect.value !== "error");
  effect.addEventListener("change", adapt);

  const problem = h("div", { role: "alert" });
  const element = h("form", {
    "aria-labelledby": "fault-title",
    onsubmit: async (event) => {
      event.preventDefault();
      problem.replaceChildren();
      try {
        await control("POST", "faults", { body: faultOf(Object.fromEntries(new FormData(element))) });
        await refresh();
        say("Armed.");
      } catch (error) {
        problem.replaceChildren(h("p", { class: "error" }, errorText(error)));
      }
    },
  },
  h("h2", { id: "fault-title" }, "Arm a fault"),
  h("div", { class: "examples", role: "group", "aria-label": "Examples" },
    examples.map(([name, values]) => button(name, () => {
      element.reset();
      for (const [part, value] of Object.entries(values)) element.elements[part].value = value;
      adapt();
    }))),
  field("Action", input("action", { value: "*", list: "actions" }), "An operation's name, or * for every one."),
  h("datalist", { id: "actions" }, actions.map((action) => h("option", { value: action }))),
  field("What happens", effect),
  errorParts,
  h("div", { class: "triple" },
    field("Times", number("times", { min: 1, value: "1" }), "Empty: until disarmed."),
    field("Delay, ms", number("delay", { min: 0, max: 600_000, value: "0" })),
    field("Probability", number("probability", { min: 0, max: 1, step: 0.01, value: "1" }))),
  problem,
  h("div", { class: "actions" }, h("button", { class: "primary" }, "Arm")));
  return element;
}

const faultOf = ({ action, effect, code, status, message, times, delay, probability }) => ({
  action,
  ...(effect === "error" && { code, status: Number(status), message }),
  ...(["before", "after"].includes(effect) && { drop: effect }),
  ...(times && { times: Number(times) }),
  delayMilliseconds: Number(delay),
  probability: Number(probability),
});

function effectOf(fault) {
  if (fault.drop === "before") return "Connection lost, nothing done";
  if (fault.drop === "after") return "Call done, answer lost";
  return fault.code ? `${fault.code} (${fault.status})${fault.message ? `: ${fault.message}` : ""}` : "Goes through";
}

const conditionsOf = (fault) =>
  [
    fault.times ? `${fault.times}× more` : "until disarmed",
    fault.delayMilliseconds > 0 && `after ${fault.delayMilliseconds} ms`,
    fault.probability !== undefined && `${Math.round(fault.probability * 100)} % of calls`,
  ].filter(Boolean).join(", ");

const row = (fault) =>
  h("li", { class: "panel row" },
    h("div", { class: "grow" },
      h("h3", {}, fault.action === "*" ? "Every action" : fault.action),
      h("p", {}, effectOf(fault)),
      h("p", { class: "hint" }, conditionsOf(fault))),
    button("Disarm", doing(async () => {
      await control("DELETE", `faults/${fault.id}`);
      await refresh();
      say("Disarmed.");
    }), { id: `disarm-${fault.id}`, "aria-label": `Disarm fault ${fault.id}` }));

export const drawFaults = () =>
  show($("fault-list"), [state.known, state.faults], () => {
    if (!state.known) return [];
    if (!state.faults.length) {
      return empty("Nothing is armed", "Calls go through. Arm a fault here, or from a test:",
        commands("A command that arms a fault",
          curl("POST", "faults", { action: "EnableMFADevice", code: "Throttling", status: 400, message: "Rate exceeded", times: 1 })));
    }
    return [
      h("div", { class: "title" }, h("h2", {}, "Armed"), button("Disarm all", doing(async () => {
        await control("DELETE", "faults");
        await refresh();
        say("All disarmed.");
      }), { id: "disarm-all" })),
      h("ul", { class: "rows" }, state.faults.map(row)),
    ];
  });

export const startFaults = () => $("fault-form").append(form());

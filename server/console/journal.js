// The journal, live: what was called, newest first, each call with its details.

import { control, journalEvents } from "./api.js";
import { $, commands, copy, button, doing, empty, h, say, show } from "./dom.js";
import { awsEnvironment } from "./state.js";

const kKept = 256; // as many as the server keeps

let entries = []; // {entry, element}, the latest first
let following = null; // stops the stream of the account before

const failed = (entry) => entry.status >= 400;
const timeOf = (entry) => entry.time.slice(11, 23).replace("Z", "");
const took = (entry) => `${entry.milliseconds < 10 ? entry.milliseconds.toFixed(2) : Math.round(entry.milliseconds)} ms`;

function detail(entry) {
  const parameters = Object.entries(entry.parameters);
  const json = JSON.stringify(entry, null, 2);
  return h("div", { class: "detail" },
    h("dl", { class: "facts" },
      h("dt", {}, "Time"), h("dd", {}, `${entry.time} of the account's clock`),
      h("dt", {}, "Request id"), h("dd", {}, h("code", {}, entry.requestId)),
      h("dt", {}, "Caller"), h("dd", {}, h("code", {}, entry.callerArn ?? "not accepted")),
      h("dt", {}, "Status"), h("dd", {}, [entry.status, entry.errorCode].filter(Boolean).join(" ")),
      h("dt", {}, "Took"), h("dd", {}, took(entry)),
      parameters.map(([name, value]) => [h("dt", {}, name), h("dd", {}, h("code", {}, value))])),
    button("Copy as JSON", doing(() => copy(json, "the call"))));
}

function row(entry) {
  const element = h("details", {
    // Built when it is opened: most calls nobody looks into.
    ontoggle: () => {
      if (element.open && element.children.length === 1) element.append(detail(entry));
    },
  },
  h("summary", {},
    h("time", { datetime: entry.time }, timeOf(entry)),
    h("span", { class: "action" }, entry.action),
    h("span", { class: "badge", "data-tone": failed(entry) ? "danger" : "ok" }, String(entry.status)),
    h("span", { class: "failure" }, entry.errorCode ?? ""),
    h("span", { class: "took" }, took(entry))));
  return h("li", {}, element);
}

function wanted(entry) {
  const action = $("journal-action").value;
  const outcome = $("journal-outcome").value;
  const text = $("journal-text").value.trim().toLowerCase();
  if (action && entry.action !== action) return false;
  if (outcome && failed(entry) !== (outcome === "error")) return false;
  return !text || JSON.stringify(entry).toLowerCase().includes(text);
}

function filter() {
  for (const { entry, element } of entries) element.hidden = !wanted(entry);
  drawCounts();
}

function drawCounts() {
  $("count-journal").textContent = entries.length || "";
  const visible = entries.some(({ element }) => !element.hidden);
  show($("journal-empty"), [entries.length > 0, visible], () => {
    if (visible) return [];
    if (entries.length) return h("p", { class: "panel placeholder" }, "No call fits this filter.");
    return empty("No calls yet", "Each call to IAM or STS appears here as it happens. Paste this into a terminal to make one:",
      commands("Commands that make a call", `${awsEnvironment()}aws sts get-caller-identity`));
  });
}

function offerAction(action) {
  const choice = $("journal-action");
  const options = [...choice.options];
  if (options.some((option) => option.value === action)) return;
  const after = options.slice(1).find((option) => option.value > action);
  choice.insertBefore(h("option", { value: action }, action), after ?? null);
}

function add(entry) {
  if (entries.some((other) => other.entry.requestId === entry.requestId)) return;
  const element = row(entry);
  element.hidden = !wanted(entry);
  entries.unshift({ entry, element });
  $("journal-list").prepend(element);
  offerAction(entry.action);
  if (entries.length > kKept) entries.pop().element.remove();
  drawCounts();
}

function forget() {
  entries = [];
  $("journal-list").replaceChildren();
  drawCounts();
}

// Once the server follows, what was called before; so nothing falls between the two.
async function catchUp() {
  const { requests } = await control("GET", "requests");
  for (const entry of requests.reverse()) add(entry);
}

function showState(live) {
  $("journal-state").textContent = live ? "Live" : "Reconnecting";
  $("journal-state").dataset.tone = live ? "ok" : "warn";
}

// Starts over, for another account. Calls `onCall` with each entry that comes, and `onReturn` when the server has
// been away: much may have changed meanwhile.
export async function followJournal(onCall, onReturn) {
  following?.abort();
  following = new AbortController();
  const { signal } = following;
  let lost = false;
  forget();
  for await (const event of journalEvents(signal)) {
    if (signal.aborted) return;
    if (event.entry) {
      add(event.entry);
      onCall(event.entry);
      continue;
    }
    showState(event.open);
    if (event.open) await catchUp().catch(() => {});
    if (event.open && lost) onReturn();
    lost = !event.open;
  }
}

export function startJournal() {
  for (const id of ["journal-action", "journal-outcome", "journal-text"]) $(id).addEventListener("input", filter);
  $("journal-filters").addEventListener("submit", (event) => event.preventDefault());
  $("journal-clear").addEventListener("click", doing(async () => {
    await control("DELETE", "requests");
    forget();
    say("The journal is empty.");
  }));
}

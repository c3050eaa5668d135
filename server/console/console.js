// The console: which account, which view, and what is drawn when. The rest is in the modules it imports.

import { control, session } from "./api.js";
import "./questions.js";
import { clock, draw as drawClock, refreshClock, startClock } from "./clock.js";
import { drawDevices, startDevices, tickDevices } from "./devices.js";
import { $, ask, complain, doing, field, h, input, show } from "./dom.js";
import { drawFaults, startFaults } from "./faults.js";
import { followJournal, startJournal } from "./journal.js";
import { drawSnapshots, startSnapshots } from "./snapshots.js";
import { changed, onChange, refresh, refreshUsers, state } from "./state.js";
import { drawUsers, startUsers } from "./users.js";

const views = ["devices", "users", "journal", "faults", "snapshots"];

// --- where we are ------------------------------------------------------------------------------------

// "#devices/<serial number>" → {view, item}
function place() {
  const [view, item = ""] = location.hash.slice(1).split("/");
  return views.includes(view) ? { view, item: decodeURIComponent(item) } : { view: "devices", item: "" };
}

function draw() {
  const { view, item } = place();
  for (const name of views) {
    $(`view-${name}`).hidden = name !== view;
    const link = document.querySelector(`nav a[href="#${name}"]`);
    if (name === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${view[0].toUpperCase()}${view.slice(1)} · keyfob`;
  for (const name of ["devices", "users", "faults", "snapshots"]) $(`count-${name}`).textContent = state[name].length || "";
  drawDevices(item);
  drawUsers();
  drawFaults();
  drawSnapshots(startAnew);
}

// A screen reader is told where it has got to.
function arrive() {
  draw();
  const { view, item } = place();
  const heading = (item && $("device-name")) || document.querySelector(`#view-${view} h1`);
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "nearest" });
}

// --- which account -----------------------------------------------------------------------------------

const kAnother = "another";
const isAccount = (text) => /^\d{12}$/.test(text ?? "");

async function drawAccounts() {
  const { accounts } = await control("GET", "accounts");
  if (!isAccount(session.account)) session.account = accounts[0].id;
  if (!accounts.some(({ id }) => id === session.account)) accounts.push({ id: session.account });
  show($("account"), [accounts, session.account], () => [
    ...accounts.map(({ id, alias }) =>
      h("option", { value: id, selected: id === session.account }, alias ? `${id} (${alias})` : id)),
    h("option", { value: kAnother }, "Another account…"),
  ]);
}

async function chooseAccount(id) {
  session.account = id;
  history.replaceState(null, "", `?account=${id}${location.hash.split("/")[0]}`);
  Object.assign(state, { devices: [], users: [], faults: [], snapshots: [], known: false });
  changed();
  await drawAccounts();
  await startAnew();
}

async function onAccountChosen() {
  if ($("account").value !== kAnother) return chooseAccount($("account").value);
  $("account").value = session.account;
  const answer = await ask({
    title: "Another account",
    content: [field("Account id", input("id", { required: true, pattern: "\\d{12}", inputmode: "numeric", maxlength: 12 }),
      "Twelve digits. It is created with the first thing that is made in it.")],
    verb: "Go there",
  });
  if (answer) await chooseAccount(answer.id);
}

// --- keeping up --------------------------------------------------------------------------------------

const isChange = (entry) => entry.status < 400 && !/^(Get|List|Generate)/.test(entry.action);

// Several calls in a row are one reason to look again.
let usersChanged = false;
let waiting;
function onCall(entry) {
  if (!isChange(entry)) return;
  usersChanged ||= entry.action.endsWith("User");
  clearTimeout(waiting);
  waiting = setTimeout(doing(async () => {
    if (usersChanged) await refreshUsers();
    usersChanged = false;
    await Promise.all([refresh(), drawAccounts()]);
  }), 150);
}

// Everything of the account is read again.
async function startAnew() {
  followJournal(onCall, refreshUsers);
  await Promise.all([refreshClock(), refreshUsers(), refresh()]);
}

// What others do through the control API leaves no trace in the journal.
async function lookAgain() {
  if (document.hidden || !session.account) return;
  try {
    await Promise.all([refresh(), refreshClock(), drawAccounts()]);
    $("offline").hidden = true;
  } catch (error) {
    $("offline").hidden = error.status !== 0; // it did answer, only not as one could wish
  }
}

const inTurn = (work, milliseconds) => setTimeout(async () => ((await work()), inTurn(work, milliseconds)), milliseconds);

// --- the beginning -----------------------------------------------------------------------------------

const themes = { "": "system", light: "light", dark: "dark" };

function startTheme() {
  const apply = (theme) => {
    document.documentElement.dataset.theme = theme;
    $("theme-name").textContent = `Theme: ${themes[theme]}`;
    localStorage.setItem("keyfob.theme", theme);
  };
  const kept = localStorage.getItem("keyfob.theme");
  apply(kept in themes ? kept : "");
  const names = Object.keys(themes);
  $("theme").addEventListener("click", () =>
    apply(names[(names.indexOf(document.documentElement.dataset.theme) + 1) % names.length]));
}

async function start() {
  startTheme();
  [startClock, startDevices, startUsers, startJournal, startFaults].forEach((begin) => begin());
  startSnapshots(startAnew);
  onChange(draw);
  addEventListener("hashchange", arrive);
  $("account").addEventListener("change", doing(onAccountChosen));
  $("skip").addEventListener("click", (event) => (event.preventDefault(), $("main").focus()));
  draw();

  const { version } = await control("GET", "health");
  $("version").textContent = `keyfob ${version}`;
  const wanted = new URLSearchParams(location.search).get("account");
  if (isAccount(wanted)) session.account = wanted;
  await drawAccounts();
  setInterval(() => (drawClock(), clock.isKnown() && tickDevices()), 200);
  inTurn(lookAgain, 3000);
  await startAnew();
}

start().catch(complain);

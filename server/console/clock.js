// The account's clock: read from the server now and then, carried on by this machine in between.

import { readClock, session } from "./api.js";
import { $, doing, say } from "./dom.js";

const kStep = 30_000;

let reading = null; // {now, frozen, machine, at}: milliseconds, `at` by this machine's steady clock

const since = () => performance.now() - reading.at;

export const clock = {
  isKnown: () => reading !== null,
  isFrozen: () => reading.frozen,
  now: () => reading.now + (reading.frozen ? 0 : since()),
  step: () => Math.floor(clock.now() / kStep),
  secondsLeft: () => (kStep - (clock.now() % kStep)) / 1000,
  // How far the account is ahead of the machine, in whole seconds. The machine's time is known with its fraction
  // cut off, so the difference is rounded down.
  ahead: () => Math.floor((reading.now - reading.machine - (reading.frozen ? since() : 0)) / 1000),
};

async function take(ask) {
  const account = session.account;
  const answer = await ask();
  if (account !== session.account) return;
  reading = { ...answer, at: performance.now() };
  draw();
}

export const refreshClock = () => take(readClock);

export function span(seconds) {
  const units = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]];
  const parts = [];
  let left = Math.abs(seconds);
  for (const [name, size] of units) {
    if (left >= size) parts.push(`${Math.floor(left / size)} ${name}`);
    left %= size;
  }
  return parts.slice(0, 2).join(" ");
}

function stateText() {
  const ahead = clock.ahead();
  // Reading takes a moment: a second either way is real time.
  const where = Math.abs(ahead) <= 1 ? "real time" : `${span(ahead)} ${ahead > 0 ? "ahead of" : "behind"} real time`;
  if (clock.isFrozen()) return where === "real time" ? "Frozen" : `Frozen, ${where}`;
  return where === "real time" ? "In step with real time" : where;
}

export function draw() {
  if (!reading) return;
  const iso = new Date(clock.now()).toISOString();
  $("clock-time").textContent = `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
  $("clock-time").dateTime = iso;
  const text = stateText();
  if ($("clock-state").textContent !== text) $("clock-state").textContent = text;
  $("clock-state").dataset.tone = clock.isFrozen() ? "ice" : text.startsWith("In step") ? "ok" : "warn";
  $("clock-freeze").textContent = clock.isFrozen() ? "Let it run" : "Freeze";
}

export function startClock() {
  const change = (id, said, ask) =>
    $(id).addEventListener("click", doing(async () => {
      await take(ask);
      say(said());
    }));
  change("clock-freeze", () => (clock.isFrozen() ? "The clock stands still." : "The clock runs."),
    () => readClock("POST", clock.isFrozen() ? "clock/resume" : "clock/freeze", {}));
  change("clock-30", () => "30 seconds later.", () => readClock("POST", "clock/advance", { seconds: 30 }));
  change("clock-300", () => "5 minutes later.", () => readClock("POST", "clock/advance", { seconds: 300 }));
  change("clock-back", () => "Back to real time.", () => readClock("DELETE"));
}

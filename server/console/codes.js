// The live code of a device: previous, current, next, and a ring that counts down.

import { control } from "./api.js";
import { clock } from "./clock.js";
import { copy, doing, h } from "./dom.js";

const spaced = (code) => `${code.slice(0, 3)} ${code.slice(3)}`;

function codeButton(which) {
  const digits = h("span", { class: "digits" }, "––– –––");
  const element = h("button", {
    type: "button",
    class: `code ${which}`,
    id: `code-${which}`,
    title: `Copy the ${which} code`,
    disabled: true,
    onclick: doing(() => copy(element.dataset.code, `the ${which} code`)),
  }, digits, " ", h("span", { class: "caption" }, which));
  const set = (code) => {
    element.disabled = false;
    element.dataset.code = code;
    digits.textContent = spaced(code);
  };
  return { element, set };
}

// A widget whose `tick` is to be called a few times a second.
export function liveCodes(serialNumber) {
  const buttons = { previous: codeButton("previous"), current: codeButton("current"), next: codeButton("next") };
  const hand = h("circle", { class: "hand", cx: 32, cy: 32, r: 28, pathLength: 30 });
  const seconds = h("span", { class: "seconds" });
  const ring = h("div", { class: "ring" },
    h("svg", { viewBox: "0 0 64 64", "aria-hidden": "true" }, h("circle", { class: "track", cx: 32, cy: 32, r: 28 }), hand),
    seconds);
  const element = h("div", { class: "codes", role: "group", "aria-label": "Codes. Press one to copy it." },
    buttons.previous.element,
    h("div", { class: "now" }, ring, buttons.current.element),
    buttons.next.element);

  let step = null;
  let asking = false;

  async function ask() {
    asking = true;
    try {
      const codes = await control("GET", "codes", { query: { serial: serialNumber } });
      step = codes.step;
      for (const [which, { set }] of Object.entries(buttons)) set(codes[which]);
    } catch {
      // The device may be gone, or the server: the page finds out by itself.
    }
    asking = false;
  }

  function tick() {
    if (!clock.isKnown()) return;
    const left = clock.secondsLeft();
    hand.setAttribute("stroke-dasharray", `${left} 30`);
    hand.classList.toggle("late", left <= 5);
    ring.classList.toggle("frozen", clock.isFrozen());
    seconds.textContent = clock.isFrozen() ? "frozen" : `${Math.ceil(left)} s`;
    if (clock.step() !== step && !asking) ask();
  }

  return { element, tick };
}

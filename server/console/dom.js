// Building the page: elements, messages, dialogs. Text is always text, never markup.

const svgNames = new Set(["svg", "circle", "path"]);

// h("button", {class: "plain", onclick: go}, "Go"): attributes by their names, listeners as on…, no null children.
export function h(tag, attributes = {}, ...children) {
  const element = svgNames.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (id) => document.getElementById(id);

const shown = new WeakMap();

// Fills a container again when what it shows has changed. The focus stays with the control of the same id.
export function show(container, what, build) {
  const signature = JSON.stringify(what);
  if (shown.get(container) === signature) return;
  shown.set(container, signature);
  const focused = container.contains(document.activeElement) ? document.activeElement.id : null;
  container.replaceChildren(...[build()].flat());
  if (focused !== null) focusAgain(focused);
}

// What had the focus may be gone: then the heading of the view gets it, never nothing.
const focusAgain = (id) =>
  ($(id) ?? document.querySelector("main > section:not([hidden]) h1")).focus({ preventScroll: true });

// --- messages ----------------------------------------------------------------------------------------

let leaving;

// Something went well: said once, gone after a while.
export function say(text) {
  $("status").textContent = text;
  clearTimeout(leaving);
  leaving = setTimeout(() => ($("status").textContent = ""), 3000);
}

export const errorText = (error) => [
  h("strong", {}, error.code ?? "The page failed"),
  " ",
  error.message || "No message was given.",
  error.action || error.status
    ? h("small", {}, [error.action, error.status && `HTTP ${error.status}`].filter(Boolean).join(" · "))
    : null,
].filter(Boolean);

// Something went wrong outside of a dialog: it stays until it is dismissed.
export function complain(error) {
  const dismiss = h("button", { type: "button", class: "quiet", onclick: () => $("problem").replaceChildren() }, "Dismiss");
  $("problem").replaceChildren(h("div", { class: "error" }, h("p", {}, errorText(error)), dismiss));
}

// A listener that tells of its failures.
export const doing = (work) => async (event) => {
  try {
    await work(event);
  } catch (error) {
    complain(error);
  }
};

// --- parts -------------------------------------------------------------------------------------------

export const button = (text, onclick, attributes = {}) => h("button", { type: "button", onclick, ...attributes }, text);

export async function copy(text, what) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
  } else {
    copyTheOldWay(text); // over plain HTTP from another machine there is no clipboard
  }
  say(`Copied ${what}.`);
}

function copyTheOldWay(text) {
  const focused = document.activeElement;
  const area = h("textarea", { class: "unseen" });
  area.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  focused?.focus();
}

let fields = 0;

// A labelled control: field("User name", h("input", {name: "userName"}), "what it is for").
export function field(label, control, hint) {
  control.id ||= `field-${++fields}`;
  const note = hint && h("p", { class: "hint", id: `${control.id}-hint` }, hint);
  if (note) control.setAttribute("aria-describedby", note.id);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, note);
}

export const input = (name, attributes = {}) =>
  h("input", { name, autocomplete: "off", autocapitalize: "off", spellcheck: "false", ...attributes });

export const select = (name, options, chosen) =>
  h("select", { name }, options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));

// Commands to paste.
export const commands = (what, text) =>
  h("div", { class: "commands" },
    h("pre", { tabindex: "0", "aria-label": what }, h("code", {}, text)),
    button("Copy", doing(() => copy(text, "the commands")), { "aria-label": `Copy: ${what}` }));

export const empty = (title, text, ...more) =>
  h("div", { class: "empty" }, h("h2", {}, title), h("p", {}, text), more);

// --- dialogs -----------------------------------------------------------------------------------------

// Asks for something and does it. `work` gets what was filled in; when it throws, its error is shown and the
// dialog stays. Resolves to what `work` returned, or to null when the user thought better of it.
export function ask({ title, content = [], verb, danger = false, work = async (values) => values }) {
  return new Promise((resolve) => {
    let outcome = null;
    const problem = h("div", { role: "alert" });
    const submit = h("button", { class: danger ? "danger" : "primary" }, verb);
    const form = h("form", {
      onsubmit: async (event) => {
        event.preventDefault();
        submit.disabled = true;
        problem.replaceChildren();
        try {
          outcome = await work(Object.fromEntries(new FormData(form)));
          dialog.close();
        } catch (error) {
          problem.replaceChildren(h("p", { class: "error" }, errorText(error)));
        }
        submit.disabled = false;
      },
    },
    h("h2", { id: "dialog-title" }, title), content, problem,
    h("div", { class: "actions" }, button("Cancel", () => dialog.close()), submit));
    const opener = document.activeElement.id;
    const close = () => {
      dialog.remove();
      if (document.activeElement === document.body) focusAgain(opener);
      resolve(outcome);
    };
    const dialog = h("dialog", { "aria-labelledby": "dialog-title", onclose: close }, form);
    document.body.append(dialog);
    dialog.showModal();
  });
}

export const confirm = (title, text, verb, work) =>
  ask({ title, content: [h("p", {}, text)], verb, danger: true, work: async () => ((await work()), true) });

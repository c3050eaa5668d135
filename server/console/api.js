// Everything that goes over the wire: the control API, AWS's own calls, and the journal as it is written.

import { signedHeaders } from "./sigv4.js";

// Kept for as long as the tab is open, and sent to this server only.
const kept = (name, fallback) => ({
  get: () => sessionStorage.getItem(`keyfob.${name}`) ?? fallback,
  set: (value) => sessionStorage.setItem(`keyfob.${name}`, value),
});
const token = kept("control-token", "");
const secret = kept("root-secret", "test");

export const session = {
  account: "", // twelve digits, once it is known
  usesToken: () => token.get() !== "",
};

// How the page asks for what only its user knows; each resolves to the answer, or to null when there is none.
export const questions = { token: async () => null, secret: async () => null };

// What the server said, in its own words.
export class ApiError extends Error {
  constructor({ code, message, status = 0, action = "" }) {
    super(message);
    Object.assign(this, { code, status, action });
  }
}

const unreachable = (action) =>
  new ApiError({ code: "No answer", message: "The connection to keyfob was lost before an answer came.", action });

async function send(url, options, action) {
  try {
    return await fetch(url, { cache: "no-store", redirect: "error", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw unreachable(action);
  }
}

// Several calls may be refused at once: one question is enough for all of them.
// Who won't answer isn't asked again.
const pending = new Map();
const declined = new Set();
async function learn(name, place) {
  if (declined.has(name)) return false;
  if (!pending.has(name)) pending.set(name, questions[name]().finally(() => pending.delete(name)));
  const answer = await pending.get(name);
  if (answer === null) {
    declined.add(name);
    return false;
  }
  place.set(answer);
  return true;
}

// --- the control API ---------------------------------------------------------------------------------

export const controlPath = (path, query = {}) => {
  const all = new URLSearchParams(session.account ? { ...query, account: session.account } : query).toString();
  return `/_keyfob/${path}${all ? `?${all}` : ""}`;
};

async function callControl(method, path, { query, body, signal } = {}) {
  const used = token.get();
  const response = await send(controlPath(path, query), {
    method,
    signal,
    headers: used ? { Authorization: `Bearer ${used}` } : {},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.ok) return response;
  const error = new ApiError({ status: response.status, ...errorIn(await response.text(), response) });
  // Another call may have learned the token meanwhile.
  if (error.code === "Unauthorized" && (token.get() !== used || (await learn("token", token)))) {
    return callControl(method, path, { query, body, signal });
  }
  throw error;
}

function errorIn(text, response) {
  try {
    return JSON.parse(text).error;
  } catch {
    return { code: `HTTP ${response.status}`, message: response.statusText || "No explanation was given." };
  }
}

export async function control(method, path, options) {
  const response = await callControl(method, path, options);
  return response.status === 204 ? null : response.json();
}

export const controlImage = async (path, query) => (await callControl("GET", path, { query })).blob();

// The account's clock, and the machine's: that of the answer's Date, for this browser may be on another machine.
export async function readClock(method = "GET", path = "clock", body) {
  const response = await callControl(method, path, { body });
  if (response.status === 204) return readClock();
  const { now, frozen } = await response.json();
  return { now: Date.parse(now), frozen, machine: Date.parse(response.headers.get("Date")) };
}

// --- AWS ---------------------------------------------------------------------------------------------

// Calls IAM as the account's root and returns the answer as XML.
export async function aws(action, parameters = {}) {
  const body = new URLSearchParams({ Action: action, Version: "2010-05-08", ...parameters }).toString();
  const used = secret.get();
  const headers = await signedHeaders({ accessKeyId: session.account, secret: used, body });
  const response = await send("/", { method: "POST", headers, body }, action);
  const xml = new DOMParser().parseFromString(await response.text(), "text/xml");
  if (response.ok) return xml;

  const code = textOf(xml, "Code") || `HTTP ${response.status}`;
  if (code === "SignatureDoesNotMatch" && (secret.get() !== used || (await learn("secret", secret)))) {
    return aws(action, parameters);
  }
  throw new ApiError({ code, message: textOf(xml, "Message"), status: response.status, action });
}

export const textOf = (xml, name) => xml.getElementsByTagName(name)[0]?.textContent ?? "";

// AWS's way to write a list: Tags.member.1.Key=…
export const tagMembers = (tags) =>
  Object.fromEntries(
    tags.flatMap(({ key, value }, index) => [
      [`Tags.member.${index + 1}.Key`, key],
      [`Tags.member.${index + 1}.Value`, value],
    ]),
  );

export async function listUsers() {
  const users = [];
  for (let marker = ""; ; ) {
    const xml = await aws("ListUsers", { MaxItems: 1000, ...(marker && { Marker: marker }) });
    for (const member of xml.getElementsByTagName("member")) {
      users.push({ name: textOf(member, "UserName"), path: textOf(member, "Path"), created: textOf(member, "CreateDate") });
    }
    marker = textOf(xml, "Marker");
    if (textOf(xml, "IsTruncated") !== "true") return users;
  }
}

// --- the journal -------------------------------------------------------------------------------------

const pause = (milliseconds, signal) =>
  new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), done()), { once: true });
  });

// Yields the journal's events until `signal` says stop: {open: true} when the server follows, {entry}, and
// {open: false} when the connection is lost, which is then tried again. EventSource can't send the token.
export async function* journalEvents(signal) {
  while (!signal.aborted) {
    try {
      const response = await callControl("GET", "requests/stream", { signal });
      for await (const event of eventsOf(response.body)) yield event;
    } catch {
      // Whatever it was, it ends in a new try.
    }
    if (signal.aborted) return;
    yield { open: false };
    await pause(2000, signal);
  }
}

async function* eventsOf(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (text + value).split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      if (block.startsWith("data: ")) yield { entry: JSON.parse(block.slice("data: ".length)) };
      if (block.startsWith(": following")) yield { open: true };
    }
  }
}

// What the page knows of the account, and how it learns it. Views draw from `state` and ask for `refresh`.

import { control, listUsers, session } from "./api.js";
import { complain } from "./dom.js";

export const state = { devices: [], users: [], faults: [], snapshots: [], known: false };

const listeners = [];
export const onChange = (listener) => listeners.push(listener);
export const changed = () => listeners.forEach((listener) => listener());

// What the control API tells. These calls leave no trace in the journal, so they can be repeated.
export async function refresh() {
  const account = session.account;
  const [devices, faults, snapshots] = await Promise.all(
    ["devices", "faults", "snapshots"].map(async (name) => (await control("GET", name))[name]),
  );
  if (account !== session.account) return; // another was chosen meanwhile
  Object.assign(state, { devices, faults, snapshots, known: true });
  changed();
}

// Users come from IAM itself, which writes the call into the journal: asked for only when there is a reason.
export async function refreshUsers() {
  const account = session.account;
  try {
    const users = await listUsers();
    if (account !== session.account) return;
    state.users = users;
    changed();
  } catch (error) {
    complain(error);
  }
}

export const ownerOf = (device) => device.userName ?? (device.enableDate ? "root" : null);

// "phone" of "arn:aws:iam::123456789012:mfa/phone", "key1" of "…:u2f/user/bob/key1-DUREMKBALB7LQHFQZ2MPDRND4J"; a
// hardware token's serial number is its name.
export function nameOf({ serialNumber, type }) {
  if (!serialNumber.startsWith("arn:")) return serialNumber;
  const name = serialNumber.split("/").pop();
  return type === "fido" ? name.replace(/-[A-Z2-7]{26}$/, "") : name;
}

export const utcMinute = (iso) => (iso ? new Date(iso).toISOString().slice(0, 16).replace("T", " ") : "");

// The lines that make the AWS command line talk to this server and this account.
export const awsEnvironment = () =>
  `export AWS_ENDPOINT_URL=${location.origin} AWS_REGION=us-east-1\n` +
  `export AWS_ACCESS_KEY_ID=${session.account} AWS_SECRET_ACCESS_KEY=test\n`;

export const curl = (method, path, body) =>
  [
    `curl -X ${method}`,
    session.usesToken() && `-H "Authorization: Bearer $KEYFOB_CONTROL_TOKEN"`,
    `'${location.origin}/_keyfob/${path}?account=${session.account}'`,
    body && `\\\n  -d '${JSON.stringify(body)}'`,
  ].filter(Boolean).join(" ");

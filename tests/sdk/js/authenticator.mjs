// What the owner of a phone has: a camera that reads QR codes, and an app that makes codes. Neither is ours.
import { execFileSync } from "node:child_process";

const STEP = 30;
const control = (path) => `${process.env.AWS_ENDPOINT_URL}/_keyfob/${path}?account=${process.env.AWS_ACCESS_KEY_ID}`;

export async function call(method, path, body) {
  const reply = await fetch(control(path), {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

// The base32 secret in the picture of a QR code.
export function scan(png) {
  const uri = execFileSync("zbarimg", ["--nodbus", "--raw", "-q", "png:-"], { input: png }).toString().trim();
  return new URL(uri).searchParams.get("secret");
}

// The codes of these steps, counted from the present one of the account's clock.
export async function codes(secret, ...steps) {
  const now = Math.floor(Date.parse((await call("GET", "clock")).now) / 1000);
  return steps.map((step) =>
    execFileSync("oathtool", ["-b", "--totp", `--now=@${now + step * STEP}`, secret]).toString().trim(),
  );
}

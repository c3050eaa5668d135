// AWS's Signature Version 4, for a server that was started with --verify-signatures.

const encoder = new TextEncoder();

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

const sha256 = async (text) => hex(await crypto.subtle.digest("SHA-256", encoder.encode(text)));

async function hmac(key, text) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(text)));
}

async function signingKey(secret, ...scope) {
  let key = encoder.encode(`AWS4${secret}`);
  for (const part of scope) key = await hmac(key, part);
  return key;
}

// The headers that make a POST of `body` to "/" the call of an access key. Browsers sign on HTTPS and on this
// machine only; elsewhere the header still names the account, which is enough unless signatures are verified.
export async function signedHeaders({ accessKeyId, secret, body, at = new Date() }) {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = [time.slice(0, 8), "us-east-1", "iam", "aws4_request"];
  const contentType = "application/x-www-form-urlencoded; charset=utf-8";
  const names = "content-type;host;x-amz-date";
  const signature = crypto.subtle ? await signatureOf() : "unsigned";
  return {
    "Content-Type": contentType,
    "X-Amz-Date": time,
    Authorization:
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join("/")}, ` +
      `SignedHeaders=${names}, Signature=${signature}`,
  };

  async function signatureOf() {
    const headers = `content-type:${contentType}\nhost:${location.host}\nx-amz-date:${time}\n`;
    const canonical = ["POST", "/", "", headers, names, await sha256(body)].join("\n");
    const toSign = ["AWS4-HMAC-SHA256", time, scope.join("/"), await sha256(canonical)].join("\n");
    return hex(await hmac(await signingKey(secret, ...scope), toSign));
  }
}

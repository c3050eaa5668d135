// Signs an IAM user in as AWS's page does: account, user and password first, then the code if there is a device.

import { control, session } from "./api.js";
import { $, commands, errorText, h } from "./dom.js";
import "./questions.js";

const views = ["user", "code", "done"];

let known; // what the first form said, for as long as the code is awaited

function show(view) {
  for (const name of views) $(`view-${name}`).hidden = name !== view;
  const within = (what) => document.querySelector(`#view-${view} ${what}`);
  (within("input") ?? within("h1")).focus();
}

// An alias is as good as the number.
async function accountOf(text) {
  if (/^\d{12}$/.test(text)) return text;
  const { accounts } = await control("GET", "accounts");
  const account = accounts.find(({ alias }) => alias === text.toLowerCase());
  if (!account) throw Object.assign(new Error("There is no account of that alias."), { code: "InvalidCredentials" });
  return account.id;
}

function showCredentials(signedIn) {
  known = undefined;
  $("who").textContent = signedIn.mfaAuthenticated
    ? "With MFA: policies see aws:MultiFactorAuthPresent as true."
    : "Without MFA: the user has no device.";
  $("credentials").replaceChildren(
    h("p", { class: "hint" }, `The session ends at ${signedIn.expiration}.`),
    commands("The session's credentials for a shell", [
      `export AWS_ACCESS_KEY_ID=${signedIn.accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${signedIn.secretAccessKey}`,
      `export AWS_SESSION_TOKEN=${signedIn.sessionToken}`,
      `export AWS_ENDPOINT_URL=${location.origin}`,
    ].join("\n")));
  show("done");
}

// A form whose failures are told beside it.
function onSubmit(form, work) {
  const problem = form.querySelector(".problem");
  const submit = form.querySelector("button.primary");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    problem.replaceChildren();
    try {
      await work(Object.fromEntries(new FormData(form)));
    } catch (error) {
      problem.replaceChildren(h("p", { class: "error" }, errorText(error)));
    }
    submit.disabled = false;
  });
}

onSubmit($("user-form"), async ({ account, userName, password }) => {
  session.account = "";
  session.account = await accountOf(account.trim());
  known = { userName, password };
  try {
    showCredentials(await control("POST", "signin", { body: known }));
  } catch (error) {
    if (error.code !== "MFARequired") throw error;
    $("code-form").reset();
    show("code");
  }
});

onSubmit($("code-form"), async ({ code }) => {
  showCredentials(await control("POST", "signin", { body: { ...known, code } }));
});

function startAgain() {
  known = undefined;
  $("credentials").replaceChildren();
  $("user-form").reset();
  show("user");
}
$("start-again").addEventListener("click", startAgain);
$("sign-out").addEventListener("click", startAgain);
$("account").value = new URLSearchParams(location.search).get("account") ?? "";
show("user");

// The life of a device with an unmodified AWS SDK for JavaScript v3. The account's clock is frozen.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { call, codes, scan } from "./authenticator.mjs";

const iam = new sdk.IAMClient({});
const account = process.env.AWS_ACCESS_KEY_ID;
const send = (name, input) => iam.send(new sdk[`${name}Command`](input));

async function create(name, more = {}) {
  const { VirtualMFADevice: made } = await send("CreateVirtualMFADevice", { VirtualMFADeviceName: name, ...more });
  return { serial: made.SerialNumber, secret: scan(made.QRCodePNG), made };
}

async function withCodes(device, user, ...steps) {
  const [AuthenticationCode1, AuthenticationCode2] = await codes(device.secret, ...steps);
  return { UserName: user, SerialNumber: device.serial, AuthenticationCode1, AuthenticationCode2 };
}

async function refused(type, status, message, promise) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof type, `${error.name}: ${error.message}`);
    assert.equal(error.message, message);
    assert.equal(error.$metadata.httpStatusCode, status);
    assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
    return true;
  });
}

const listed = async (user) =>
  (await send("ListMFADevices", { UserName: user })).MFADevices.map((device) => device.SerialNumber).sort();

before(() => send("CreateUser", { UserName: "alice" }));

test("a device is created, enabled, resynchronised, deactivated and deleted", async () => {
  const phone = await create("phone", { Path: "/team/" });
  assert.equal(phone.serial, `arn:aws:iam::${account}:mfa/team/phone`);
  assert.equal(Buffer.from(phone.made.Base32StringSeed).toString(), phone.secret);
  await refused(sdk.EntityAlreadyExistsException, 409, "MFA device already exists.",
    send("CreateVirtualMFADevice", { VirtualMFADeviceName: "phone", Path: "/team/" }));

  const wrong = [sdk.InvalidAuthenticationCodeException, 403, "Authentication code for device is not valid."];
  await refused(...wrong, send("EnableMFADevice", await withCodes(phone, "alice", 0, 0)));
  await send("EnableMFADevice", await withCodes(phone, "alice", -1, 0));
  assert.deepEqual(await listed("alice"), [phone.serial]);
  const [virtual] = (await send("ListVirtualMFADevices", { AssignmentStatus: "Assigned" })).VirtualMFADevices;
  assert.equal(virtual.User.Arn, `arn:aws:iam::${account}:user/alice`);
  assert.ok(virtual.EnableDate instanceof Date);

  await call("POST", "clock/advance", { seconds: 10 * 3600 });
  await refused(...wrong, send("ResyncMFADevice", await withCodes(phone, "alice", -1000, -999)));
  await send("ResyncMFADevice", await withCodes(phone, "alice", -999, -998));

  await refused(sdk.DeleteConflictException, 409, "MFA VirtualDevice in use. Must deactivate first.",
    send("DeleteVirtualMFADevice", { SerialNumber: phone.serial }));
  await send("DeactivateMFADevice", { UserName: "alice", SerialNumber: phone.serial });
  await send("DeleteVirtualMFADevice", { SerialNumber: phone.serial });
  await refused(sdk.NoSuchEntityException, 404, `MFA Device with serial number ${phone.serial} does not exist.`,
    send("DeleteVirtualMFADevice", { SerialNumber: phone.serial }));
  assert.deepEqual(await listed("alice"), []);
});

test("tag keys are case-sensitive, and every character arrives", async () => {
  const { serial } = await create("tagged", { Tags: [{ Key: "Team", Value: "a b+c=d/é_.:-@" }] });
  await send("TagMFADevice", { SerialNumber: serial, Tags: [{ Key: "team", Value: "" }, { Key: "x", Value: "1" }] });
  await send("UntagMFADevice", { SerialNumber: serial, TagKeys: ["x"] });
  const { Tags: tags } = await send("ListMFADeviceTags", { SerialNumber: serial });
  assert.deepEqual(Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value])), { Team: "a b+c=d/é_.:-@", team: "" });
});

test("paginators see every device once", async () => {
  const made = [];
  for (const name of ["one", "two", "three"]) made.push((await create(name)).serial);
  for (const pageSize of [1, 2]) {
    const seen = [];
    for await (const page of sdk.paginateListVirtualMFADevices({ client: iam, pageSize }, {})) {
      assert.ok(page.VirtualMFADevices.length <= pageSize);
      seen.push(...page.VirtualMFADevices.map((device) => device.SerialNumber));
    }
    assert.equal(new Set(seen).size, seen.length);
    for (const serial of made) assert.ok(seen.includes(serial));
  }
});

test("the ninth device of a user is one too many", async () => {
  await send("CreateUser", { UserName: "bob" });
  for (let number = 0; number < 8; ++number) {
    await send("EnableMFADevice", await withCodes(await create(`bob-${number}`), "bob", -1, 0));
  }
  const ninth = await withCodes(await create("bob-8"), "bob", -1, 0);
  await assert.rejects(send("EnableMFADevice", ninth), sdk.LimitExceededException);
  assert.equal((await listed("bob")).length, 8);
});

test("GetMFADevice knows security keys only", async () => {
  const phone = await create("virtual");
  await refused(sdk.IAMServiceException, 400,
    "The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only " +
      "hardware FIDO security keys are supported. Please use the compatible device or API.",
    send("GetMFADevice", { SerialNumber: phone.serial }));
  await send("CreateUser", { UserName: "carol" });
  const { serialNumber } = await call("POST", "devices",
    { type: "fido", userName: "carol", name: "key1", certifications: { FIDO: "L1" } });
  const key = await send("GetMFADevice", { SerialNumber: serialNumber, UserName: "carol" });
  assert.deepEqual(key.Certifications, { FIDO: "L1" });
  assert.deepEqual(await listed("carol"), [serialNumber]);
});

test("a hardware token is enabled by its serial number", async () => {
  await send("CreateUser", { UserName: "dave" });
  const token = await call("POST", "devices", { type: "hardware", serialNumber: "GAHT12345678" });
  await send("EnableMFADevice", await withCodes({ serial: "GAHT12345678", secret: token.seed }, "dave", 0, 1));
  assert.deepEqual(await listed("dave"), ["GAHT12345678"]);
});

test("a key made by CreateAccessKey is its user", async () => {
  await send("CreateUser", { UserName: "erin" });
  const { AccessKey: key } = await send("CreateAccessKey", { UserName: "erin" });
  const credentials = { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey };
  const erin = await new STSClient({ credentials }).send(new GetCallerIdentityCommand({}));
  assert.equal(erin.Arn, `arn:aws:iam::${account}:user/erin`);
  const root = await new STSClient({}).send(new GetCallerIdentityCommand({}));
  assert.equal(root.Arn, `arn:aws:iam::${account}:root`);
});

// keyfob's policy engine against @cloud-copilot/iam-simulate, on seeded cases: CASES and SEED change how many and which.
// The script `run` beside this file starts it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Keyfob, reference } from './engines.mjs';
import { assumption, question } from './generator.mjs';
import { differences } from './differences.mjs';
import { Random } from './random.mjs';

const cases = Number(process.env.CASES ?? 6000);
const seed = Number(process.env.SEED ?? 20261124);
const keyfob = new Keyfob(process.env.POLICY_EVAL ?? 'policy_eval');
after(() => keyfob.close());

async function compare(count, make) {
  const tally = {};
  for (let index = 0; index < count; ++index) {
    const asked = make(new Random(seed + index));
    const ours = await keyfob.ask(asked);
    const theirs = await reference(asked);
    assert.equal(ours.error, undefined, JSON.stringify(asked));
    assert.equal(ours.result, theirs, `case ${index}: ${JSON.stringify(asked, null, 1)}`);
    tally[theirs] = (tally[theirs] ?? 0) + 1;
  }
  // A generator that only ever denies would prove nothing.
  for (const result of ['Allowed', 'ImplicitlyDenied', 'ExplicitlyDenied']) assert.ok(tally[result] > count / 50, result);
  return tally;
}

test('identity policies and boundaries', async (t) => {
  t.diagnostic(JSON.stringify(await compare(cases, (random) => question(random))));
});

test('session policies', async (t) => {
  t.diagnostic(JSON.stringify(await compare(cases / 4, (random) => question(random, { session: true }))));
});

test('trust policies', async (t) => {
  t.diagnostic(JSON.stringify(await compare(cases / 2, assumption)));
});

for (const { name, question: asked, ours, theirs } of differences) {
  test(`known difference: ${name}`, async () => {
    assert.deepEqual([(await keyfob.ask(asked)).result, await reference(asked)], [ours, theirs]);
  });
}

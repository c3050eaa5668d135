// The two engines behind one question: what does each say to a case?
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate';

// keyfob's, as the executable tests/tools/policy_eval.cpp makes: a line in, a line out.
export class Keyfob {
  #process;
  #lines;

  constructor(path) {
    this.#process = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  async ask(question) {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('policy_eval ended');
    return JSON.parse(value);
  }

  close() {
    this.#process.stdin.end();
  }
}

const named = (policies) => policies.map((policy, index) => ({ name: `p${index}`, policy }));

function simulation(question) {
  return {
    request: {
      principal: question.principal.arn,
      action: question.action,
      resource: { resource: question.resource, accountId: question.resource.split(':')[4] || '123456789012' },
      contextVariables: question.context,
    },
    identityPolicies: named(question.identity ?? []),
    permissionBoundaryPolicies: question.boundary ? named([question.boundary]) : undefined,
    sessionPolicy: question.session?.[0],
    resourcePolicy: question.trust,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
}

export async function reference(question) {
  const input = simulation(question);
  if (!question.session && !question.trust) return runUnsafeSimulation(input, {});
  // The quick door looks at neither session policies nor the names of resource policies.
  const answer = await runSimulation(input, {});
  if (answer.resultType !== 'single') throw new Error(JSON.stringify(answer));
  return answer.overallResult;
}

// Seeded policies and requests, dense enough that about half of the statements apply. What the reference is known to
// judge otherwise (differences.mjs) is not made here, so that every other difference shows.
const ACCOUNT = '123456789012';

const ACTIONS = ['iam:GetUser', 'iam:EnableMFADevice', 'iam:DeactivateMFADevice', 'iam:DeleteUser', 'iam:TagUser'];
const ACTION_PATTERNS = [
  '*', 'iam:*', 'iam:Get*', 'IAM:getuser', 'iam:*MFADevice', 'iam:?e*', 'iam:D*e*User', 'iam:EnableMFADevice',
  'sts:AssumeRole', 's3:*', 'iam:Tag*', 'iam:*', 'iam:GetUser', 'iam:DeleteUser', 'iam:**',
];

const RESOURCES = [
  `arn:aws:iam::${ACCOUNT}:user/bob`, `arn:aws:iam::${ACCOUNT}:user/ops/bob`, `arn:aws:iam::${ACCOUNT}:user/carol`,
  'arn:aws:iam::210987654321:user/bob', `arn:aws:iam::${ACCOUNT}:user/a.b`,
];
const RESOURCE_PATTERNS = [
  '*', `arn:aws:iam::${ACCOUNT}:*`, 'arn:aws:iam::*:user/*', 'arn:aws:iam::*:user/${aws:username}',
  'arn:aws:iam::*:user/b?b', 'arn:aws:iam::*:user/*/bob', `arn:aws:iam::${ACCOUNT}:user/carol`,
  'arn:*:iam::*:user/*', 'arn:aws:iam::1234567890??:user/*o*', "arn:aws:iam::*:user/${aws:PrincipalTag/Nick, 'carol'}",
  'arn:aws:iam::*:user/${aws:PrincipalTag/Team}/bob', 'arn:aws:iam::*:user/${*}', 'arn:aws:iam::*:role/*',
  'arn:aws:iam::*:user/a.b', 'arn:aws:iam::*:user/**',
];

// Variables that a request may leave without a value stand neither in NotResource nor under negated operators.
const mayBeUnset = (pattern) => pattern.includes('${aws:') && !pattern.includes(', ');
const NOT_RESOURCE_PATTERNS = RESOURCE_PATTERNS.filter((pattern) => !mayBeUnset(pattern));

// For every kind of operator: keys, the values they have in requests, what policies compare them with.
const STRING_KEYS = {
  'aws:username': ['bob', 'BOB', 'carol', 'a*b'],
  'aws:PrincipalTag/Team': ['ops', 'Ops', 'dev', ''],
  'aws:UserAgent': ['Boto3/1.26', 'aws-cli/2.9 (x.y)', 'curl[1]'],
  'aws:userid': ['AIDAEXAMPLE', 'AROAEXAMPLE:session'],
};
const STRINGS = ['bob', 'Bob', 'carol', 'ops', 'dev', 'b*', '*b', '?ob', 'Boto3/*', '*', '', 'a*b',
  "${aws:PrincipalTag/Nick, 'ops'}", 'curl[1]', 'aws-cli/* (x.y)', 'AROA*:*'];

const NUMBER_KEYS = { 'aws:MultiFactorAuthAge': ['0', '12', '3600', '3601'], 'aws:EpochTime': ['1767225600', '12'] };
const NUMBERS = ['0', '12', '12.5', '3600', '1767225600', '-1'];

const DATE_KEYS = {
  'aws:CurrentTime': ['2026-01-01T00:00:00Z', '2026-06-15T12:30:00Z', '2025-12-31T23:59:59Z'],
  'aws:TokenIssueTime': ['2026-01-01T00:00:00Z'],
};
const DATES = ['2026-01-01T00:00:00Z', '2026-01-01', '2026-01', '2025-12-31T23:59:59Z', '2026-06-15T14:30:00+02:00',
  '2026-06-15T12:30:00.5Z'];

const BOOL_KEYS = { 'aws:MultiFactorAuthPresent': ['true', 'false'], 'aws:SecureTransport': ['true', 'false', 'TRUE'] };
const BOOLS = ['true', 'false', 'True'];

const ADDRESS_KEYS = { 'aws:SourceIp': ['10.1.2.3', '127.0.0.1', '203.0.113.9', '2001:db8::7'] };
const ADDRESSES = ['10.0.0.0/8', '127.0.0.1/32', '128.0.0.0/1', '203.0.113.0/29', '2001:db8::/32', '10.1.2.0/25',
  '2001:db8::/127'];

const ARN_KEYS = { 'aws:PrincipalArn': RESOURCES, 'aws:SourceArn': ['arn:aws:s3:::bucket', RESOURCES[0]] };
const ARNS = RESOURCE_PATTERNS.filter((pattern) => pattern.startsWith('arn:') && !pattern.includes('${*}'));

const LIST_KEYS = { 'aws:TagKeys': [['Team'], ['Team', 'Cost'], ['team'], ['Other', 'Cost', 'Team']] };
const TAGS = ['Team', 'Cost', 'T*', 'TEAM', 'Other'];

const KINDS = [
  { keys: STRING_KEYS, values: STRINGS, operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'] },
  { keys: NUMBER_KEYS, values: NUMBERS, operators: ['NumericEquals', 'NumericNotEquals', 'NumericLessThan',
    'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals'] },
  { keys: DATE_KEYS, values: DATES, operators: ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals',
    'DateGreaterThan', 'DateGreaterThanEquals'] },
  { keys: BOOL_KEYS, values: BOOLS, operators: ['Bool'] },
  { keys: ADDRESS_KEYS, values: ADDRESSES, operators: ['IpAddress', 'NotIpAddress'] },
  { keys: ARN_KEYS, values: ARNS, operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'] },
];
const EVERY_KEY = Object.assign({}, LIST_KEYS, ...KINDS.map((kind) => kind.keys));

const document = (statements) => ({ Version: '2012-10-17', Statement: statements });

function lineOfCondition(random) {
  const kind = random.pick([...KINDS, KINDS[3]]);
  const key = random.pick(Object.keys(kind.keys));
  const operator = random.pick(kind.operators);
  const choices = operator.includes('Not') ? kind.values.filter((value) => !mayBeUnset(value)) : kind.values;
  if (random.chance(0.15)) return ['Null', random.pick(Object.keys(EVERY_KEY)), random.pick(BOOLS)];
  if (random.chance(0.2)) {
    const over = random.pick(['ForAnyValue:', 'ForAllValues:']);
    const ifExists = over === 'ForAllValues:' && random.chance(0.2) ? 'IfExists' : '';
    return [over + random.pick(KINDS[0].operators) + ifExists,
      random.pick([...Object.keys(LIST_KEYS), 'aws:username']), random.oneOrMany(TAGS, 3)];
  }
  return [operator + (random.chance(0.3) ? 'IfExists' : ''), key, random.oneOrMany(choices, 3)];
}

function condition(random) {
  const block = {};
  for (let lines = 1 + random.below(2); lines > 0; --lines) {
    const [operator, key, values] = lineOfCondition(random);
    (block[operator] ??= {})[random.chance(0.2) ? key.toLowerCase() : key] = values;
  }
  return block;
}

function grant(random) {
  const statement = {
    Effect: random.chance(0.7) ? 'Allow' : 'Deny',
    [random.chance(0.85) ? 'Action' : 'NotAction']: random.oneOrMany(ACTION_PATTERNS, 3),
  };
  if (random.chance(0.85)) statement.Resource = random.oneOrMany(RESOURCE_PATTERNS, 2);
  else statement.NotResource = random.oneOrMany(NOT_RESOURCE_PATTERNS, 2);
  if (random.chance(0.6)) statement.Condition = condition(random);
  return statement;
}

const policy = (random) => document(Array.from({ length: 1 + random.below(3) }, () => grant(random)));

function context(random) {
  const values = {};
  for (const [key, choices] of Object.entries(EVERY_KEY)) {
    if (random.chance(0.6)) values[random.chance(0.2) ? key.toUpperCase() : key] = random.pick(choices);
  }
  return values;
}

export function question(random, { session = false } = {}) {
  const asked = {
    identity: Array.from({ length: 1 + random.below(2) }, () => policy(random)),
    principal: { kind: 'User', arn: RESOURCES[0], account: ACCOUNT },
    action: random.pick(ACTIONS),
    resource: session ? RESOURCES[random.below(3)] : random.pick(RESOURCES),
    context: context(random),
  };
  if (session) {
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/admin/s`;
    asked.principal = { kind: 'AssumedRole', arn, account: ACCOUNT, roleArn: `arn:aws:iam::${ACCOUNT}:role/admin` };
    asked.session = [policy(random)];
  }
  if (random.chance(0.3)) asked.boundary = policy(random);
  // keyfob's accounts are sealed from each other; the reference wants a resource policy across them.
  if (!session) asked.resource = asked.resource.replace('210987654321', ACCOUNT);
  return asked;
}

// Who may assume a role: trust policies, by users and by role sessions, within an account and across.
export function assumption(random) {
  const callers = [
    { kind: 'User', arn: `arn:aws:iam::${ACCOUNT}:user/bob`, account: ACCOUNT },
    { kind: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/admin/s`, account: ACCOUNT,
      roleArn: `arn:aws:iam::${ACCOUNT}:role/admin` },
  ];
  const principals = [
    ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`, callers[0].arn, callers[1].roleArn, callers[1].arn, '*', '210987654321',
    `arn:aws:iam::${ACCOUNT}:user/carol`,
  ];
  const trust = () => {
    const statement = {
      Effect: random.chance(0.85) ? 'Allow' : 'Deny',
      Principal: { AWS: random.oneOrMany(principals, 2) },
      Action: random.oneOrMany(['sts:AssumeRole', 'sts:AssumeRole', 'sts:TagSession'], 2),
    };
    if (random.chance(0.4)) statement.Condition = condition(random);
    return statement;
  };
  const resource = `arn:aws:iam::${random.pick([ACCOUNT, '210987654321'])}:role/target`;
  const own = () => {
    const statement = grant(random);
    delete statement.NotAction;
    delete statement.NotResource;
    return { ...statement, Action: random.pick(['sts:*', '*', 'iam:*']), Resource: random.pick(['*', resource]) };
  };
  const asked = {
    trust: document(Array.from({ length: 1 + random.below(2) }, trust)),
    identity: random.chance(0.7) ? [document([own()])] : [],
    principal: random.pick(callers),
    action: 'sts:AssumeRole',
    resource,
    context: context(random),
  };
  if (random.chance(0.3)) asked.boundary = document([own()]);
  return asked;
}

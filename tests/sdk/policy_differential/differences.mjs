// Where the two engines are known to disagree, one question each; docs/policy-engine.md says why keyfob answers as it
// does. When a new version of the reference changes its mind, the test says so.
const bob = 'arn:aws:iam::123456789012:user/bob';

const ask = (statement, rest = {}) => ({
  identity: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...statement }] }],
  principal: { kind: 'User', arn: bob, account: '123456789012' },
  action: 'iam:GetUser',
  resource: bob,
  context: {},
  ...rest,
});

const when = (operator, key, value, context) => ask({ Condition: { [operator]: { [key]: value } } }, { context });

const yes = 'Allowed';
const no = 'ImplicitlyDenied';

export const differences = [
  { name: 'ForAnyValue…IfExists holds for an absent key', ours: yes, theirs: no,
    question: when('ForAnyValue:StringEqualsIfExists', 'aws:TagKeys', 'Team', {}) },
  { name: 'a negated operator holds against a variable without a value', ours: yes, theirs: no,
    question: when('StringNotEquals', 'aws:userid', '${aws:username}', { 'aws:userid': 'x' }) },
  { name: 'NotResource covers all when its variable has no value', ours: yes, theirs: no,
    question: (() => {
      const question = ask({ NotResource: 'arn:aws:iam::*:user/${aws:username}' });
      delete question.identity[0].Statement[0].Resource;
      return question;
    })() },
  { name: 'a variable may have the empty text as value', ours: yes, theirs: no,
    question: when('StringEquals', 'aws:userid', 'x${aws:PrincipalTag/Team}',
      { 'aws:userid': 'x', 'aws:PrincipalTag/Team': '' }) },
  { name: '${*} is an asterisk under StringEquals as well', ours: yes, theirs: no,
    question: when('StringEquals', 'aws:userid', 'a${*}b', { 'aws:userid': 'a*b' }) },
  { name: '0.0.0.0/0 contains every IPv4 address', ours: yes, theirs: no,
    question: when('IpAddress', 'aws:SourceIp', '0.0.0.0/0', { 'aws:SourceIp': '127.0.0.1' }) },
  { name: 'an IPv6 address is itself in any spelling', ours: yes, theirs: no,
    question: when('IpAddress', 'aws:SourceIp', '2001:DB8:0::7', { 'aws:SourceIp': '2001:db8::7' }) },
  { name: 'seconds since 1970 are seconds', ours: yes, theirs: no,
    question: when('DateEquals', 'aws:CurrentTime', '1767225600', { 'aws:CurrentTime': '2026-01-01T00:00:00Z' }) },
  { name: 'a number ends where its digits end', ours: no, theirs: yes,
    question: when('NumericEquals', 'aws:MultiFactorAuthAge', '12', { 'aws:MultiFactorAuthAge': '12 s' }) },
  { name: 'what is no number is not equal to a number', ours: yes, theirs: no,
    question: when('NumericNotEquals', 'aws:MultiFactorAuthAge', '12', { 'aws:MultiFactorAuthAge': 'x' }) },
  { name: 'Bool compares with no variables', ours: no, theirs: yes,
    question: when('Bool', 'aws:SecureTransport', '${aws:MultiFactorAuthPresent}',
      { 'aws:SecureTransport': 'true', 'aws:MultiFactorAuthPresent': 'true' }) },
  { name: 'an action without a resource needs "*"', ours: no, theirs: yes,
    question: ask({ Resource: 'arn:aws:iam::*:mfa/*' }, { action: 'iam:ListVirtualMFADevices', resource: '*' }) },
];

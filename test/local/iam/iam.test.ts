import { Iam } from '../../../local/iam/iam';
import { accountId, fixedClock, region } from '../support';

const role = 'arn:aws:iam::000000000000:role/record-reads';
const other = 'arn:aws:iam::000000000000:role/other';
const root = { AWS: 'arn:aws:iam::000000000000:root' };
const key = 'arn:aws:kms:us-east-2:000000000000:key/k';
const table = 'arn:aws:dynamodb:us-east-2:000000000000:table/Reads';
const object = 'arn:aws:s3:::frames/a.jpg';

const trust = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
});
const allow = (Action: string | string[], Resource: string | string[] = '*', more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: string, Resource: string, more = {}) => ({ Effect: 'Deny', Action, Resource, ...more });
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

function iamWith(...statements: object[]): Iam {
  const iam = new Iam({ clock: fixedClock(), region, accountId });
  iam.addRole(role, trust('lambda.amazonaws.com'));
  iam.putRolePolicy(role, 'inline', policy(...statements));
  return iam;
}

const callerOf = (iam: Iam, roleArn = role) => iam.callerOf(iam.issueCredentials(roleArn, 'session-1'));
const ask = (iam: Iam, action: string, resource: string, context = {}) =>
  iam.decide({ caller: callerOf(iam), action, resource, context });
const allowed = { kind: 'allowed' };

describe('identity policies', () => {
  it('allow what they name and nothing else', () => {
    const iam = iamWith(allow(['dynamodb:GetItem', 'dynamodb:Batch*'], table));
    expect(ask(iam, 'dynamodb:GetItem', table)).toEqual(allowed);
    expect(ask(iam, 'dynamodb:BatchWriteItem', table)).toEqual(allowed);
    expect(ask(iam, 'dynamodb:getitem', table)).toEqual(allowed);
    expect(ask(iam, 'dynamodb:Scan', table)).toMatchObject({ because: 'no identity-based policy allows' });
    expect(ask(iam, 'dynamodb:GetItem', `${table}2`)).toMatchObject({ kind: 'denied' });
    expect(ask(iam, 'dynamodb:GetItem', `${table}/index/by-place`)).toMatchObject({ kind: 'denied' });
  });

  it('take NotAction and NotResource as everything but', () => {
    const notAction = iamWith({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' });
    expect(ask(notAction, 's3:GetObject', object)).toEqual(allowed);
    expect(ask(notAction, 'iam:PassRole', '*')).toMatchObject({ kind: 'denied' });
    const notResource = iamWith({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::secret/*' });
    expect(ask(notResource, 's3:GetObject', object)).toEqual(allowed);
    expect(ask(notResource, 's3:GetObject', 'arn:aws:s3:::secret/x')).toMatchObject({ kind: 'denied' });
  });

  it('let an explicit deny win over every allow', () => {
    const iam = iamWith(allow('*'), deny('s3:DeleteObject', 'arn:aws:s3:::frames/*'));
    expect(ask(iam, 's3:DeleteObject', object)).toEqual({
      kind: 'denied',
      because: 'explicit deny in an identity-based policy',
    });
  });

  it('hold only under their conditions', () => {
    const iam = iamWith(
      allow('kms:Decrypt', key, { Condition: { StringEquals: { 'kms:EncryptionContext:day': 'd1' } } }),
    );
    iam.setResourcePolicy(key, policy(allow('kms:*', '*', { Principal: root })));
    expect(ask(iam, 'kms:Decrypt', key, { 'kms:EncryptionContext:day': 'd1' })).toEqual(allowed);
    expect(ask(iam, 'kms:Decrypt', key, { 'kms:EncryptionContext:day': 'd2' })).toMatchObject({
      kind: 'denied',
    });
    expect(ask(iam, 'kms:Decrypt', key)).toMatchObject({ kind: 'denied' });
  });

  it('see the virtual time', () => {
    const clock = fixedClock(Date.parse('2026-01-01T00:00:00Z'));
    const iam = new Iam({ clock, region, accountId });
    iam.addRole(role, trust('lambda.amazonaws.com'));
    const untilFebruary = { DateLessThan: { 'aws:CurrentTime': '2026-02-01T00:00:00Z' } };
    iam.putRolePolicy(role, 'inline', policy(allow('sqs:SendMessage', '*', { Condition: untilFebruary })));
    expect(ask(iam, 'sqs:SendMessage', '*')).toEqual(allowed);
    clock.set(Date.parse('2026-03-01T00:00:00Z'));
    expect(ask(iam, 'sqs:SendMessage', '*')).toMatchObject({ kind: 'denied' });
  });

  it('come from managed policies too, but only from known ones', () => {
    const iam = iamWith();
    iam.attachRolePolicy(role, 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole');
    expect(ask(iam, 'logs:PutLogEvents', '*')).toEqual(allowed);
    expect(() => iam.attachRolePolicy(role, 'arn:aws:iam::aws:policy/PowerUserAccess')).toThrow(
      'arn:aws:iam::aws:policy/PowerUserAccess is not known to the local system',
    );
  });
});

describe('a refusal', () => {
  it('is worded as AWS words it', () => {
    const iam = iamWith(deny('sqs:*', '*'));
    iam.setResourcePolicy('arn:aws:s3:::frames', policy(deny('s3:*', '*', { Principal: '*' })));
    iam.setResourcePolicy(key, policy(allow('kms:*', '*', { Principal: { AWS: other } })));
    const refusalOf = (action: string, resource: string) => () =>
      iam.authorize({ caller: callerOf(iam), action, resource });
    const user =
      'User: arn:aws:sts::000000000000:assumed-role/record-reads/session-1 is not authorized to perform:';
    expect(refusalOf('dynamodb:Scan', table)).toThrow(
      `${user} dynamodb:Scan on resource: ${table} because no identity-based policy allows the dynamodb:Scan action`,
    );
    expect(refusalOf('sqs:SendMessage', '*')).toThrow(
      `${user} sqs:SendMessage on resource: * with an explicit deny in an identity-based policy`,
    );
    expect(refusalOf('s3:GetObject', object)).toThrow(
      `${user} s3:GetObject on resource: ${object} with an explicit deny in a resource-based policy`,
    );
    expect(refusalOf('kms:Decrypt', key)).toThrow(
      `${user} kms:Decrypt on resource: ${key} because no resource-based policy allows the kms:Decrypt action`,
    );
    expect(refusalOf('sqs:SendMessage', '*')).toThrow(
      expect.objectContaining({ code: 'AccessDeniedException' }),
    );
  });
});

describe('resource policies', () => {
  it('let a role in by themselves when they name it', () => {
    const iam = iamWith();
    iam.setResourcePolicy(
      'arn:aws:s3:::frames',
      policy(allow('s3:GetObject', 'arn:aws:s3:::frames/*', { Principal: { AWS: role } })),
    );
    expect(ask(iam, 's3:GetObject', object)).toEqual(allowed);
    expect(ask(iam, 's3:PutObject', object)).toMatchObject({ kind: 'denied' });
    iam.addRole(other, trust('lambda.amazonaws.com'));
    expect(
      iam.decide({ caller: callerOf(iam, other), action: 's3:GetObject', resource: object }),
    ).toMatchObject({
      kind: 'denied',
    });
  });

  it('only pass the question on when they name the account', () => {
    const delegating = policy(allow('s3:*', '*', { Principal: root }));
    const without = iamWith();
    without.setResourcePolicy('arn:aws:s3:::frames', delegating);
    expect(ask(without, 's3:GetObject', object)).toMatchObject({ kind: 'denied' });
    const withIdentity = iamWith(allow('s3:GetObject', 'arn:aws:s3:::frames/*'));
    withIdentity.setResourcePolicy('arn:aws:s3:::frames', delegating);
    expect(ask(withIdentity, 's3:GetObject', object)).toEqual(allowed);
  });

  it("deny the operator too: administrator rights do not lift a bucket's explicit deny", () => {
    const iam = iamWith();
    iam.setResourcePolicy('arn:aws:s3:::frames', policy(deny('s3:DeleteObject', '*', { Principal: '*' })));
    const caller = callerOf(iam, iam.operatorRoleArn);
    expect(iam.decide({ caller, action: 's3:GetObject', resource: object })).toEqual(allowed);
    expect(iam.decide({ caller, action: 's3:DeleteObject', resource: object })).toMatchObject({
      kind: 'denied',
    });
  });

  it('refuse without TLS, which this machine always stands for', () => {
    const iam = iamWith(allow('s3:*'));
    const insecure = { Bool: { 'aws:SecureTransport': 'false' } };
    iam.setResourcePolicy(
      'arn:aws:s3:::frames',
      policy(deny('s3:*', '*', { Principal: '*', Condition: insecure })),
    );
    expect(ask(iam, 's3:GetObject', object)).toEqual(allowed);
    expect(ask(iam, 's3:GetObject', object, { 'aws:SecureTransport': 'false' })).toMatchObject({
      kind: 'denied',
    });
  });
});

describe('a KMS key', () => {
  it('is closed to everyone, the operator included, unless its own policy opens it', () => {
    const iam = iamWith(allow('kms:*'));
    const operator = { caller: callerOf(iam, iam.operatorRoleArn), action: 'kms:Decrypt', resource: key };
    expect(ask(iam, 'kms:Decrypt', key)).toEqual({
      kind: 'denied',
      because: 'no resource-based policy allows',
    });
    iam.setResourcePolicy(key, policy(allow('kms:Decrypt', '*', { Principal: { AWS: role } })));
    expect(ask(iam, 'kms:Decrypt', key)).toEqual(allowed);
    expect(ask(iam, 'kms:Encrypt', key)).toMatchObject({ kind: 'denied' });
    expect(iam.decide(operator)).toMatchObject({ kind: 'denied' });
  });

  it('whose policy delegates to the account is open to roles whose own policy says so, and to no others', () => {
    const iam = iamWith(allow('kms:Decrypt', key));
    iam.setResourcePolicy(key, policy(allow('kms:*', '*', { Principal: root })));
    iam.addRole(other, trust('lambda.amazonaws.com'));
    expect(ask(iam, 'kms:Decrypt', key)).toEqual(allowed);
    expect(iam.decide({ caller: callerOf(iam, other), action: 'kms:Decrypt', resource: key })).toEqual({
      kind: 'denied',
      because: 'no identity-based policy allows',
    });
  });

  it('can deny even those it opens to', () => {
    const iam = iamWith(allow('kms:*'));
    const exceptRole = { ArnNotEquals: { 'aws:PrincipalArn': [role] } };
    iam.setResourcePolicy(
      key,
      policy(
        allow('kms:*', '*', { Principal: root }),
        deny('kms:Decrypt', '*', { Principal: '*', Condition: exceptRole }),
      ),
    );
    expect(ask(iam, 'kms:Decrypt', key)).toEqual(allowed);
    const operator = { caller: callerOf(iam, iam.operatorRoleArn), action: 'kms:Decrypt', resource: key };
    expect(iam.decide(operator)).toMatchObject({ because: 'explicit deny in a resource-based policy' });
  });
});

describe('a service', () => {
  const fn = 'arn:aws:lambda:us-east-2:000000000000:function:f';
  const api = 'arn:aws:execute-api:us-east-2:000000000000:api/prod/POST/v1/searches';
  const permission = (source: string) =>
    policy(
      allow('lambda:InvokeFunction', fn, {
        Principal: { Service: 'apigateway.amazonaws.com' },
        Condition: { ArnLike: { 'AWS:SourceArn': source } },
      }),
    );

  it('gets in by a resource policy that names it and its source, and by nothing else', () => {
    const iam = iamWith();
    const mayInvoke = (principal: string, source?: string) =>
      iam.allowsService(fn, principal, 'lambda:InvokeFunction', source);
    expect(mayInvoke('apigateway.amazonaws.com', api)).toBe(false);
    iam.setResourcePolicy(fn, permission(api));
    expect(mayInvoke('apigateway.amazonaws.com', api)).toBe(true);
    expect(mayInvoke('apigateway.amazonaws.com', api.replace('POST', 'GET'))).toBe(false);
    expect(mayInvoke('apigateway.amazonaws.com')).toBe(false);
    expect(mayInvoke('s3.amazonaws.com', api)).toBe(false);
    iam.setResourcePolicy(fn, undefined);
    expect(mayInvoke('apigateway.amazonaws.com', api)).toBe(false);
  });

  it('takes on only a role that trusts it', () => {
    const iam = iamWith();
    expect(
      iam.find(iam.issueCredentials(role, 's', 'lambda.amazonaws.com').accessKeyId)?.caller.roleArn,
    ).toBe(role);
    expect(() => iam.issueCredentials(role, 's', 'scheduler.amazonaws.com')).toThrow(
      'scheduler.amazonaws.com may not assume',
    );
    const group = 'arn:aws:scheduler:us-east-2:000000000000:schedule-group/product';
    const [statement] = trust('scheduler.amazonaws.com').Statement;
    iam.addRole(other, policy({ ...statement, Condition: { StringEquals: { 'aws:SourceArn': group } } }));
    expect(() => iam.issueCredentials(other, 's', 'scheduler.amazonaws.com')).toThrow('may not assume');
    expect(iam.issueCredentials(other, 's', 'scheduler.amazonaws.com', group).accessKeyId).toMatch(/^ASIA/);
    expect(() => iam.issueCredentials('arn:aws:iam::000000000000:role/none', 's')).toThrow(
      expect.objectContaining({ code: 'NoSuchEntity' }),
    );
  });
});

describe('what is not modelled stops the start', () => {
  it.each([
    ['NotPrincipal', { ...allow('s3:*'), NotPrincipal: root }],
    ['StringMatches', allow('s3:*', '*', { Condition: { StringMatches: { a: 'b' } } })],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable, which IAM writes so
    ['aws:username', allow('s3:*', 'arn:aws:s3:::x/${aws:username}/*')],
    ['Federated', { ...allow('sts:AssumeRoleWithWebIdentity'), Principal: { Federated: 'x' } }],
    ['Effect', { Effect: 'allow', Action: '*', Resource: '*' }],
    ['no action', { Effect: 'Allow', Resource: '*' }],
  ])('%s', (named, statement) => {
    const iam = iamWith();
    expect(() => iam.putRolePolicy(role, 'odd', policy(statement))).toThrow(named);
  });
});

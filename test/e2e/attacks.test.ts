import { type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { roles } from '../../core/access/roles';
import { operationList } from '../../core/contract/operations';
import { makeProof, publicKeyOf } from '../../core/devices/make-proof';
import { loadConfiguration } from '../../lib/config';
import { watchAlerts } from '../../scripts/live-alerts/watch';
import { signIn } from '../../scripts/sign-in/sign-in';
import { output } from '../../scripts/start/clients';
import { searchBody } from '../../scripts/start/investigation';
import { codeOf, newPhoneKey, phoneOf } from '../../scripts/start/members';
import { answered, departmentDay } from '../../scripts/start/staff';
import { fuzzedCalls, type Known } from './support/fuzzed-calls';
import { claimsOf, withClaims } from './support/made-tokens';
import { type RawAnswer, type RawCall, upgradeStatus } from './support/raw-call';
import {
  addPerson,
  entryBody,
  type Passage,
  personnelToken,
  places,
  type Scene,
  startScene,
  vehiclePasses,
} from './support/scene';
import { auditEvents, permittedMarks, type Trace, tracesOf } from './support/traces';

jest.setTimeout(240_000);

// One start of the whole system serves every attack here: that is why they share a file.
let scene: Scene;
let passage: Passage;
beforeAll(async () => {
  scene = await startScene();
  passage = await vehiclePasses(scene);
}, 480_000);
afterAll(() => scene.stop());

/** Refused by the gateway itself: only its own log has it. */
const byGateway = (status: number): Trace => ({ status, logged: status, audited: [] });
/** Refused by the product: the clause is told, and durable in the audit log. */
const byProduct = (status: number, clause: string): Trace => ({
  status,
  clause,
  logged: status,
  audited: [clause],
});

describe('a token that is not one', () => {
  it('opens nothing, whatever it says of itself [Access-C]', async () => {
    const { mint, staff } = scene;
    const token = await staff.officer.accessToken();
    const claims = claimsOf(token);
    const hourAgo = Number(claims.iat) - 3600;
    const { refreshToken, idToken } = await moreTokens();
    const tokens = {
      none: undefined,
      empty: '',
      nonsense: 'x.y.z',
      'the signature cut off': token.slice(0, token.lastIndexOf('.') + 1),
      'forged with an own key': mint.forged(claims, 'own'),
      'forged under the name of the pool’s key': mint.forged(claims, 'pools'),
      'alg none': mint.unsigned(claims),
      'HS256 with the public key': mint.hmacWithPublicKey(claims),
      expired: mint.access({ ...claims, iat: hourAgo, auth_time: hourAgo, exp: hourAgo + 900 }),
      'of another pool': mint.access({ ...claims, iss: `${String(claims.iss)}x` }),
      'an ID token': idToken,
      'an ID token that says it is none': mint.id({ ...claims, token_use: 'id' }),
      'a refresh token': refreshToken,
      'another role under the old signature': withClaims(token, { role: 'administrator' }),
      'another group under the old signature': withClaims(token, { 'cognito:groups': ['administrator'] }),
      'another name under the old signature': withClaims(token, { username: 'chief-foster' }),
    };
    const called = scene.letThrough();
    const answers = await answersTo(mapped(tokens, (each) => ({ path: '/v1/me', token: each })));
    expect(await tracesOf(scene.system, answers)).toEqual(mapped(tokens, () => byGateway(401)));
    expect(scene.letThrough()).toBe(called);
  });

  it('is not a person’s where it is a machine’s, nor the other way round [Access-C]', async () => {
    const { mint, staff } = scene;
    await addPerson(scene, {
      username: output(scene.system, 'PersonnelFeedClientId'),
      role: 'personnel-feed',
    });
    const machine = await personnelToken(scene);
    const officer = claimsOf(await staff.officer.accessToken());
    const withScope = (scope: string) => mint.access({ ...officer, jti: randomUUID(), scope });
    const feed = { kind: 'csv', text: 'username,active\nnobody-known,false\n' };
    const calls = {
      'the machine as a person': { path: '/v1/me', token: machine },
      'the machine searching': { path: '/v1/searches', token: machine, body: {} },
      'an officer feeding': { path: '/v1/personnel-feed', token: mint.access(officer), body: feed },
      'an officer with the machine’s scope': {
        path: '/v1/personnel-feed',
        token: withScope('platekeeper/personnel'),
        body: feed,
      },
      'no scope of the API': { path: '/v1/me', token: withScope('aws.cognito.signin.user.admin') },
    };
    expect(await tracesOf(scene.system, await answersTo(calls))).toEqual({
      'the machine as a person': byGateway(403),
      'the machine searching': byGateway(403),
      'an officer feeding': byProduct(403, 'Access-C'),
      'an officer with the machine’s scope': byProduct(403, 'Access-C'),
      'no scope of the API': byGateway(403),
    });
    const fed = await scene.call({ path: '/v1/personnel-feed', token: machine, body: feed });
    expect(fed.status).toBe(200);
  });

  it('proves nothing of what it claims of a person, even signed by the pool [Access-C, Access-G]', async () => {
    const { mint, staff } = scene;
    const { username } = staff.officer;
    const boasting = { role: 'administrator', 'cognito:groups': ['administrator'], sworn: true };
    const calls = {
      'a role': { path: '/v1/people', token: mint.signIn(username, boasting) },
      'a name that nobody has': { path: '/v1/me', token: mint.signIn('nobody-known') },
      'no sign-in behind it': { path: '/v1/me', token: mint.signIn(username, { origin_jti: undefined }) },
      'a client that nobody knows': {
        path: '/v1/me',
        token: mint.signIn(username, { client_id: 'unknown' }),
      },
    };
    expect(await tracesOf(scene.system, await answersTo(calls))).toEqual({
      'a role': byProduct(403, 'Access-C'),
      'a name that nobody has': byProduct(403, 'Access-C'),
      'no sign-in behind it': byProduct(401, 'Access-C'),
      'a client that nobody knows': byProduct(403, 'Access-G'),
    });
  });
});

describe('a device that is not the Department’s', () => {
  it('cannot use a phone’s token: not without a proof, nor with another’s, an old or a borrowed one [Access-G]', async () => {
    const { system, operator, staff } = scene;
    const key = await registeredPhone(staff.officer.username, 'Phone 0001');
    const others = await registeredPhone(staff.detective.username, 'Phone 0002');
    const phone = await phoneOf({ system, operator }, staff.officer, key);
    const token = await phone.accessToken();
    const proof = (more: Partial<Parameters<typeof makeProof>[0]> = {}) => proofOf(key, token, more);
    const call = (dpop?: string | readonly string[]): RawCall => ({
      path: '/v1/me',
      token,
      headers: dpop === undefined ? {} : { dpop },
    });
    const used = proof();
    expect((await scene.call(call(used))).status).toBe(200);
    const now = Date.now();
    const calls = {
      'no proof': call(),
      'the proof of another’s phone': call(proof({ privateKey: others })),
      'the proof of a phone that nobody registered': call(proof({ privateKey: newPhoneKey() })),
      'a proof that was used': call(used),
      'a proof for another address': call(proof({ url: `${baseUrl()}/v1/alerts` })),
      'a proof for another host': call(proof({ url: 'https://phishing.example/live/v1/me' })),
      'a proof for another method': call(proof({ method: 'POST' })),
      'a proof of two minutes ago': call(proof({ nowMs: now - 120_000 })),
      'a proof of two minutes ahead': call(proof({ nowMs: now + 120_000 })),
      'a proof for another token': call(proof({ accessToken: `${token}x` })),
      'two proofs': call([proof(), proof()]),
      'half a proof': call(proof().slice(0, -20)),
      nonsense: call('x'),
      'a token of the phone as the proof': call(token),
      'a proof with the secret key in it': call(withSecretKey(proof(), key)),
    };
    expect(await tracesOf(system, await answersTo(calls))).toEqual(
      mapped(calls, () => byProduct(403, 'Access-G')),
    );
    expect((await scene.call(call(proof()))).status).toBe(200);

    const { devices } = answered('list-devices', await staff.administrator.api('list-devices', {}));
    const deviceId = devices.find(({ label }) => label === 'Phone 0001')?.deviceId ?? '';
    const retiring = {
      'by whom it is assigned to': {
        method: 'POST',
        path: `/v1/devices/${deviceId}/retirement`,
        token: await staff.officer.accessToken(),
      },
    };
    expect(await tracesOf(system, await answersTo(retiring))).toEqual({
      'by whom it is assigned to': byProduct(403, 'Access-G'),
    });
    answered('retire-device', await staff.administrator.api('retire-device', { path: { deviceId } }));
    const retired = await answersTo({ retired: call(proof()) });
    expect(await tracesOf(system, retired)).toEqual({ retired: byProduct(403, 'Access-G') });
  });

  it('cannot open the console from outside the Department’s networks, whatever its headers say [Access-G]', async () => {
    const token = scene.mint.signIn(scene.staff.officer.username);
    const call = (headers: RawCall['headers'] = {}): RawCall => ({
      path: '/v1/me',
      token,
      headers,
      from: places.elsewhere,
    });
    const calls = {
      'as it is': call(),
      'X-Forwarded-For': call({ 'x-forwarded-for': '127.0.0.1' }),
      'X-Forwarded-For twice': call({ 'x-forwarded-for': ['127.0.0.1', '127.0.0.1'] }),
      Forwarded: call({ forwarded: 'for=127.0.0.1;proto=https' }),
      'others of the kind': call({
        'x-real-ip': '127.0.0.1',
        'true-client-ip': '127.0.0.1',
        'cf-connecting-ip': '127.0.0.1',
        'x-client-ip': '127.0.0.1',
        'x-amzn-source-ip': '127.0.0.1',
        via: '1.1 127.0.0.1',
      }),
    };
    expect(await tracesOf(scene.system, await answersTo(calls))).toEqual(
      mapped(calls, () => byProduct(403, 'Access-G')),
    );
    expect((await scene.call({ path: '/v1/me', token })).status).toBe(200);
  });
});

describe('a token alone', () => {
  it('never proves a live fact: each is changed between two calls with the same token [Access-C, Access-G, Acct-C, Training]', async () => {
    const { staff, mint } = scene;
    const { administrator, chief } = staff;
    const username = 'changing-officer';
    await addPerson(scene, { username, role: 'officer' });
    const token = mint.signIn(username);
    const path = { username };
    const because = 'Shared a password with a colleague, by his own account.';
    const seen: Record<string, Trace> = {};
    const alerts = async (after: string) => {
      Object.assign(
        seen,
        await tracesOf(scene.system, await answersTo({ [after]: { path: '/v1/alerts', token } })),
      );
    };
    const onDuty = () => scene.call({ path: '/v1/me/duty', token, body: { onDuty: true } });

    await alerts('off duty');
    await onDuty();
    await alerts('on duty');
    answered('suspend-person', await administrator.api('suspend-person', { path, body: { because } }));
    await alerts('suspended');
    answered('reinstate-person', await chief.api('reinstate-person', { path, body: { because } }));
    await onDuty();
    await alerts('reinstated');
    const assigned = { division: 'patrol', sworn: false };
    answered(
      'assign-person',
      await administrator.api('assign-person', { path, body: { ...assigned, role: 'records-officer' } }),
    );
    await alerts('another role');
    answered(
      'assign-person',
      await administrator.api('assign-person', { path, body: { ...assigned, role: 'dispatcher' } }),
    );
    await onDuty();
    await alerts('a role that has alerts');
    await trainedOn(username, '2020-01-01');
    await alerts('the training ran out');
    const takenOn = departmentDay(scene.system, loadConfiguration('config/bloomington.json'));
    answered(
      'record-training',
      await administrator.api('record-training', { path, body: { topic: 'policy', takenOn } }),
    );
    await alerts('trained again');
    const feed = { kind: 'csv', text: `username,active\n${username},false\n` };
    const fed = await scene.call({
      path: '/v1/personnel-feed',
      token: await personnelToken(scene),
      body: feed,
    });
    expect(JSON.parse(fed.text)).toMatchObject({ disabled: [username] });
    await alerts('gone, says the personnel system');

    const fine: Trace = { status: 200, logged: 200, audited: [] };
    expect(seen).toEqual({
      'off duty': byProduct(403, 'Access-G'),
      'on duty': fine,
      suspended: byProduct(403, 'Acct-C'),
      reinstated: fine,
      'another role': byProduct(403, 'Access-D'),
      'a role that has alerts': fine,
      'the training ran out': byProduct(403, 'Training'),
      'trained again': fine,
      'gone, says the personnel system': byProduct(403, 'Access-C'),
    });
  });

  it('keeps no live connection open: suspension closes it within five seconds [Acct-C]', async () => {
    const { system, staff } = scene;
    const { dispatcher, administrator, chief } = staff;
    const path = { username: dispatcher.username };
    const because = 'Shared a password with a colleague, by his own account.';
    const live = await watchAlerts({ api: dispatcher.api, url: output(system, 'LiveUrl') });
    answered('suspend-person', await administrator.api('suspend-person', { path, body: { because } }));
    const suspendedMs = performance.now();
    await Promise.race([live.ended, sleep(5_000, undefined, { ref: false })]);
    const closedAfterMs = performance.now() - suspendedMs;
    answered('reinstate-person', await chief.api('reinstate-person', { path, body: { because } }));
    expect(closedAfterMs).toBeLessThan(5_000);
  });
});

describe('a live connection', () => {
  it('is opened by a ticket, once, from where the ticket was asked for [Access-G]', async () => {
    const { system, staff } = scene;
    const ticket = async () => answered('issue-ticket', await staff.officer.api('issue-ticket', {})).ticket;
    const openedBy = (query: string, from: string = places.station) =>
      upgradeStatus(`${output(system, 'LiveUrl')}${query}`, from);
    const used = await ticket();
    const carriedAway = await ticket();
    expect({
      'a ticket': await openedBy(`?ticket=${used}`),
      'the same again': await openedBy(`?ticket=${used}`),
      'one that was carried away': await openedBy(`?ticket=${carriedAway}`, places.elsewhere),
      'the same, back at the station': await openedBy(`?ticket=${carriedAway}`),
      'a guess': await openedBy(`?ticket=${randomBytes(32).toString('base64url')}`),
      'a parameter of another name': await openedBy(`?constructor=${await ticket()}`),
      'an access token': await openedBy(`?ticket=${await staff.officer.accessToken()}`),
      nothing: await openedBy(''),
    }).toEqual({
      'a ticket': 101,
      'the same again': 403,
      'one that was carried away': 403,
      'the same, back at the station': 403,
      'a guess': 403,
      'a parameter of another name': 401,
      'an access token': 403,
      nothing: 401,
    });
    const refused = (await auditEvents(system)).filter(
      (event) => event.kind === 'refused' && event.operation === 'open-connection',
    );
    expect(refused).toMatchObject([
      {
        actor: { username: staff.officer.username },
        device: { address: places.elsewhere, proven: 'unknown' },
        decision: { clause: 'Access-G' },
      },
    ]);
  });
});

describe('what is another’s', () => {
  it('is not had by its id, and is still there for whose it is [Access-C, Access-D, Policy-H.a, Policy-H.d]', async () => {
    const { system, staff, mint } = scene;
    const { entryId, alertId, plate } = passage;
    await addPerson(scene, { username: 'peoria-officer', role: 'partner-officer', agency: 'peoria-pd' });
    const search = searchBody(system, plate);
    const found = answered('search-reads', await staff.officer.api('search-reads', { body: search }));
    const link = found.results[0]?.images.plate.split('/').at(-1) ?? '';
    const officer = await staff.officer.accessToken();
    const detective = await staff.detective.accessToken();
    const peoria = mint.signIn('peoria-officer');
    await scene.call({ path: '/v1/me/duty', token: peoria, body: { onDuty: true } });
    const verification = {
      outcome: 'rejected',
      rejection: 'misread',
      checklist: {
        plateImage: 'contradicted',
        characters: 'contradicted',
        issuingState: 'not-visible',
        vehicleImage: 'not-visible',
        vehicleDescription: 'not-visible',
      },
      vehicle: 'Silver sedan',
    };
    const alert = `/v1/alerts/${alertId}`;
    const entry = `/v1/hot-list/entries/${entryId}`;
    const jpeg = { accept: 'image/jpeg' };
    const calls: Record<string, RawCall> = {
      'the image link of another': { path: `/v1/images/${link}`, token: detective, headers: jpeg },
      'an image link that was guessed': {
        path: `/v1/images/${randomBytes(32).toString('base64url')}`,
        token: officer,
        headers: jpeg,
      },
      'an alert of a network out of scope': {
        path: `${alert}/verification`,
        token: peoria,
        body: verification,
      },
      'taking it on': { path: `${alert}/acknowledgement`, token: peoria, body: {} },
      'a search out of scope': {
        path: '/v1/searches',
        token: peoria,
        body: { ...search, networks: ['bloomington'] },
      },
      'approving one’s own entry': { method: 'POST', path: `${entry}/approval`, token: detective },
      'removing another’s entry': { method: 'DELETE', path: entry, token: officer },
      'extending it': {
        path: `${entry}/extension`,
        token: officer,
        body: {
          until: entryBody(system, plate).expiresAt,
          suspicion: 'The two witnesses saw the vehicle again.',
        },
      },
      'one’s own suspension lifted': {
        path: '/v1/people/administrator-evans/reinstatement',
        token: await staff.administrator.accessToken(),
        body: { because: 'I did nothing wrong at all.' },
      },
      'one’s own role': {
        path: '/v1/people/officer-adams/assignment',
        token: officer,
        body: { role: 'chief', division: 'cid-command', sworn: true },
      },
    };
    const traces = await tracesOf(system, await answersTo(calls));
    expect(traces).toEqual({
      'the image link of another': byProduct(403, 'Access-C'),
      'an image link that was guessed': byProduct(410, 'Storage-A'),
      'an alert of a network out of scope': byProduct(403, 'Storage-E'),
      'taking it on': byProduct(403, 'Storage-E'),
      'a search out of scope': byProduct(403, 'Storage-E'),
      'approving one’s own entry': byProduct(403, 'Policy-H.d'),
      'removing another’s entry': byProduct(403, 'Policy-H.g'),
      'extending it': byProduct(403, 'Policy-H.f'),
      'one’s own suspension lifted': byProduct(403, 'Acct-C'),
      'one’s own role': byProduct(403, 'Policy-D'),
    });
    const own = await scene.call({ path: `/v1/images/${link}`, token: officer, headers: jpeg });
    expect([own.status, own.headers['content-type']]).toEqual([200, 'image/jpeg']);
    const { alerts } = answered('list-alerts', await staff.officer.api('list-alerts', { query: {} }));
    expect(alerts.find((each) => each.alertId === alertId)).toMatchObject({ state: 'open' });
  });
});

describe('a crooked request', () => {
  it('reaches nothing by tricks with its path or method that it could not reach without [Access-C]', async () => {
    const token = await scene.staff.officer.accessToken();
    const paths = [
      '/v1/people',
      '//v1/people',
      '/v1//people',
      '/v1/people/',
      '/v1/people/.',
      '/v1/%70eople',
      '/v1/%2570eople',
      '/V1/people',
      '/v1/People',
      '/v1/people%2f',
      '/v1/people%00',
      '/v1/people;x=1',
      '/v1/me/../people',
      '/v1/me/%2e%2e/people',
      '/v1/me/%252e%252e/people',
      '/v1/me%2f..%2fpeople',
      '/v1\\people',
      '/v1/people?role=administrator&username=chief-foster',
      '/v1/people?_method=GET&access_token=x',
    ];
    const overriding = {
      'x-http-method-override': 'GET',
      'x-method-override': 'GET',
      'x-original-url': '/v1/people',
    };
    const calls: Record<string, RawCall> = {
      ...Object.fromEntries(paths.map((path) => [`GET ${path}`, { path, token }])),
      ...Object.fromEntries(paths.map((path) => [`GET ${path} without a token`, { path }])),
      ...Object.fromEntries(
        ['HEAD', 'PUT', 'OPTIONS', 'TRACE', 'PATCH', 'DELETE', 'PROPFIND'].flatMap((method) => [
          [method, { method, path: '/v1/people', token }],
          [`${method} without a token`, { method, path: '/v1/people' }],
          [`${method} that says it is another`, { method, path: '/v1/people', token, headers: overriding }],
        ]),
      ),
      'a POST that says it is a GET': { path: '/v1/people', token, headers: overriding, body: {} },
    };
    const traces = await tracesOf(scene.system, await answersTo(calls));
    const unexpected = Object.entries(traces).filter(
      ([, { status, logged, clause, audited }]) =>
        ![400, 401, 403, 404].includes(status) || logged !== status || audited.join() !== (clause ?? ''),
    );
    expect(unexpected).toEqual([]);
    expect(traces['GET /v1/people']).toEqual(byProduct(403, 'Access-C'));
    expect(traces['GET /v1/people without a token']).toEqual(byGateway(401));
  });

  it('of any size or shape is refused in words, and crashes nothing [Access-E]', async () => {
    const { system, staff, mint } = scene;
    const token = await staff.officer.accessToken();
    const good = searchBody(system, 'TEST123');
    const search = (body: unknown, contentType = 'application/json'): RawCall => ({
      path: '/v1/searches',
      token,
      body,
      headers: { 'content-type': contentType },
    });
    const text = JSON.stringify(good);
    const spliced = (more: string) => `${text.slice(0, -1)},${more}}`;
    const bodies: Record<string, unknown> = {
      'eleven megabytes': Buffer.alloc(11 * 1024 * 1024, 0x61),
      'seven megabytes of a name': JSON.stringify({ ...good, plate: 'A'.repeat(7 * 1024 * 1024) }),
      'not JSON': 'plate=TEST123',
      'half of it': text.slice(0, 40),
      'ten thousand deep': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      'ten thousand deep in a field': spliced(`"limit":${'['.repeat(10_000)}${']'.repeat(10_000)}`),
      'a prototype': spliced('"__proto__":{"role":"administrator"}'),
      'a constructor': spliced('"constructor":{"prototype":{"role":"chief"}}'),
      'a key twice, bad at last': spliced('"purpose":{"kind":"curiosity"}'),
      'a NUL in the plate': JSON.stringify({ ...good, plate: 'TEST\u0000123' }),
      'half a surrogate pair': spliced('"limit":"\\ud800"'),
      'bytes that are no text': Buffer.from([0x22, 0xff, 0xfe, 0xc0, 0x22]),
      'a huge number': spliced('"limit":1e999'),
      'a number below all': spliced('"limit":-1e308'),
      'a time out of range': JSON.stringify({ ...good, from: '+275760-09-13T00:00:00Z' }),
      null: 'null',
      'a list': '[]',
      'a text': '"x"',
      nothing: '',
      'no reason': JSON.stringify({ ...good, reason: undefined }),
    };
    const types = [
      'application/json; charset=utf-16',
      'text/plain',
      'application/xml',
      'image/jpeg',
      'multipart/form-data',
    ];
    const calls: Record<string, RawCall> = {
      ...mapped(bodies, (body) => search(body)),
      ...Object.fromEntries(
        types.flatMap((type) =>
          ['not JSON', 'ten thousand deep', 'a prototype', 'no reason', 'null'].map((name) => [
            `${name} as ${type}`,
            search(bodies[name], type),
          ]),
        ),
      ),
    };
    const traces = await tracesOf(system, await answersTo(calls));
    const expected = (name: string) => (name === 'eleven megabytes' ? [413] : [400]);
    const unexpected = Object.entries(traces).filter(
      ([name, { status, logged, clause, audited }]) =>
        !expected(name).includes(status) || logged !== status || audited.join() !== (clause ?? ''),
    );
    expect(unexpected).toEqual([]);
    expect(traces['no reason']).toEqual(byProduct(400, 'Access-E'));

    const filler = { 'x-filler': 'a'.repeat(9 * 1024) };
    expect(
      (await scene.call({ path: '/v1/me', token: mint.signIn(staff.officer.username), headers: filler }))
        .status,
    ).toBe(200);
    const before = scene.letThrough();
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x-${index}`, 'a']));
    expect((await scene.call({ path: '/v1/me', token, headers: many })).status).toBe(431);
    expect(scene.letThrough()).toBe(before);
    expect(scene.functionErrors).toEqual([]);
  });
});

describe('every operation, by everybody, with anything', () => {
  const isDeep = process.env.DEEP !== undefined;
  const runs = isDeep ? 12 : 1;

  it('answers or refuses, and never fails, with valid and invalid tokens of every role [Access-C]', async () => {
    const { system, call } = scene;
    const tokens = await holdersOfTokens();
    const known = await thingsThatAreThere();
    const answers: Record<string, RawAnswer> = {};
    const asked = new Set<string>();
    for (const [index, operation] of operationList.entries()) {
      // A quick run gives each operation a third of them, so that over all operations each has its turn.
      const holders = Object.keys(tokens).filter((_, turn) => isDeep || turn % 3 === index % 3);
      for (const who of holders) {
        asked.add(who);
        const token = tokens[who]?.();
        const answersWell = fc.asyncProperty(fuzzedCalls(operation, known), async (fuzzed) => {
          const answer = await call({ ...fuzzed, token });
          answers[`${operation.id} by ${who}, ${Object.keys(answers).length}`] = answer;
          if (answer.status >= 500 && !isDocumented503(answer)) throw new Error(answer.text);
        });
        await fc.assert(answersWell, { numRuns: runs, endOnFailure: true });
      }
    }
    const traces = await tracesOf(system, answers);
    const permitted = await permittedMarks(system);
    // What somebody may do and cannot, such as to give a name again, has its request on record, and no refusal.
    const isOnRecord = (name: string, { clause, audited }: Trace) =>
      clause === undefined || audited.join() === clause || permitted.has(answers[name]?.mark ?? '');
    const untold = Object.entries(traces).filter(
      ([name, trace]) => trace.logged !== trace.status || !isOnRecord(name, trace),
    );
    expect(untold).toEqual([]);
    expect(asked.size).toBe(Object.keys(tokens).length);
    expect(Object.keys(answers).length).toBeGreaterThan(runs * operationList.length * 5);
    expect(scene.functionErrors).toEqual([]);
    expect(system.sinks.logs.lines().filter(({ line }) => line.includes('request failed'))).toEqual([]);
  }, 3_600_000);
});

/** Somebody of each role, made for this, and whoever has no good token; each call gives a new one where it can. */
async function holdersOfTokens(): Promise<Readonly<Record<string, () => string | undefined>>> {
  const { system, staff, mint, call } = scene;
  const people = roles.filter((role) => role !== 'personnel-feed');
  for (const role of people) {
    const agency = role === 'partner-officer' ? 'normal-pd' : 'bloomington-pd';
    await addPerson(scene, { username: `fuzz-${role}`, role, agency });
    await call({ path: '/v1/me/duty', token: mint.signIn(`fuzz-${role}`), body: { onDuty: true } });
  }
  const machine = await personnelToken(scene);
  const forged = mint.forged(claimsOf(await staff.chief.accessToken()), 'pools');
  const phone = { client_id: output(system, 'MobileClientId') };
  return {
    ...Object.fromEntries(people.map((role) => [role, () => mint.signIn(`fuzz-${role}`)])),
    'personnel-feed': () => machine,
    'a forged token': () => forged,
    'a phone without its proof': () => mint.signIn('fuzz-officer', phone),
    nobody: () => undefined,
  };
}

async function thingsThatAreThere(): Promise<Known> {
  const { system } = scene;
  await addPerson(scene, { username: 'fuzz-target', role: 'officer' });
  const now = system.clock.now();
  const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
  return {
    entryId: passage.entryId,
    alertId: passage.alertId,
    cameraId: 'car-one',
    username: 'fuzz-target',
    assignedTo: 'fuzz-target',
    agency: 'bloomington-pd',
    jurisdiction: 'bloomington-pd',
    division: 'patrol',
    network: 'bloomington',
    networks: ['bloomington'],
    topic: 'policy',
    takenOn: ago(48).slice(0, 10),
    from: ago(24),
    to: ago(0),
    at: ago(0),
    since: ago(1),
    expiresAt: ago(-48),
    until: ago(-72),
    caseNumber: '2026-0012345',
    description: 'Silver sedan, dented left door',
  };
}

describe('a sign-in', () => {
  it('that two use at once is found, and refused where the deployment says so [Access-C]', async () => {
    const { system, mint, deployed } = scene;
    const username = 'shared-officer';
    await addPerson(scene, { username, role: 'officer' });
    const first = mint.signIn(username);
    const second = mint.signIn(username);
    expect((await scene.call({ path: '/v1/me', token: first })).status).toBe(200);
    expect((await scene.call({ path: '/v1/me', token: second, from: places.nextDesk })).status).toBe(200);
    expect(await findingsAbout(username)).toEqual(['shared-account']);

    deployed.configure((file) => ({
      ...file,
      access: { ...file.access, sharedAccounts: { ...file.access.sharedAccounts, action: 'block' } },
      agencies: file.agencies.map((agency) =>
        agency.id === 'mclean-county-so' ? { ...agency, agreedUntil: '2026-01-01' } : agency,
      ),
    }));
    const officer = mint.signIn('shared-elsewhere');
    await addPerson(scene, { username: 'shared-elsewhere', role: 'officer' });
    const networks = async () => {
      const { text } = await scene.call({ path: '/v1/me', token: officer });
      return JSON.parse(text).networks;
    };
    expect(await networks()).toEqual(['bloomington', 'normal', 'mclean-county']);
    system.runtime.recycleAll();
    expect(await networks()).toEqual(['bloomington', 'normal']);
    const calls: Record<string, RawCall> = {
      'the first of two at once': { path: '/v1/me', token: first },
      'the second': { path: '/v1/me', token: second, from: places.nextDesk },
      'a network whose agreement ended': {
        path: '/v1/searches',
        token: officer,
        body: { ...searchBody(system, 'TEST123'), networks: ['mclean-county'] },
      },
      'the same one far away': { path: '/v1/me', token: officer, from: places.farStation },
    };
    expect(await tracesOf(system, await answersTo(calls))).toEqual({
      'the first of two at once': byProduct(403, 'Access-C'),
      'the second': byProduct(403, 'Access-C'),
      'the same one far away': byProduct(403, 'Access-C'),
      'a network whose agreement ended': byProduct(403, 'Access-D.2'),
    });
  });

  it('ends after half an hour of silence, and its tokens after a quarter [Access-C]', async () => {
    const { system, mint, staff } = scene;
    const { username } = staff.analyst;
    const nowS = Math.floor(system.clock.now() / 1000);
    const patient = mint.signIn(username, { exp: nowS + 3600 });
    const usual = mint.signIn(username);
    expect((await scene.call({ path: '/v1/me', token: patient })).status).toBe(200);
    expect((await scene.call({ path: '/v1/me', token: usual })).status).toBe(200);
    await system.advance(31 * 60_000, { thinnedToMs: 31 * 60_000 });
    const calls = { silent: { path: '/v1/me', token: patient }, expired: { path: '/v1/me', token: usual } };
    expect(await tracesOf(system, await answersTo(calls))).toEqual({
      silent: byProduct(401, 'Access-C'),
      expired: byGateway(401),
    });
    expect(scene.functionErrors).toEqual([]);
  });
});

function baseUrl(): string {
  return output(scene.system, 'ApiUrl').replace(/\/$/, '');
}

async function answersTo(calls: Readonly<Record<string, RawCall>>): Promise<Record<string, RawAnswer>> {
  const answers: Record<string, RawAnswer> = {};
  for (const [name, call] of Object.entries(calls)) answers[name] = await scene.call(call);
  return answers;
}

function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  to: (each: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, each]) => [name, to(each)]));
}

/** The refresh and the ID token of a real sign-in. */
async function moreTokens(): Promise<{ refreshToken: string; idToken: string | undefined }> {
  const { system, operator, staff } = scene;
  const { username, password, totpSecret } = staff.lieutenant;
  const clientId = output(system, 'ConsoleClientId');
  const { refreshToken } = await signIn({
    cognito: operator.cognito,
    userPoolId: output(system, 'UserPoolId'),
    clientId,
    username,
    password,
    newPassword: async () => password,
    keepSecret: async () => undefined,
    // A code works once, and the first sign-in used the one of now.
    code: async () => codeOf(totpSecret, 30_000),
  });
  const refreshed = await operator.cognito.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: refreshToken },
    }),
  );
  return { refreshToken, idToken: refreshed.AuthenticationResult?.IdToken };
}

async function registeredPhone(assignedTo: string, label: string): Promise<KeyObject> {
  const privateKey = newPhoneKey();
  const body = { kind: 'phone' as const, publicKey: publicKeyOf(privateKey), assignedTo, label };
  answered('register-device', await scene.staff.administrator.api('register-device', { body }));
  return privateKey;
}

function proofOf(
  privateKey: KeyObject,
  accessToken: string,
  more: Partial<Parameters<typeof makeProof>[0]>,
): string {
  return makeProof({
    privateKey,
    method: 'GET',
    url: `${baseUrl()}/v1/me`,
    accessToken,
    proofId: randomUUID(),
    nowMs: Date.now(),
    ...more,
  });
}

function withSecretKey(proof: string, key: KeyObject): string {
  const [, body = ''] = proof.split('.');
  const jwk = key.export({ format: 'jwk' });
  const head = Buffer.from(JSON.stringify({ typ: 'dpop+jwt', alg: 'ES256', jwk })).toString('base64url');
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' });
  return `${head}.${body}.${signature.toString('base64url')}`;
}

/** As if it had been taken then: no call of the API takes training back. */
async function trainedOn(username: string, takenOn: string): Promise<void> {
  await scene.operator.dynamodb.send(
    new UpdateItemCommand({
      TableName: output(scene.system, 'PeopleTable'),
      Key: { username: { S: username } },
      UpdateExpression: 'SET training.policy.takenOn = :day',
      ExpressionAttributeValues: { ':day': { S: takenOn } },
    }),
  );
}

function isDocumented503({ status, text }: RawAnswer): boolean {
  return status === 503 && text.includes('urn:platekeeper:problem:audit-unavailable');
}

async function findingsAbout(username: string): Promise<readonly string[]> {
  const { findings } = answered('list-findings', await scene.staff.chief.api('list-findings', { query: {} }));
  return findings.filter((each) => each.username === username).map(({ kind }) => kind);
}

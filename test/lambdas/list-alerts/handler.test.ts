import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { AlertsStore } from '../../../adapters/alerts/alerts';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import { StoredImageLinks } from '../../../adapters/image-links/image-links';
import { raiseAlert } from '../../../core/alerts/alert';
import { alertsResponse } from '../../../core/contract/alerts';
import { hashedUuid } from '../../../core/hashed-uuid';
import type { Read } from '../../../core/reads/read';
import { makeHandler } from '../../../lambdas/list-alerts/handler';
import { createTable, startDynamo, type TestDynamo } from '../../adapters/dynoxide';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madeDayKeys } from '../../adapters/made-day-keys';
import { madeHit, madeSighting, madeStolen, madeVehicle } from '../../core/alerts/made-alert';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';
import { madeRead } from '../../core/reads/made-read';

const configuration = madeConfiguration();
const decide = createDecideAccess({
  policyFolder: join(__dirname, '..', '..', '..', 'policy'),
  configuration,
});
const people = [
  madePerson(),
  madePerson({ username: 'made-up.off-duty', onDuty: false }),
  madePerson({ username: 'made-up.dispatcher', role: 'dispatcher' }),
  madePerson({ username: 'made-up.chief', role: 'chief' }),
  madePerson({ username: 'made-up.partner', role: 'partner-officer', agency: 'normal-pd' }),
];

let server: TestDynamo;
let tables = 0;

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  tables++;
  await createTable(server.dynamo, {
    name: `Alerts${tables}`,
    key: [['alertId', 'S']],
    index: {
      name: 'by-day',
      key: [
        ['day', 'S'],
        ['raisedAtMs', 'N'],
      ],
    },
  });
  await createTable(server.dynamo, { name: `ImageLinks${tables}`, key: [['linkId', 'S']] });
});

const dayKeys = madeDayKeys(() => nowMs);
const store = () =>
  new AlertsStore({ dynamo: server.dynamo, table: `Alerts${tables}`, dayKeys, retentionDays: 30 });
const links = () =>
  new StoredImageLinks({
    dynamo: server.dynamo,
    table: `ImageLinks${tables}`,
    now: () => nowMs,
    randomBytes,
  });
const readIdOf = (n: number) => `0b0c3a52-6a5e-4d0e-9a53-${String(n).padStart(12, '0')}`;

async function raise(
  n: number,
  raisedAt: string,
  changes: Partial<Read> = {},
  capturedAt = raisedAt,
  vehicle = madeVehicle(),
) {
  const read = madeRead({ readId: readIdOf(n), capturedAtMs: Date.parse(capturedAt), ...changes });
  const alert = raiseAlert(read, madeHit({ vehicle }), {
    alertId: hashedUuid(`made-up alert ${n}`),
    misreadsBefore: 0,
    nowMs: Date.parse(raisedAt),
  });
  await store().raise(alert);
  return alert;
}

async function list(
  options: { username?: string; since?: string; isAuditDown?: boolean; nowMs?: number } = {},
) {
  const api = madeApi(people);
  api.audit.isDown = options.isAuditDown ?? false;
  const handler = makeHandler({
    ...api.deps,
    events: { ...api.deps.events, now: () => options.nowMs ?? nowMs },
    decide,
    configuration,
    alerts: store(),
    imageLinks: links(),
  });
  const reply = await handler(
    madeCall({
      claims: { auth_time: String((options.nowMs ?? nowMs) / 1000 - 60) },
      ...(options.username === undefined ? {} : { username: options.username }),
      ...(options.since === undefined ? {} : { query: { since: options.since } }),
    }),
    madeContext(),
  );
  const answer = JSON.parse(reply.body);
  const reads = (answer.alerts ?? []).map((each: { readId: string }) => Number(each.readId.slice(-2)));
  return { ...api, status: reply.statusCode, answer, reads };
}

const linkRows = async () =>
  (await server.dynamo.send(new ScanCommand({ TableName: `ImageLinks${tables}` }))).Items ?? [];

it('tells a user on duty what to verify and that an alert alone is no ground to detain, and nothing of the entry [Policy-F] [Policy-G] [Policy-H.a]', async () => {
  const { alertId } = await raise(1, '2026-11-24T11:59:00Z');
  const { status, answer } = await list();
  expect(status).toBe(200);
  expect(answer).toEqual({
    alerts: [
      {
        alertId,
        raisedAt: '2026-11-24T11:59:00.000Z',
        state: 'open',
        grade: 'exact',
        priority: 'ordinary',
        plate: 'TEST123',
        issuingState: 'IL',
        readId: readIdOf(1),
        capturedAt: '2026-11-24T11:59:00.000Z',
        cameraId: 'fixed-1',
        network: 'bloomington',
        position: { latitude: 40, longitude: -89 },
        confidence: 0.97,
        listed: {
          list: 'custom',
          listName: 'Custom hot list',
          listedAt: '2026-11-01T08:00:00.000Z',
          plate: 'TEST123',
          state: 'IL',
          concern: 'felony-vehicle',
          description: 'Made-up sedan, red',
          cautions: [],
          needsConfirmation: false,
        },
        trail: [],
        neighbourTasks: [],
        misreadsBefore: 0,
        escalated: false,
        notice:
          'An alert alone is no ground to detain anyone: reasonable suspicion is needed (Policy-F). ' +
          'Verify the plate image, characters, state and vehicle before any enforcement action (Policy-G).',
        images: {
          plate: expect.stringMatching(/^\/v1\/images\/[A-Za-z0-9_-]{43}$/),
          vehicle: expect.stringMatching(/^\/v1\/images\/[A-Za-z0-9_-]{43}$/),
        },
      },
    ],
    truncated: false,
  });
});

it('tells source, version and age of the list, what to heed, where it was seen since, and whom to notify [Policy-G] [Policy-I]', async () => {
  const vehicle = madeStolen({ cautions: ['armed', 'violent'], instructions: 'Two cars, high-risk stop' });
  const alert = await raise(1, '2026-11-24T11:59:00Z', {}, '2026-11-24T11:58:59Z', vehicle);
  const seenAtMs = Date.parse('2026-11-24T11:59:30Z');
  const inNormal = { latitude: 40.52, longitude: -88.95 };
  const sighting = madeSighting(2, { network: 'normal', position: inNormal, capturedAtMs: seenAtMs });
  await store().sight(alert, sighting);
  const { answer } = await list();
  expect(alertsResponse.parse(answer).alerts).toMatchObject([
    {
      priority: 'caution',
      listed: {
        list: 'state-list',
        listName: 'Made-up State Police',
        listVersion: '12',
        listedAt: '2026-11-01T08:00:00.000Z',
        concern: 'stolen-vehicle',
        instructions: 'Two cars, high-risk stop',
        cautions: ['armed', 'violent'],
        needsConfirmation: true,
      },
      trail: [
        {
          readId: sighting.readId,
          capturedAt: '2026-11-24T11:59:30.000Z',
          cameraId: 'fixed-2',
          network: 'normal',
          position: inNormal,
        },
      ],
      neighbourTasks: [{ neighbour: 'normal', name: 'Town of Normal' }],
    },
  ]);
});

it('gives image links that work once, for this user, and name the right picture [Policy-G]', async () => {
  await raise(1, '2026-11-24T11:59:00Z');
  const { answer, events } = await list();
  const token = answer.alerts[0].images.vehicle.split('/').at(-1);
  expect(await links().take(token, 'made-up.dispatcher')).toEqual({ kind: 'not-yours' });
  expect(await links().take(token, 'made-up.officer')).toEqual({
    kind: 'taken',
    target: {
      username: 'made-up.officer',
      searchId: events[0]?.kind === 'requested' ? events[0].requestId : '',
      readId: readIdOf(1),
      image: 'vehicle',
      day: '2026-11-24',
      network: 'bloomington',
    },
  });
  expect(await links().take(token, 'made-up.officer')).toEqual({ kind: 'gone' });
});

it('is an audited use: what was asked before, which alerts were shown after [Access-E]', async () => {
  const { alertId } = await raise(1, '2026-11-24T11:59:00Z');
  const { events } = await list({ since: '2026-11-24T11:00:00Z' });
  expect(events).toMatchObject([
    {
      kind: 'requested',
      operation: 'list-alerts',
      queried: {
        from: '2026-11-24T11:00:00.000Z',
        to: '2026-11-24T12:00:00.000Z',
        networks: ['bloomington', 'normal', 'mclean-county'],
      },
      networksInScope: ['bloomington', 'normal', 'mclean-county'],
      decision: { rules: ['alerts-to-field-users'] },
    },
    { kind: 'answered', counts: { alerts: 1, truncated: 0, unreadable: 0 }, resultIds: [alertId] },
  ]);
});

it('shows nothing when the use cannot be recorded', async () => {
  await raise(1, '2026-11-24T11:59:00Z');
  const { status, answer } = await list({ isAuditDown: true });
  expect([status, answer.alerts, await linkRows()]).toEqual([503, undefined, []]);
});

it.each([
  ['who is off duty [Access-G]', 'made-up.off-duty', 'Access-G'],
  ['whose role has no investigations [Access-C]', 'made-up.chief', 'Access-C'],
  ['of another agency [Access-C]', 'made-up.partner', 'Access-C'],
])('refuses a user %s, on record', async (_, username, clause) => {
  await raise(1, '2026-11-24T11:59:00Z');
  const { status, answer, events } = await list({ username });
  expect([status, answer.clause, answer.alerts]).toEqual([403, clause, undefined]);
  expect(events).toMatchObject([{ kind: 'refused', operation: 'list-alerts', decision: { clause } }]);
  expect(await linkRows()).toEqual([]);
});

it('shows a dispatcher the local networks only, an officer the agreed ones too [Access-D.1] [Access-D.2]', async () => {
  await raise(1, '2026-11-24T11:01:00Z');
  await raise(2, '2026-11-24T11:02:00Z', { network: 'normal' });
  await raise(3, '2026-11-24T11:03:00Z', { network: 'mclean-county' });
  await raise(4, '2026-11-24T11:04:00Z', { network: 'peoria' });
  expect((await list({ username: 'made-up.dispatcher' })).reads).toEqual([2, 1]);
  expect((await list()).reads).toEqual([3, 2, 1]);
});

it('shows the last 12 hours, or since the time that is named, newest first', async () => {
  await raise(1, '2026-11-23T23:59:59Z');
  await raise(2, '2026-11-24T00:00:00Z');
  await raise(3, '2026-11-24T11:00:00Z');
  expect((await list()).reads).toEqual([3, 2]);
  expect((await list({ since: '2026-11-23T23:00:00Z' })).reads).toEqual([3, 2, 1]);
  expect((await list({ since: '2026-11-24T11:00:00Z' })).reads).toEqual([3]);
  expect((await list({ since: '2030-01-01T00:00:00Z' })).reads).toEqual([]);
});

it('shows an alert of today on a read that was captured weeks ago', async () => {
  await raise(1, '2026-11-24T10:00:00Z', {}, '2026-11-01T10:00:00Z');
  expect((await list()).reads).toEqual([1]);
});

it('shows an alert on a read of tomorrow, by a clock a little ahead before midnight', async () => {
  await raise(1, '2026-11-24T23:58:00Z', {}, '2026-11-25T00:01:00Z');
  expect((await list({ nowMs: Date.parse('2026-11-24T23:59:00Z') })).reads).toEqual([1]);
});

it('shows nothing of a forgotten day, however far back is asked [Storage-A]', async () => {
  const forgotten = '2026-10-25T10:00:00Z';
  const early = new AlertsStore({
    dynamo: server.dynamo,
    table: `Alerts${tables}`,
    dayKeys: madeDayKeys(() => Date.parse(forgotten)),
    retentionDays: 30,
  });
  const read = madeRead({ readId: readIdOf(1), capturedAtMs: Date.parse(forgotten) });
  const at = { alertId: hashedUuid('made-up alert'), misreadsBefore: 0, nowMs: Date.parse(forgotten) };
  await early.raise(raiseAlert(read, madeHit(), at));
  await raise(2, '2026-10-26T10:00:00Z');
  expect((await list({ since: '0001-01-01T00:00:00Z' })).reads).toEqual([2]);
});

it('shows 100 at most, the newest of all days, and says that there is more [Storage-A]', async () => {
  for (let n = 0; n < 101; n++) {
    const raisedAt = new Date(nowMs - (n + 1) * 60_000).toISOString();
    await raise(n, raisedAt, {}, n < 3 ? '2026-11-23T10:00:00Z' : raisedAt);
  }
  const { answer, events } = await list();
  expect([answer.alerts.length, answer.truncated]).toEqual([100, true]);
  expect(answer.alerts.at(0).readId).toBe(readIdOf(0));
  expect(answer.alerts.at(-1).readId).toBe(readIdOf(99));
  expect(events.at(-1)).toMatchObject({ counts: { alerts: 100, truncated: 1 } });
  expect(await linkRows()).toHaveLength(200);
});

it('says so, too, when all of them are of one day', async () => {
  for (let n = 0; n < 101; n++) await raise(n, new Date(nowMs - (n + 1) * 60_000).toISOString());
  expect((await list()).answer.truncated).toBe(true);
});

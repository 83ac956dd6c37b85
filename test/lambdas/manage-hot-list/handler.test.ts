import { join } from 'node:path';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import { StoredHotList } from '../../../adapters/hot-list/hot-list';
import type { AuditEvent } from '../../../core/audit/event';
import { AuditUnavailable } from '../../../core/audit/unavailable';
import { unclosedPairs } from '../../../core/audit/unclosed';
import { type OperationId, operations } from '../../../core/contract/operations';
import type { HotList } from '../../../core/hot-list/ports';
import { makeHandler } from '../../../lambdas/manage-hot-list/handler';
import { createTable, startDynamo, type TestDynamo } from '../../adapters/dynoxide';
import { beforeCommand, type Fault, injectFaults } from '../../adapters/faults';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { entryIdOf, madeEntry, madeRequested, madeShiftBound } from '../../core/hot-list/made-entry';
import { madePrincipal } from '../../core/people/made-person';

const configuration = madeConfiguration();
const decide = createDecideAccess({
  policyFolder: join(__dirname, '..', '..', '..', 'policy'),
  configuration,
});
const cid = { division: 'criminal-investigations' };
const people = [
  madePrincipal(),
  madePrincipal({ username: 'made-up.detective', role: 'detective', ...cid }),
  madePrincipal({ username: 'made-up.second-detective', role: 'detective', ...cid }),
  madePrincipal({ username: 'made-up.task-force', role: 'detective', division: 'task-force' }),
  madePrincipal({ username: 'made-up.lieutenant', role: 'lieutenant', ...cid }),
  madePrincipal({ username: 'made-up.street-crimes', role: 'lieutenant', division: 'street-crimes' }),
  madePrincipal({ username: 'made-up.patrol-lieutenant', role: 'lieutenant' }),
  madePrincipal({ username: 'made-up.commander', role: 'commander' }),
  madePrincipal({ username: 'made-up.oncoming-commander', role: 'commander' }),
  madePrincipal({ username: 'made-up.analyst', role: 'analyst', division: 'ciau' }),
  madePrincipal({ username: 'made-up.administrator', role: 'administrator' }),
  madePrincipal({ username: 'made-up.dispatcher', role: 'dispatcher' }),
];

let server: TestDynamo;
let tables = 0;
let list: StoredHotList;

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  const table = `HotList${++tables}`;
  await createTable(server.dynamo, {
    name: table,
    key: [
      ['pk', 'S'],
      ['sk', 'S'],
    ],
  });
  list = new StoredHotList({ dynamo: server.dynamo, table, onMalformed: () => undefined });
});

const current = { requestedAtMs: nowMs - 3_600_000, expiresAtMs: nowMs + 86_400_000 };
const body = {
  plate: 'test-123',
  state: 'IL',
  purpose: { kind: 'felony' },
  reason: { kind: 'case-number', caseNumber: '2026-0012345' },
  suspicion: 'Seen leaving two armed robberies on Main Street.',
  concern: 'felony-vehicle',
  description: 'Blue sedan, dent on the left door',
  instructions: 'Keep a distance and call for a second car.',
  cautions: ['armed'],
  notify: ['made-up.officer'],
  expiresAt: '2026-12-01T12:00:00Z',
  jurisdiction: 'bloomington-pd',
};

interface Asked {
  readonly username?: string;
  readonly entryId?: string;
  readonly body?: unknown;
  readonly hotList?: Partial<HotList>;
  readonly faults?: (command: string, calls: number) => Fault | undefined;
  /** The event before which the audit log goes down, counted from 1. */
  readonly auditDownAt?: number;
}

async function call(operation: OperationId, asked: Asked = {}) {
  const api = madeApi(people);
  const { method, path } = operations[operation];
  let commands = 0;
  const dynamo = injectFaults(server.client(), (command) =>
    command === 'TransactWriteItemsCommand' ? asked.faults?.(command, ++commands) : undefined,
  );
  const stored = new StoredHotList({ dynamo, table: `HotList${tables}`, onMalformed: () => undefined });
  const handler = makeHandler({
    ...api.deps,
    audit: {
      append: async (event: AuditEvent) => {
        if (api.events.length + 1 === asked.auditDownAt) throw new AuditUnavailable();
        return api.deps.audit.append(event);
      },
    },
    decide,
    configuration,
    hotList: {
      find: (entryId) => stored.find(entryId),
      list: () => stored.list(),
      store: (entry) => stored.store(entry),
      ...asked.hotList,
    },
  });
  const event = {
    ...madeCall({
      username: asked.username ?? 'made-up.detective',
      ...(asked.entryId === undefined ? {} : { path: { entryId: asked.entryId } }),
      ...(asked.body === undefined ? {} : { body: asked.body }),
    }),
    httpMethod: method,
    resource: path,
  };
  const reply = await handler(event, madeContext());
  return {
    ...api,
    status: reply.statusCode,
    answer: JSON.parse(reply.body),
    kinds: api.events.map((each) => each.kind),
  };
}

const request = (asked: Asked = {}) => call('request-hot-list-entry', { body, ...asked });
const approve = (asked: Asked = {}) =>
  call('approve-hot-list-entry', { username: 'made-up.lieutenant', entryId: entryIdOf(1), ...asked });
const extension = {
  until: '2026-12-25T12:00:00Z',
  suspicion: 'Seen again near both places, by the same witness.',
};
const extend = (asked: Asked = {}) =>
  call('extend-hot-list-entry', {
    username: 'made-up.lieutenant',
    entryId: entryIdOf(1),
    body: extension,
    ...asked,
  });
const takeOver = (asked: Asked = {}) =>
  call('take-over-hot-list-entry', {
    username: 'made-up.oncoming-commander',
    entryId: entryIdOf(1),
    ...asked,
  });
const preview = (asked: Asked = {}) => call('preview-hot-list-entry', { body: { plate: 'a-80' }, ...asked });
const remove = (asked: Asked = {}) => call('remove-hot-list-entry', { entryId: entryIdOf(1), ...asked });
const show = (asked: Asked = {}) => call('list-hot-list-entries', asked);
const statusOf = async (entryId = entryIdOf(1)) => (await list.find(entryId))?.status;

describe('requesting an entry', () => {
  it('stores it as requested, on record before it is answered [Policy-H.c]', async () => {
    const { status, answer, events } = await request();
    expect(status).toBe(201);
    expect(answer).toEqual({
      entryId: expect.any(String),
      plate: 'TEST123',
      state: 'IL',
      status: 'requested',
      purpose: { kind: 'felony' },
      reason: { kind: 'case-number', caseNumber: '2026-0012345' },
      suspicion: 'Seen leaving two armed robberies on Main Street.',
      concern: 'felony-vehicle',
      description: 'Blue sedan, dent on the left door',
      instructions: 'Keep a distance and call for a second car.',
      cautions: ['armed'],
      notify: ['made-up.officer'],
      jurisdiction: 'bloomington-pd',
      requestedBy: 'made-up.detective',
      requestedAt: '2026-11-24T12:00:00.000Z',
      responsible: 'made-up.detective',
      isShiftBound: false,
      extensions: [],
      handovers: [],
      expiresAt: '2026-12-01T12:00:00.000Z',
    });
    expect(await statusOf(answer.entryId)).toBe('requested');
    const { entryId } = answer;
    expect(events).toMatchObject([
      { kind: 'requested', queried: { plate: 'test-123', entryId }, purpose: { kind: 'felony' } },
      {
        kind: 'hot-list-changed',
        entryId,
        change: 'requested',
        expiresAtMs: Date.parse('2026-12-01T12:00:00Z'),
        responsible: 'made-up.detective',
        actor: { username: 'made-up.detective' },
        reason: { caseNumber: '2026-0012345' },
        decision: { outcome: 'permit', rules: ['entry-by-investigators'] },
      },
      { kind: 'answered', counts: { changed: 1 }, resultIds: [entryId] },
    ]);
  });

  it.each([
    ['a detective of the task force [Policy-H.b]', 'made-up.task-force', 201],
    ['an analyst [Access-D.3]', 'made-up.analyst', 201],
    ['a patrol officer [Policy-H.b]', 'made-up.officer', 403],
    ['a dispatcher [Policy-H.b]', 'made-up.dispatcher', 403],
    ['the administrator [Policy-H.b]', 'made-up.administrator', 403],
  ])('answers %s as their role and division allow', async (_, username, status) => {
    const reply = await request({ username });
    expect(reply.status).toBe(status);
    if (status === 403) {
      expect(reply.answer.clause).toBe('Policy-H.b');
      expect(await list.list()).toEqual([]);
      expect(reply.events).toMatchObject([
        { kind: 'refused', queried: { plate: 'test-123' }, reason: { caseNumber: '2026-0012345' } },
      ]);
    }
  });

  it.each<[string, object, number, string]>([
    ['a wildcard [Policy-H.e]', { plate: 'TEST*' }, 400, 'Policy-H.e'],
    ['no statement of suspicion [Policy-H.c]', { suspicion: undefined }, 400, 'Policy-H.c'],
    ['no reason [Access-E]', { reason: undefined }, 400, 'Access-E'],
    ['more than 30 days [Policy-H.f]', { expiresAt: '2026-12-24T12:00:00.001Z' }, 403, 'Policy-H.f'],
    ['another jurisdiction’s crime [Policy-H.h]', { jurisdiction: 'peoria-pd' }, 403, 'Policy-H.h'],
    ['an administrative purpose [Policy-H.c]', { purpose: { kind: 'administrative' } }, 403, 'Policy-H.c'],
    [
      'a reason that speaks of towing [Policy-C]',
      { reason: { kind: 'phrase', phrase: 'tow the car' } },
      403,
      'Policy-C',
    ],
    [
      'a suspicion that speaks of immigration [Policy-C]',
      { suspicion: 'The driver may have an open immigration detainer.' },
      403,
      'Policy-C',
    ],
  ])('is refused with %s, and nothing is stored', async (_, changes, status, clause) => {
    const reply = await request({ body: { ...body, ...changes } });
    expect([reply.status, reply.answer.clause]).toEqual([status, clause]);
    expect(reply.kinds).toEqual(['refused']);
    expect(await list.list()).toEqual([]);
  });

  it('lets a commander’s entry end with the shift, no later [Policy-H.f]', async () => {
    // 12:00 UTC is 06:00 in Chicago; the night shift ends at 07:00.
    const username = 'made-up.commander';
    const late = await request({ username, body: { ...body, expiresAt: '2026-11-24T13:00:01Z' } });
    expect(late.answer).toMatchObject({
      clause: 'Policy-H.f',
      remedy: 'Choose an end no later than 2026-11-24T13:00:00.000Z.',
    });
    const until = await request({ username, body: { ...body, expiresAt: '2026-11-24T13:00:00Z' } });
    expect(until.status).toBe(201);
    expect(until.answer).toMatchObject({ status: 'approved', isShiftBound: true, responsible: username });
    expect(until.answer.approvedBy).toBeUndefined();
    expect(until.events[1]).toMatchObject({ change: 'requested', actor: { role: 'commander' } });
    expect(await list.confirmCustom(until.answer.entryId, nowMs)).toMatchObject({ plate: 'TEST123' });
  });

  it.each<[string, object, string]>([
    ['description', { description: 'Driver has an immigration detainer' }, 'Policy-C'],
    ['instructions', { instructions: 'Check the immigration status.' }, 'Policy-C'],
  ])('screens the %s as it screens a reason [Policy-C]', async (_, changes, clause) => {
    const { status, answer } = await request({ body: { ...body, ...changes } });
    expect([status, answer.clause, await list.list()]).toEqual([403, clause, []]);
  });
});

describe('approving an entry', () => {
  beforeEach(() => list.store(madeRequested(current)).then(() => undefined));

  it.each(['made-up.lieutenant', 'made-up.street-crimes'])(
    'is for %s, and on record before it is answered [Policy-H.d]',
    async (username) => {
      const { status, answer, kinds, events } = await approve({ username });
      expect(status).toBe(200);
      expect(answer).toMatchObject({ status: 'approved', approvedBy: username });
      expect(kinds).toEqual(['requested', 'hot-list-changed', 'answered']);
      expect(events[1]).toMatchObject({ entryId: entryIdOf(1), change: 'approved', actor: { username } });
      expect(await statusOf()).toBe('approved');
    },
  );

  it.each([
    'made-up.officer',
    'made-up.detective',
    'made-up.second-detective',
    'made-up.patrol-lieutenant',
    'made-up.commander',
    'made-up.administrator',
  ])('is not for %s [Policy-H.d]', async (username) => {
    const { status, answer, kinds } = await approve({ username });
    expect([status, answer.clause, kinds]).toEqual([403, 'Policy-H.d', ['refused']]);
    expect(await statusOf()).toBe('requested');
  });

  it('is not for a lieutenant who asked for the entry [Policy-H.d]', async () => {
    await list.store(madeRequested({ entryId: entryIdOf(2), requestedBy: 'made-up.lieutenant', ...current }));
    const { status, answer } = await approve({ entryId: entryIdOf(2) });
    expect([status, answer.clause]).toEqual([403, 'Policy-H.d']);
    expect(await statusOf(entryIdOf(2))).toBe('requested');
  });

  it('cannot be done twice, nor after removal: the second is told so and recorded', async () => {
    await approve();
    const again = await approve({ username: 'made-up.street-crimes' });
    expect([again.status, again.answer.clause]).toEqual([409, 'Policy-H.d']);
    expect(again.kinds).toEqual(['requested', 'answered', 'refused']);
    await remove();
    expect((await approve()).status).toBe(409);
    expect(await statusOf()).toBe('removed');
  });

  it('cannot be done once the entry is over [Policy-H.f]', async () => {
    await list.store(madeRequested({ entryId: entryIdOf(2), ...current, expiresAtMs: nowMs }));
    expect((await approve({ entryId: entryIdOf(2) })).status).toBe(409);
  });

  it('never overwrites a removal that comes between: it is decided anew on what is stored [Policy-H.g]', async () => {
    let isFirst = true;
    const slow = beforeCommand(server.client(), 'TransactWriteItemsCommand', async () => {
      if (isFirst) await list.store(madeEntry({ ...current, status: 'removed' }));
      isFirst = false;
    });
    const between = new StoredHotList({
      dynamo: slow,
      table: `HotList${tables}`,
      onMalformed: () => undefined,
    });
    const reply = await approve({ hotList: { store: (entry) => between.store(entry) } });
    expect([reply.status, await statusOf()]).toEqual([409, 'removed']);
  });

  it('gives up after five conflicts, having changed nothing', async () => {
    let stores = 0;
    const reply = await approve({
      hotList: {
        store: async () => {
          stores++;
          return 'conflict';
        },
      },
    });
    expect([reply.status, stores, reply.kinds]).toEqual([409, 5, ['requested', 'answered']]);
  });
});

describe('extending an entry', () => {
  beforeEach(async () => {
    await list.store(madeRequested(current));
    await list.store(madeEntry(current));
  });

  it.each(['made-up.lieutenant', 'made-up.street-crimes'])(
    'is for %s, and on record before it is answered [Policy-H.f]',
    async (username) => {
      const { status, answer, kinds, events } = await extend({ username });
      expect(status).toBe(200);
      expect(answer).toMatchObject({
        status: 'approved',
        expiresAt: '2026-12-25T12:00:00.000Z',
        extensions: [
          {
            until: '2026-12-25T12:00:00.000Z',
            suspicion: extension.suspicion,
            approvedBy: username,
            approvedAt: '2026-11-24T12:00:00.000Z',
          },
        ],
      });
      expect(kinds).toEqual(['requested', 'hot-list-changed', 'answered']);
      expect(events[1]).toMatchObject({
        change: 'extended',
        expiresAtMs: Date.parse('2026-12-25T12:00:00Z'),
        responsible: 'made-up.detective',
        actor: { username },
      });
      expect(await list.confirmCustom(entryIdOf(1), Date.parse('2026-12-25T11:59:59Z'))).toBeDefined();
      expect(await list.confirmCustom(entryIdOf(1), Date.parse('2026-12-25T12:00:00Z'))).toBeUndefined();
    },
  );

  it.each([
    'made-up.officer',
    'made-up.detective',
    'made-up.patrol-lieutenant',
    'made-up.commander',
    'made-up.analyst',
    'made-up.administrator',
  ])('is not for %s [Policy-H.f]', async (username) => {
    const { status, answer, kinds } = await extend({ username });
    expect([status, answer.clause, kinds]).toEqual([403, 'Policy-H.f', ['refused']]);
    expect((await list.find(entryIdOf(1)))?.extensions).toEqual([]);
  });

  it('is not for a lieutenant who asked for the entry [Policy-H.f]', async () => {
    const own = { entryId: entryIdOf(2), requestedBy: 'made-up.lieutenant', ...current };
    await list.store(madeRequested(own));
    await list.store(madeEntry({ ...own, approvedBy: 'made-up.street-crimes' }));
    const { status, answer } = await extend({ entryId: entryIdOf(2) });
    expect([status, answer.clause]).toEqual([403, 'Policy-H.f']);
  });

  it('gives 30 days from the present end and not a millisecond more [Policy-H.f]', async () => {
    const late = await extend({ body: { ...extension, until: '2026-12-25T12:00:00.001Z' } });
    expect([late.status, late.answer.clause]).toEqual([403, 'Policy-H.f']);
    expect(late.kinds).toEqual(['requested', 'answered', 'refused']);
  });

  it('cannot be piled up: the next stretch is decided on once this one runs [Policy-H.f]', async () => {
    await extend();
    const again = await extend({ body: { ...extension, until: '2027-01-24T12:00:00Z' } });
    expect([again.status, again.answer.clause]).toEqual([409, 'Policy-H.f']);
  });

  it.each<[string, object, number, string]>([
    ['without words on the suspicion [Policy-H.c]', { suspicion: undefined }, 400, 'Policy-H.c'],
    ['without an end [Policy-H.f]', { until: undefined }, 400, 'Policy-H.f'],
    [
      'with words on immigration [Policy-C]',
      { suspicion: 'The immigration detainer stands.' },
      403,
      'Policy-C',
    ],
  ])('is refused %s', async (_, changes, status, clause) => {
    const reply = await extend({ body: { ...extension, ...changes } });
    expect([reply.status, reply.answer.clause]).toEqual([status, clause]);
    expect((await list.find(entryIdOf(1)))?.revision).toBe(2);
  });
});

describe('taking over a commander’s entry', () => {
  // It is 06:00 in Chicago: the night shift ends within the hour, the first shift at 15:00.
  const shiftEndMs = Date.parse('2026-11-24T13:00:00Z');
  const own = { requestedAtMs: nowMs - 3_600_000, expiresAtMs: shiftEndMs };
  beforeEach(() => list.store(madeShiftBound(own)).then(() => undefined));

  it('moves the responsibility to the oncoming commander until the next shift ends, on record [Policy-H.f]', async () => {
    const { status, answer, kinds, events } = await takeOver();
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      requestedBy: 'made-up.commander',
      responsible: 'made-up.oncoming-commander',
      expiresAt: '2026-11-24T21:00:00.000Z',
      handovers: [
        { from: 'made-up.commander', to: 'made-up.oncoming-commander', at: '2026-11-24T12:00:00.000Z' },
      ],
    });
    expect(kinds).toEqual(['requested', 'hot-list-changed', 'answered']);
    expect(events[1]).toMatchObject({
      change: 'taken-over',
      expiresAtMs: Date.parse('2026-11-24T21:00:00Z'),
      responsible: 'made-up.oncoming-commander',
    });
  });

  it('lets the entry end with the shift where nobody took it over [Policy-H.f]', async () => {
    expect(await list.confirmCustom(entryIdOf(1), shiftEndMs - 1)).toBeDefined();
    expect(await list.confirmCustom(entryIdOf(1), shiftEndMs)).toBeUndefined();
  });

  it.each([
    'made-up.commander',
    'made-up.officer',
    'made-up.detective',
    'made-up.lieutenant',
    'made-up.administrator',
  ])('is not for %s [Policy-H.f]', async (username) => {
    const { status, answer, kinds } = await takeOver({ username });
    expect([status, answer.clause, kinds]).toEqual([403, 'Policy-H.f', ['refused']]);
    expect((await list.find(entryIdOf(1)))?.responsible).toBe('made-up.commander');
  });

  it('is too early before the configured minutes [Policy-H.f]', async () => {
    await list.store(madeShiftBound({ ...own, entryId: entryIdOf(2), expiresAtMs: nowMs + 60 * 60_000 + 1 }));
    const { status, answer } = await takeOver({ entryId: entryIdOf(2) });
    expect([status, answer.clause]).toEqual([409, 'Policy-H.f']);
  });

  it('is not for a detective’s entry, which a lieutenant extends [Policy-H.f]', async () => {
    await list.store(madeRequested({ ...current, entryId: entryIdOf(2) }));
    const { status, answer } = await takeOver({ entryId: entryIdOf(2) });
    expect([status, answer.clause]).toEqual([403, 'Policy-H.f']);
  });

  it('never overwrites a removal that comes between [Policy-H.g]', async () => {
    let isFirst = true;
    const slow = beforeCommand(server.client(), 'TransactWriteItemsCommand', async () => {
      if (isFirst) await list.store(madeShiftBound({ ...own, status: 'removed', revision: 2 }));
      isFirst = false;
    });
    const between = new StoredHotList({
      dynamo: slow,
      table: `HotList${tables}`,
      onMalformed: () => undefined,
    });
    const reply = await takeOver({ hotList: { store: (entry) => between.store(entry) } });
    expect([reply.status, await statusOf()]).toEqual([409, 'removed']);
  });

  it('makes the new commander the one who removes it at the end of the shift [Policy-H.f] [Policy-H.g]', async () => {
    const before = await remove({ username: 'made-up.oncoming-commander' });
    expect([before.status, before.answer.clause]).toEqual([403, 'Policy-H.g']);
    await takeOver();
    expect((await remove({ username: 'made-up.oncoming-commander' })).status).toBe(200);
    expect(await statusOf()).toBe('removed');
  });
});

describe('previewing an entry', () => {
  it.each(['made-up.detective', 'made-up.analyst', 'made-up.commander', 'made-up.lieutenant'])(
    'tells %s which other plates it would alert on, on record [Policy-H.b] [Access-D.3]',
    async (username) => {
      const { status, answer, events } = await preview({ username });
      expect(status).toBe(200);
      expect(answer).toEqual({
        plate: 'A80',
        lookAlikes: 8,
        examples: ['A80', 'A8D', 'A8O', 'A8Q', 'AB0', 'ABD', 'ABO', 'ABQ'],
        near: false,
      });
      expect(events).toMatchObject([
        { kind: 'requested', operation: 'preview-hot-list-entry', queried: { plate: 'a-80' } },
        { kind: 'answered', counts: { lookAlikes: 8 }, resultIds: [] },
      ]);
    },
  );

  it.each(['made-up.officer', 'made-up.dispatcher', 'made-up.patrol-lieutenant'])(
    'is not for %s [Policy-H.b]',
    async (username) => {
      const { status, answer, kinds } = await preview({ username });
      expect([status, answer.clause, kinds]).toEqual([403, 'Policy-H.b', ['refused']]);
    },
  );

  it('is for complete plates alone, and says so by the clause [Policy-H.e]', async () => {
    expect(await preview({ body: { plate: 'A8*' } })).toMatchObject({
      status: 400,
      answer: { clause: 'Policy-H.e' },
    });
    expect(await preview({ body: { plate: 'A-' } })).toMatchObject({
      status: 403,
      answer: { clause: 'Policy-H.e' },
      kinds: ['refused'],
    });
  });
});

describe('removing an entry', () => {
  beforeEach(async () => {
    await list.store(madeRequested(current));
    await list.store(madeEntry(current));
  });

  it.each(['made-up.detective', 'made-up.lieutenant', 'made-up.street-crimes', 'made-up.administrator'])(
    'is for %s, and on record before it is answered [Policy-H.g]',
    async (username) => {
      const { status, answer, kinds } = await remove({ username });
      expect(status).toBe(200);
      expect(answer).toMatchObject({ status: 'removed', removedBy: username });
      expect(kinds).toEqual(['requested', 'hot-list-changed', 'answered']);
      expect(await statusOf()).toBe('removed');
    },
  );

  it.each(['made-up.officer', 'made-up.second-detective', 'made-up.patrol-lieutenant'])(
    'is not for %s [Policy-H.g]',
    async (username) => {
      const { status, answer } = await remove({ username });
      expect([status, answer.clause]).toEqual([403, 'Policy-H.g']);
      expect(await statusOf()).toBe('approved');
    },
  );

  it('changes nothing the second time, and raises no version', async () => {
    await remove();
    const version = await list.version();
    const again = await remove();
    expect([again.status, again.answer.status, again.kinds]).toEqual([
      200,
      'removed',
      ['requested', 'answered'],
    ]);
    expect(await list.version()).toBe(version);
  });
});

describe('the confidential list', () => {
  it.each([
    'made-up.detective',
    'made-up.task-force',
    'made-up.analyst',
    'made-up.commander',
    'made-up.lieutenant',
    'made-up.street-crimes',
    'made-up.administrator',
  ])('is shown to %s, newest first, with what each entry is now [Policy-H.a]', async (username) => {
    await list.store(madeRequested(current));
    await list.store(madeRequested({ entryId: entryIdOf(2), ...current, requestedAtMs: nowMs - 60_000 }));
    const dayMs = 86_400_000;
    const old = { requestedAtMs: nowMs - 59 * dayMs };
    await list.store(madeRequested({ entryId: entryIdOf(3), ...old, expiresAtMs: nowMs }));
    await list.store(madeRequested({ entryId: entryIdOf(4), ...old, expiresAtMs: nowMs - 30 * dayMs }));
    await list.store(
      madeRequested({
        entryId: entryIdOf(5),
        requestedAtMs: nowMs - 200 * dayMs,
        expiresAtMs: nowMs + dayMs,
      }),
    );
    await list.store(
      madeRequested({ entryId: entryIdOf(6), ...old, status: 'removed', removedAtMs: nowMs - 30 * dayMs }),
    );
    const { status, answer, events } = await show({ username });
    expect(status).toBe(200);
    expect(
      answer.entries.map((each: { entryId: string; status: string }) => [each.entryId, each.status]),
    ).toEqual([
      [entryIdOf(2), 'requested'],
      [entryIdOf(1), 'requested'],
      [entryIdOf(3), 'expired'],
      [entryIdOf(5), 'requested'],
    ]);
    expect(events).toMatchObject([
      { kind: 'requested', operation: 'list-hot-list-entries' },
      { kind: 'answered', counts: { entries: 4 } },
    ]);
  });

  it.each(['made-up.officer', 'made-up.dispatcher', 'made-up.patrol-lieutenant'])(
    'is not shown to %s [Policy-H.a]',
    async (username) => {
      await list.store(madeRequested(current));
      const { status, answer, kinds } = await show({ username });
      expect([status, answer.clause, answer.entries, kinds]).toEqual([
        403,
        'Policy-H.a',
        undefined,
        ['refused'],
      ]);
    },
  );

  it('tells who may change it that an id does not exist, on record', async () => {
    expect(await approve({ entryId: entryIdOf(9) })).toMatchObject({
      status: 404,
      kinds: ['requested', 'answered'],
    });
    expect((await remove({ username: 'made-up.administrator', entryId: entryIdOf(9) })).status).toBe(404);
  });
});

describe('no audit, no change', () => {
  beforeEach(() => list.store(madeRequested(current)).then(() => undefined));

  it('changes nothing when the request for it cannot be recorded [Access-E]', async () => {
    const { status } = await approve({ auditDownAt: 1 });
    expect([status, await statusOf(), await list.version()]).toEqual([503, 'requested', 1]);
  });

  it.each([2, 3])(
    'answers nothing when event %i cannot be recorded, and leaves a finding that names the entry',
    async (auditDownAt) => {
      const { status, answer, events } = await approve({ auditDownAt });
      expect([status, answer.approvedBy, await statusOf()]).toEqual([503, undefined, 'approved']);
      expect(unclosedPairs(events)).toMatchObject([{ operation: 'approve-hot-list-entry' }]);
      expect(events[0]).toMatchObject({ kind: 'requested', queried: { entryId: entryIdOf(1) } });
    },
  );

  it.each([
    ['not-done', 'requested'],
    ['done-but-lost', 'approved'],
  ] as const)(
    'leaves a finding when the change was %s, so that no change stands without a trace',
    async (fault, status) => {
      const reply = await approve({ faults: () => fault });
      expect([reply.status, await statusOf()]).toEqual([500, status]);
      expect(unclosedPairs(reply.events)).toHaveLength(1);
      expect(JSON.stringify(reply.answer)).not.toContain('TEST');
    },
  );

  it('has every change on record: each stored one follows its requested and precedes its answered', async () => {
    const { events } = await approve();
    expect(events.map(({ kind }) => kind)).toEqual(['requested', 'hot-list-changed', 'answered']);
    expect(unclosedPairs(events)).toEqual([]);
  });
});

import { join } from 'node:path';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import { roles } from '../../../core/access/roles';
import { type OperationId, operations } from '../../../core/contract/operations';
import type { Entry } from '../../../core/hot-list/entry';
import type { Principal } from '../../../core/people/person';
import { makeHandler } from '../../../lambdas/manage-hot-list/handler';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { entryIdOf, madeEntry, madeRequested, madeShiftBound } from '../../core/hot-list/made-entry';
import { madePrincipal } from '../../core/people/made-person';

const configuration = madeConfiguration();
const policyFolder = join(__dirname, '..', '..', '..', 'policy');
const decide = createDecideAccess({ policyFolder, configuration });

const people: readonly Principal[] = [
  ...roles
    .filter((role) => role !== 'personnel-feed')
    .flatMap((role) =>
      configuration.divisions.map((division) =>
        madePrincipal({ username: `made-up.${role}.${division}`, role, division }),
      ),
    ),
  madePrincipal({ username: 'made-up.suspended', role: 'commander', suspended: true }),
];

const current = { requestedAtMs: nowMs - 3_600_000, expiresAtMs: nowMs + 1_800_000 };
const missing = entryIdOf(9);
const entries: readonly Entry[] = [
  madeRequested({ ...current, entryId: entryIdOf(1) }),
  madeEntry({ ...current, entryId: entryIdOf(2) }),
  madeEntry({ ...current, entryId: entryIdOf(3), status: 'removed' }),
  madeEntry({ ...current, entryId: entryIdOf(4), expiresAtMs: nowMs - 1 }),
  madeShiftBound({ ...current, entryId: entryIdOf(5) }),
];

const use = {
  plate: 'TEST123',
  state: 'IL',
  purpose: { kind: 'felony' },
  reason: { kind: 'case-number', caseNumber: '2026-0012345' },
  suspicion: 'Seen leaving two armed robberies on Main Street.',
  concern: 'felony-vehicle',
  expiresAt: '2026-11-24T12:30:00Z',
  jurisdiction: 'bloomington-pd',
};
const extension = { until: '2026-12-01T12:00:00Z', suspicion: 'Seen again by the same witness.' };

interface Seen {
  readonly status: number;
  readonly headers: unknown;
  /** All of the answer but the id of the request itself. */
  readonly answer: string;
  readonly events: readonly string[];
  /** What was done to the store, in order: the path that the call took. */
  readonly storeCalls: readonly string[];
}

async function call(
  operation: OperationId,
  facts: { username: string; entryId?: string; body?: unknown; list?: readonly Entry[] },
): Promise<Seen> {
  const { username, entryId, body, list = entries } = facts;
  const api = madeApi(people);
  const storeCalls: string[] = [];
  const handler = makeHandler({
    ...api.deps,
    decide,
    configuration,
    hotList: {
      find: async (id) => {
        storeCalls.push('find');
        return list.find((entry) => entry.entryId === id);
      },
      list: async () => {
        storeCalls.push('list');
        return list;
      },
      store: async () => {
        storeCalls.push('store');
        return 'stored';
      },
    },
  });
  const { method, path } = operations[operation];
  const event = madeCall({
    username,
    ...(entryId === undefined ? {} : { path: { entryId } }),
    ...(body === undefined ? {} : { body }),
  });
  const reply = await handler({ ...event, httpMethod: method, resource: path }, madeContext());
  return {
    status: reply.statusCode,
    headers: reply.headers,
    answer: reply.body.replaceAll(entryId ?? '-', 'ENTRY').replaceAll(/"instance":"[^"]*"/g, ''),
    events: api.events.map(({ kind }) => kind),
    storeCalls,
  };
}

/** Asked once: those who may read the list. */
const readers = new Set<string>();
beforeAll(async () => {
  for (const { username } of people)
    if ((await call('list-hot-list-entries', { username })).status === 200) readers.add(username);
});

describe('whether an entry exists is told to nobody but those who may read the list', () => {
  it.each([
    ['an approval', 'approve-hot-list-entry', undefined],
    ['an extension', 'extend-hot-list-entry', extension],
    ['an extension without words', 'extend-hot-list-entry', {}],
    ['a handover', 'take-over-hot-list-entry', undefined],
    ['a removal', 'remove-hot-list-entry', undefined],
  ] as const)(
    '%s is answered alike for an entry in any state and for one that does not exist, whatever the role [Policy-H.a]',
    async (_, operation, body) => {
      const outsiders = people.filter(({ username }) => !readers.has(username));
      expect(outsiders.length).toBeGreaterThan(people.length / 2);
      for (const { username } of outsiders) {
        const unknown = await call(operation, { username, entryId: missing, ...(body && { body }) });
        expect([400, 403]).toContain(unknown.status);
        for (const { entryId } of entries)
          expect([username, await call(operation, { username, entryId, ...(body && { body }) })]).toEqual([
            username,
            unknown,
          ]);
      }
    },
  );

  it.each(['list-hot-list-entries', 'request-hot-list-entry', 'preview-hot-list-entry'] as const)(
    '%s answers whoever is refused alike for an empty list and a full one, and never opens it [Policy-H.a]',
    async (operation) => {
      const bodies = { 'request-hot-list-entry': use, 'preview-hot-list-entry': { plate: 'TEST123' } };
      const body = operation === 'list-hot-list-entries' ? undefined : bodies[operation];
      for (const { username } of people) {
        const full = await call(operation, { username, ...(body && { body }) });
        if (full.status !== 403) continue;
        const empty = await call(operation, { username, ...(body && { body }), list: [] });
        expect(full).toEqual(empty);
        expect(full.storeCalls).toEqual([]);
        expect(full.answer).not.toMatch(/[0-9a-f]{8}-[0-9a-f-]{27}/);
      }
    },
  );

  it('shows entries to investigators, analysts, commanders, lieutenants who approve, and the administrator alone [Policy-H.a] [Policy-H.b] [Access-D.3]', async () => {
    const everywhere = ['analyst', 'commander', 'administrator'];
    const names = [...readers].map((username) => username.replace('made-up.', ''));
    for (const role of everywhere)
      expect(names.filter((each) => each.startsWith(`${role}.`))).toHaveLength(
        configuration.divisions.length,
      );
    expect(names.filter((each) => !everywhere.includes(each.split('.')[0] ?? '')).sort()).toEqual([
      'detective.criminal-investigations',
      'detective.task-force',
      'lieutenant.criminal-investigations',
      'lieutenant.street-crimes',
      'officer.criminal-investigations',
      'supervisor.criminal-investigations',
    ]);
  });
});

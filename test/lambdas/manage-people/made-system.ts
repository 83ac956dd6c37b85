import { join } from 'node:path';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import type { ApiHandler } from '../../../adapters/gateway/api-handler';
import { StoredActivities } from '../../../adapters/people/activities';
import { StoredDuties } from '../../../adapters/people/duties';
import { StoredPeople } from '../../../adapters/people/people';
import { StoredPeopleRecords } from '../../../adapters/people/people-records';
import { type OperationId, operations } from '../../../core/contract/operations';
import type { PersonRecord } from '../../../core/people/record';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { emptyTables, putRecord, startPeopleTables, tables } from '../../adapters/people/made-people';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madeRecord, takenOn } from '../../core/people/made-record';

const configuration = madeConfiguration();
const decide = createDecideAccess({
  policyFolder: join(__dirname, '..', '..', '..', 'policy'),
  configuration,
});

/** One of each office, and people without any. */
export const staff = [
  madeRecord(),
  madeRecord({ username: 'made-up.colleague' }),
  madeRecord({ username: 'made-up.supervisor', role: 'supervisor' }),
  madeRecord({ username: 'made-up.chief', role: 'chief', division: 'cid-command' }),
  madeRecord({ username: 'made-up.administrator', role: 'administrator', division: 'cid-command' }),
  madeRecord({ username: 'made-up.second-administrator', role: 'administrator', division: 'cid-command' }),
  madeRecord({ username: 'made-up.designee', role: 'chief-designee', division: 'cid-command' }),
  madeRecord({ username: 'made-up.auditor', role: 'auditor', division: 'cid-command', sworn: false }),
] as const;

/** Real tables about people and the real rules; accounts and connections only keep what was asked of them. */
export async function startSystem(people: readonly PersonRecord[] = staff) {
  const local = await startPeopleTables();
  const { dynamo } = local;
  const api = madeApi([]);
  const done: string[] = [];
  const { append } = api.deps.audit;
  const keep = (step: string) => async (username: string) => void done.push(`${step} ${username}`);
  const deps = {
    ...api.deps,
    people: new StoredPeople({ dynamo, ...tables, training: configuration.training, now: () => nowMs }),
    configuration,
    decide,
    records: new StoredPeopleRecords({ dynamo, table: 'People', onMalformed: () => {} }),
    activities: new StoredActivities({ dynamo, ...tables }),
    duties: new StoredDuties({ dynamo, table: 'Duty' }),
    onceAudit: {
      appendOnce: async (event: Parameters<typeof append>[0]) => {
        if (!api.events.some(({ eventId }) => eventId === event.eventId)) await append(event);
      },
    },
    accounts: {
      create: async ({ username, email }: { username: string; email: string }) => {
        done.push(`create ${username} ${email}`);
        return 'ready' as const;
      },
      setRole: async (username: string, role: string) => void done.push(`set-role ${username} ${role}`),
      signOut: keep('sign-out'),
      disable: keep('disable'),
    },
    liveConnections: { sweep: async () => void done.push('sweep') },
    unfinished: () => void done.push('unfinished'),
  };
  /** Everything as at the start, so that one store serves the tests of a file. */
  const reset = async () => {
    await emptyTables(local);
    for (const record of people) await putRecord(local, record);
    done.length = 0;
    api.events.length = 0;
    api.audit.isDown = false;
  };
  return { local, dynamo, api, deps, done, reset };
}

export type System = Awaited<ReturnType<typeof startSystem>>;

/** Calls one operation as somebody. */
export async function callAs(
  handler: ApiHandler,
  operation: OperationId,
  username: string,
  facts: Parameters<typeof madeCall>[0] = {},
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const { method, path } = operations[operation];
  const event = { ...madeCall({ username, ...facts }), httpMethod: method, resource: path };
  const reply = await handler(event, madeContext());
  return { status: reply.statusCode, body: JSON.parse(reply.body) };
}

export { nowMs, takenOn };

import { join } from 'node:path';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import type { ApiHandler } from '../../../adapters/gateway/api-handler';
import { StoredSharingRegister } from '../../../adapters/sharing/sharing-register';
import { readSharingNow } from '../../../adapters/sharing/sharing-rows';
import { StoredNotices } from '../../../adapters/sharing/stored-notices';
import { type OperationId, operations } from '../../../core/contract/operations';
import type { Person } from '../../../core/people/person';
import { makeHandler } from '../../../lambdas/manage-sharing/handler';
import { makeHandler as makeSearch } from '../../../lambdas/search-reads/handler';
import { makeHandler as makeTelling } from '../../../lambdas/tell-sharing/handler';
import { madeApi, madeCall, madeContext } from '../../adapters/gateway/made-call';
import type { LocalDynamo } from '../../adapters/local-dynamo';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';
import { id, madeSearch, readAt } from '../../core/search/made-search';

export const configuration = madeConfiguration();
export const policyFolder = join(__dirname, '..', '..', '..', 'policy');
export const decide = createDecideAccess({ policyFolder, configuration });

const people = [
  madePerson(),
  madePerson({ username: 'made-up.dispatcher', role: 'dispatcher' }),
  madePerson({ username: 'made-up.lieutenant', role: 'lieutenant' }),
  madePerson({ username: 'made-up.chief', role: 'chief' }),
  madePerson({ username: 'made-up.designee', role: 'chief-designee' }),
  madePerson({ username: 'made-up.administrator', role: 'administrator' }),
  madePerson({ username: 'made-up.other-administrator', role: 'administrator' }),
  madePerson({ username: 'made-up.auditor', role: 'auditor' }),
  madePerson({ username: 'made-up.peoria', role: 'partner-officer', agency: 'peoria-pd' }),
  madePerson({ username: 'made-up.normal', role: 'partner-officer', agency: 'normal-pd' }),
  madePerson({ username: 'made-up.agent', role: 'partner-officer', agency: 'made-up-bureau' }),
];

/** One read of each network, all of the plate `TEST123`. */
export const reads = [
  readAt('2026-11-24T11:00:00Z', 12, { network: 'bloomington' }),
  readAt('2026-11-24T10:00:00Z', 13, { network: 'normal' }),
  readAt('2026-11-24T09:00:00Z', 14, { network: 'peoria' }),
];

/** The API over a real register, and a search whose callers' facts come from it on each call. */
export function madeSharing(local: LocalDynamo, changes: readonly Person[] = []) {
  const everybody = [...people, ...changes];
  const api = madeApi(everybody);
  const notices: unknown[] = [];
  const topic = { isDown: false };
  const register = new StoredSharingRegister({ dynamo: local.dynamo, table: 'Sharing' });
  const deps = {
    ...api.deps,
    people: {
      find: async (username: string) => {
        const person = everybody.find((each) => each.username === username);
        return person && { ...person, sharing: await readSharingNow(local.dynamo, 'Sharing') };
      },
    },
  };
  const search = madeSearch(reads);
  const handlers = {
    manage: makeHandler({
      ...deps,
      configuration,
      decide,
      register,
    }),
    search: makeSearch({ ...search.deps, ...deps, decide }),
  };
  const call = (operation: OperationId, username: string, facts: CallFacts = {}) =>
    callOf(operation === 'search-reads' ? handlers.search : handlers.manage, operation, username, facts);
  const gauges: number[] = [];
  /** What the timetable starts each minute. */
  const tell = makeTelling({
    waiting: new StoredNotices({ dynamo: local.dynamo, table: 'Sharing' }),
    notices: {
      publish: async ({ noticeId, ...notice }) => {
        if (topic.isDown) throw new Error('down');
        notices.push(notice);
      },
    },
    onFailure: () => undefined,
    now: () => api.clock.nowMs,
    counters: { count: () => undefined, gauge: (_, value) => void gauges.push(value) },
  });
  return { api, notices, topic, gauges, tell, call, search };
}

export interface CallFacts {
  readonly body?: unknown;
  readonly path?: Record<string, string>;
  readonly claims?: Readonly<Record<string, string>>;
}

export async function callOf(
  handler: ApiHandler,
  operation: OperationId,
  username: string,
  facts: CallFacts,
) {
  const { method, path } = operations[operation];
  const event = { ...madeCall({ username, ...facts }), resource: path, httpMethod: method };
  const reply = await handler(event, madeContext());
  return { status: reply.statusCode, body: JSON.parse(reply.body) };
}

export const agreementBody = {
  agencyId: 'peoria-pd',
  opensToUs: ['peoria'],
  searchesOurs: ['bloomington'],
  matchesHotLists: false,
  until: '2027-11-30',
  document: 'Made-up agreement 17',
  declaration: { signedBy: 'Made-up Chief of Peoria', signedOn: '2026-11-20', reference: 'Binder 4' },
};

export const searchBody = {
  plate: 'TEST123',
  from: '2026-11-22T00:00:00Z',
  to: '2026-11-24T12:00:00Z',
  purpose: { kind: 'felony' },
  reason: { kind: 'phrase', phrase: 'Stolen Vehicle' },
};

export const foundIds = { own: id(12), normal: id(13), peoria: id(14) };

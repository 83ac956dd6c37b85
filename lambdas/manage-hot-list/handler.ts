import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { RefusedUse, Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import {
  approveHotListEntry,
  type ChangeListDeps,
  type ChangeOutcome,
  removeHotListEntry,
  requestHotListEntry,
} from '../../core/hot-list/change-list';
import { entryAnswer } from '../../core/hot-list/entry-answer';
import { type ListEntriesDeps, listHotListEntries } from '../../core/hot-list/list-entries';

export type ManageHotListDeps = ApiDeps & ChangeListDeps & ListEntriesDeps;

/** POST and GET /v1/hot-list/entries, DELETE /v1/hot-list/entries/{entryId}, POST …/{entryId}/approval. */
export function makeHandler(deps: ManageHotListDeps): ApiHandler {
  return routeOperations({
    'request-hot-list-entry': requestHandler(deps),
    'approve-hot-list-entry': approvalHandler(deps),
    'remove-hot-list-entry': removalHandler(deps),
    'list-hot-list-entries': listHandler(deps),
  });
}

function requestHandler(deps: ManageHotListDeps): ApiHandler {
  const request = requestHotListEntry(deps);
  return apiHandler({
    operation: 'request-hot-list-entry',
    deps,
    handle: async ({ body }, caller) => {
      const { purpose, reason } = body;
      return replyTo(await request(body, caller), deps.events.now(), { purpose, reason });
    },
  });
}

function approvalHandler(deps: ManageHotListDeps): ApiHandler {
  const approve = approveHotListEntry(deps);
  return apiHandler({
    operation: 'approve-hot-list-entry',
    deps,
    handle: async ({ path }, caller) => replyTo(await approve(path.entryId, caller), deps.events.now()),
  });
}

function removalHandler(deps: ManageHotListDeps): ApiHandler {
  const remove = removeHotListEntry(deps);
  return apiHandler({
    operation: 'remove-hot-list-entry',
    deps,
    handle: async ({ path }, caller) => replyTo(await remove(path.entryId, caller), deps.events.now()),
  });
}

function listHandler(deps: ManageHotListDeps): ApiHandler {
  const list = listHotListEntries(deps);
  return apiHandler({
    operation: 'list-hot-list-entries',
    deps,
    handle: async (_, caller) => {
      const outcome = await list(caller);
      if (outcome.kind === 'refused') return outcome;
      const nowMs = deps.events.now();
      return { kind: 'answer', body: { entries: outcome.entries.map((entry) => entryAnswer(entry, nowMs)) } };
    },
  });
}

type ChangeReply = Reply<'request-hot-list-entry' | 'approve-hot-list-entry' | 'remove-hot-list-entry'>;

function replyTo(outcome: ChangeOutcome, nowMs: number, words: RefusedUse = {}): ChangeReply {
  switch (outcome.kind) {
    case 'changed':
      return { kind: 'answer', body: entryAnswer(outcome.entry, nowMs) };
    case 'refused':
      return refusalOf(outcome, words);
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: { detail: 'The hot list has no such entry.', remedy: 'List the entries for their ids.' },
      };
    case 'busy':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'The list is being changed by others; nothing was done.', remedy: 'Try again.' },
      };
    default:
      return outcome satisfies never;
  }
}

function refusalOf(outcome: ChangeOutcome & { kind: 'refused' }, words: RefusedUse): ChangeReply {
  const { denial, queried } = outcome;
  const use = { ...words, queried };
  if (denial.kind === 'deny') return { kind: 'refused', denial, use };
  const { clause, message, remedy } = denial;
  return {
    kind: 'refused',
    denial: { clause, message, remedy, rules: ['entry-life-cycle'] },
    use,
    ...(denial.because === 'state' ? { as: 'conflict' as const } : {}),
  };
}

import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { routeOperations } from '../../adapters/gateway/route';
import {
  approveHotListEntry,
  type ChangeListDeps,
  type ChangeOutcome,
  extendHotListEntry,
  removeHotListEntry,
  requestHotListEntry,
  takeOverHotListEntry,
} from '../../core/hot-list/change-list';
import { entryAnswer } from '../../core/hot-list/entry-answer';
import { type ListEntriesDeps, listHotListEntries } from '../../core/hot-list/list-entries';
import { previewHotListEntry } from '../../core/hot-list/preview-entry';
import { entryRefusalReply, replyTo } from './reply';

export type ManageHotListDeps = ApiDeps & ChangeListDeps & ListEntriesDeps;

/** The custom hot list: `/v1/hot-list/entries`, the steps of one entry below it, and `/v1/hot-list/previews`. */
export function makeHandler(deps: ManageHotListDeps): ApiHandler {
  const replied = (outcome: ChangeOutcome) => replyTo(outcome, deps.events.now());
  const request = requestHotListEntry(deps);
  const approve = approveHotListEntry(deps);
  const extend = extendHotListEntry(deps);
  const takeOver = takeOverHotListEntry(deps);
  const remove = removeHotListEntry(deps);
  return routeOperations({
    'request-hot-list-entry': apiHandler({
      operation: 'request-hot-list-entry',
      deps,
      handle: async ({ body }, caller) => {
        const { purpose, reason } = body;
        return replyTo(await request(body, caller), deps.events.now(), { purpose, reason });
      },
    }),
    'approve-hot-list-entry': apiHandler({
      operation: 'approve-hot-list-entry',
      deps,
      handle: async ({ path }, caller) => replied(await approve(path.entryId, caller)),
    }),
    'extend-hot-list-entry': apiHandler({
      operation: 'extend-hot-list-entry',
      deps,
      handle: async ({ path, body }, caller) => replied(await extend(path.entryId, body, caller)),
    }),
    'take-over-hot-list-entry': apiHandler({
      operation: 'take-over-hot-list-entry',
      deps,
      handle: async ({ path }, caller) => replied(await takeOver(path.entryId, caller)),
    }),
    'remove-hot-list-entry': apiHandler({
      operation: 'remove-hot-list-entry',
      deps,
      handle: async ({ path }, caller) => replied(await remove(path.entryId, caller)),
    }),
    'list-hot-list-entries': listHandler(deps),
    'preview-hot-list-entry': previewHandler(deps),
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

function previewHandler(deps: ManageHotListDeps): ApiHandler {
  const preview = previewHotListEntry(deps);
  return apiHandler({
    operation: 'preview-hot-list-entry',
    deps,
    handle: async ({ body }, caller) => {
      const outcome = await preview(body, caller);
      return outcome.kind === 'refused'
        ? entryRefusalReply(outcome)
        : { kind: 'answer', body: outcome.preview };
    },
  });
}

import type { SQSBatchResponse } from 'aws-lambda';
import { z } from 'zod';
import {
  type ImportDeps,
  type ImportOutcome,
  importDelivery,
} from '../../core/hot-list/outside/import-delivery';
import { isOverdue } from '../../core/hot-list/outside/list-record';
import type { Upload } from '../../core/hot-list/outside/ports';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';

export interface ImportHotListDeps extends ImportDeps {
  readonly counters: Counters;
  readonly log: {
    info(message: string, facts: Readonly<Record<string, string>>): void;
    warn(message: string, facts: Readonly<Record<string, string>>): void;
  };
}

/** What `decide-held-list` asks for: a delivery that somebody confirmed. */
const confirmed = z.strictObject({
  kind: z.literal('confirmed'),
  list: z.string(),
  upload: z.string(),
});

const queued = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })).min(1),
});

const announced = z.object({
  Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })).default([]),
});

/**
 * Takes files in as they are uploaded (by queue) and as they are confirmed (by call); by the clock, with an empty
 * event, it looks which lists are older than their sources promised. A file that fails comes again and ends in the
 * queue of refused deliveries; the lists in force stand meanwhile.
 */
export function makeHandler(deps: ImportHotListDeps) {
  const take = importDelivery(deps);
  return async (event: unknown): Promise<SQSBatchResponse | undefined> => {
    const call = confirmed.safeParse(event);
    if (call.success) {
      note(deps, call.data, await take({ list: call.data.list, name: call.data.upload }));
      return undefined;
    }
    const batch = queued.safeParse(event);
    if (!batch.success) {
      await countOverdue(deps);
      return undefined;
    }
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of batch.data.Records) {
      try {
        for (const upload of uploadsIn(body)) note(deps, upload, await take(upload));
      } catch (error) {
        deps.log.warn('a delivery will be tried again', { messageId, ...errorFacts(error) });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
}

/** S3 tells keys as in a query string. A test message of S3 names no object. */
function uploadsIn(body: string): readonly Upload[] {
  return announced.parse(JSON.parse(body)).Records.map(({ s3 }) => {
    const key = decodeURIComponent(s3.object.key.replace(/\+/g, ' '));
    const slash = key.indexOf('/');
    return { list: key.slice(0, Math.max(0, slash)), name: key.slice(slash + 1) };
  });
}

function note(
  { counters, log }: ImportHotListDeps,
  { list }: { readonly list: string },
  outcome: ImportOutcome,
): void {
  log.info('a delivery was taken in', { outcome: outcome.kind });
  if (outcome.kind === 'refused') {
    counters.count('HotListDeliveriesRefused', 1);
    log.warn('a delivery was refused', { list: list.slice(0, 40), because: outcome.because });
  }
  if (outcome.kind === 'held') counters.count('HotListDeliveriesHeld', 1);
}

async function countOverdue({ sources, records, now, counters }: ImportHotListDeps): Promise<void> {
  let overdue = 0;
  for (const source of sources) if (isOverdue(source, await records.find(source.id), now())) overdue++;
  counters.gauge('OutsideListsOverdue', overdue);
}

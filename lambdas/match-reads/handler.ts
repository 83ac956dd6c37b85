import type { KinesisStreamBatchResponse } from 'aws-lambda';
import type { DecidedRecord } from '../../adapters/streams/read-stream';
import type { HitSink } from '../../core/alerts/ports';
import type { CurrentLists } from '../../core/hot-list/current-lists';
import { errorFacts } from '../error-facts';

export interface MatchReadsDeps {
  readonly admitBatch: (event: unknown) => Promise<readonly DecidedRecord[]>;
  readonly lists: Pick<CurrentLists, 'refresh' | 'confirmedHits'>;
  readonly sightings: HitSink;
  readonly log: { warn(message: string, facts: Readonly<Record<string, string>>): void };
}

/**
 * Compares each admitted read with every hot list and records its confirmed hits. The lists' version is asked before
 * each batch and the entry again on each hit, both strongly consistent, so that a change holds from the next read on
 * (Policy-H.g). A record whose hits could not all be recorded comes again; recording is idempotent by read and entry, so
 * coming again raises nothing twice, and no record holds back its neighbours.
 */
export function makeHandler({ admitBatch, lists, sightings, log }: MatchReadsDeps) {
  return async (event: unknown): Promise<KinesisStreamBatchResponse> => {
    const decided = await admitBatch(event);
    await lists.refresh();
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { record, outcome } of decided) {
      if (outcome.kind === 'undecodable' || outcome.isUnmatched) continue;
      try {
        for (const { read } of outcome.admitted)
          for (const hit of await lists.confirmedHits(read)) await sightings.record(read, hit);
      } catch (error) {
        batchItemFailures.push({ itemIdentifier: record.sequenceNumber });
        log.warn('a record will be tried again', {
          sequenceNumber: record.sequenceNumber,
          ...errorFacts(error),
        });
      }
    }
    return { batchItemFailures };
  };
}

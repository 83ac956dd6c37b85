import { GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { CustodyEntry } from '../../core/evidence/custody';
import type { Page } from '../../core/evidence/ports';
import type { Releases } from '../../core/evidence/releases/ports';
import type { Release } from '../../core/evidence/releases/release';
import { fromStore } from '../stores/store-error';
import { isConflict, putNew, StoredEvidence, type StoredEvidenceOptions } from './evidence-records';
import { custodyRow, releaseKey, releaseOf, releaseRow } from './evidence-row';
import { pageOf } from './page';

const store = 'releases';

/** The releases in the table Evidence. */
export class StoredReleases implements Releases {
  readonly #evidence: StoredEvidence;

  constructor(readonly options: StoredEvidenceOptions) {
    this.#evidence = new StoredEvidence(options);
  }

  async find(releaseId: string): Promise<Release | undefined> {
    const { dynamo, table } = this.options;
    const { Item } = await fromStore(store, () =>
      dynamo.send(new GetItemCommand({ TableName: table, Key: releaseKey(releaseId), ConsistentRead: true })),
    );
    return Item === undefined ? undefined : releaseOf(Item);
  }

  async putNew(release: Release): Promise<void> {
    const { dynamo, table } = this.options;
    await fromStore(store, () =>
      dynamo.send(new TransactWriteItemsCommand({ TransactItems: [putNew(table, releaseRow(release))] })),
    );
  }

  async storeDecision(
    release: Release,
    custody: Pick<CustodyEntry, 'atMs' | 'by' | 'act' | 'requestId'> | undefined,
  ): Promise<'stored' | 'conflict'> {
    const { dynamo, table } = this.options;
    const { evidenceId } = release;
    const entry = custody && (await this.#evidence.next(evidenceId, custody));
    try {
      await dynamo.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            {
              Put: {
                TableName: table,
                Item: releaseRow(release),
                ConditionExpression: '#state = :requested',
                ExpressionAttributeNames: { '#state': 'state' },
                ExpressionAttributeValues: { ':requested': { S: 'requested' } },
              },
            },
            ...(entry === undefined ? [] : [putNew(table, custodyRow(evidenceId, entry))]),
          ],
        }),
      );
      return 'stored';
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      return fromStore(store, () => Promise.reject(error));
    }
  }

  list(after: string | undefined): Promise<Page<Release>> {
    return pageOf(this.options, { kind: 'release', after, parse: releaseOf });
  }
}

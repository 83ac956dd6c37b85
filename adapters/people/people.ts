import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Person } from '../../core/people/person';
import type { People } from '../../core/people/ports';
import { livePerson, type TrainingRules } from '../../core/people/record';
import { readSharingNow } from '../sharing/sharing-rows';
import { fromStore } from '../stores/store-error';
import { onDutyUntilOf } from './duties';
import { personKey, type Row, recordOf } from './person-row';

export interface StoredPeopleOptions {
  readonly dynamo: DynamoDBClient;
  readonly peopleTable: string;
  readonly dutyTable: string;
  readonly sharingTable: string;
  readonly training: TrainingRules;
  readonly now: () => number;
}

/**
 * The tables People and Duty and what Sharing says now, all read strongly consistently and at once on each call, so that
 * a suspension, a lapsed training, the end of a shift and a revoked agreement bind the next request.
 */
export class StoredPeople implements People {
  constructor(readonly options: StoredPeopleOptions) {}

  /** Throws `StoreError` `malformed` when a fact is missing or of the wrong kind: it then holds for nobody. */
  async find(username: string): Promise<Person | undefined> {
    const { dynamo, peopleTable, dutyTable, sharingTable, training, now } = this.options;
    const [row, duty, sharing] = await Promise.all([
      this.#read(peopleTable, username),
      this.#read(dutyTable, username),
      readSharingNow(dynamo, sharingTable),
    ]);
    if (row === undefined) return undefined;
    const onDutyUntilMs = onDutyUntilOf(duty);
    return livePerson(recordOf(row), { training, onDutyUntilMs, sharing, nowMs: now() });
  }

  async #read(table: string, username: string): Promise<Row | undefined> {
    const { Item } = await fromStore('people', () =>
      this.options.dynamo.send(
        new GetItemCommand({ TableName: table, Key: personKey(username), ConsistentRead: true }),
      ),
    );
    return Item;
  }
}

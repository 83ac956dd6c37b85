import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Person } from '../../core/people/person';
import type { People } from '../../core/people/ports';
import { livePerson, type TrainingRules } from '../../core/people/record';
import { fromStore } from '../stores/store-error';
import { onDutyUntilOf } from './duties';
import { personKey, type Row, recordOf } from './person-row';

export interface StoredPeopleOptions {
  readonly dynamo: DynamoDBClient;
  readonly peopleTable: string;
  readonly dutyTable: string;
  readonly training: TrainingRules;
  readonly now: () => number;
}

/**
 * The tables People and Duty, both read strongly consistently on each call, so that a suspension, a lapsed training and
 * the end of a shift bind the next request.
 */
export class StoredPeople implements People {
  constructor(readonly options: StoredPeopleOptions) {}

  /** Throws `StoreError` `malformed` when a fact is missing or of the wrong kind: it then holds for nobody. */
  async find(username: string): Promise<Person | undefined> {
    const { peopleTable, dutyTable, training, now } = this.options;
    const [row, duty] = await Promise.all([
      this.#read(peopleTable, username),
      this.#read(dutyTable, username),
    ]);
    if (row === undefined) return undefined;
    return livePerson(recordOf(row), { training, onDutyUntilMs: onDutyUntilOf(duty), nowMs: now() });
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

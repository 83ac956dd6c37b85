import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { CaptureDay } from '../../core/retention/day';
import type { DayKeyState } from '../../core/retention/forgetting';
import { fromStore, StoreError } from '../stores/store-error';

/** What one call of the table takes. */
const daysPerCall = 100;
const attemptsMax = 5;

/**
 * The end of day keys in the table DayKeys. The row of a forgotten day stays as a tombstone: it has no wrapped key, says
 * when it was destroyed, and, once that is recorded and the functions are recycled, when it was settled.
 */
export class KeyDestruction {
  constructor(
    readonly dynamo: DynamoDBClient,
    readonly table: string,
  ) {}

  /** The states of those of the days that have a row; strongly consistent point reads, 100 at a time. */
  async states(days: readonly CaptureDay[]): Promise<ReadonlyMap<CaptureDay, DayKeyState>> {
    const states = new Map<CaptureDay, DayKeyState>();
    for (let at = 0; at < days.length; at += daysPerCall) {
      let asked = days.slice(at, at + daysPerCall);
      for (let attempt = 0; attempt < attemptsMax && asked.length > 0; attempt++)
        asked = await this.#read(asked, states);
      if (asked.length > 0) throw new StoreError('unprocessed', 'day keys');
    }
    return states;
  }

  /** Destroys the wrapped key. Returns when the tombstone stood: now, or earlier if another run was faster. */
  async destroy(day: CaptureDay, nowMs: number): Promise<number> {
    try {
      await this.dynamo.send(
        new UpdateItemCommand({
          TableName: this.table,
          Key: { day: { S: day } },
          UpdateExpression: 'SET destroyedAtMs = :now REMOVE wrappedKey',
          ConditionExpression: 'attribute_exists(wrappedKey)',
          ExpressionAttributeValues: { ':now': { N: String(nowMs) } },
        }),
      );
      return nowMs;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException))
        return fromStore('day keys', () => Promise.reject(error));
      const state = (await this.states([day])).get(day);
      if (state?.kind === 'destroyed' || state?.kind === 'settled') return state.destroyedAtMs;
      throw new StoreError('malformed', 'day keys', { cause: error });
    }
  }

  /** Marks the tombstone: its destruction is in the audit log and no function holds the key any more. */
  async settle(day: CaptureDay, nowMs: number): Promise<void> {
    await fromStore('day keys', () =>
      this.dynamo.send(
        new UpdateItemCommand({
          TableName: this.table,
          Key: { day: { S: day } },
          UpdateExpression: 'SET settledAtMs = :now',
          ConditionExpression: 'attribute_exists(destroyedAtMs)',
          ExpressionAttributeValues: { ':now': { N: String(nowMs) } },
        }),
      ),
    );
  }

  /** Asks once, adds what came; returns the days that the table left unprocessed. */
  async #read(days: readonly CaptureDay[], states: Map<CaptureDay, DayKeyState>): Promise<CaptureDay[]> {
    const { Responses, UnprocessedKeys } = await fromStore('day keys', () =>
      this.dynamo.send(
        new BatchGetItemCommand({
          RequestItems: {
            [this.table]: {
              Keys: days.map((day) => ({ day: { S: day } })),
              ConsistentRead: true,
              ProjectionExpression: '#day, destroyedAtMs, settledAtMs',
              ExpressionAttributeNames: { '#day': 'day' },
            },
          },
        }),
      ),
    );
    for (const row of Responses?.[this.table] ?? []) {
      const day = days.find((each) => each === row.day?.S);
      if (day !== undefined) states.set(day, stateOf(row.destroyedAtMs?.N, row.settledAtMs?.N));
    }
    const left = UnprocessedKeys?.[this.table]?.Keys?.map((key) => key.day?.S) ?? [];
    return days.filter((day) => left.includes(day));
  }
}

function stateOf(destroyedAtMs: string | undefined, settledAtMs: string | undefined): DayKeyState {
  if (destroyedAtMs === undefined) return { kind: 'live' };
  return { kind: settledAtMs === undefined ? 'destroyed' : 'settled', destroyedAtMs: Number(destroyedAtMs) };
}

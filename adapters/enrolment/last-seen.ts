import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { eachAtOnce } from '../stores/at-once';
import { enrolmentKey } from './enrolments';

const notedEveryMs = 15 * 60_000;
const camerasKeptMax = 10_000;
const updatesAtOnce = 8;

export interface LastSeenOptions {
  readonly dynamo: DynamoDBClient;
  readonly sitesTable: string;
  /** Told when a time could not be noted; reads go on. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Notes when cameras were last heard of: at most once a quarter of an hour for each camera and execution environment,
 * so that a busy camera costs about 100 small writes a day and no read ever waits for a second one.
 */
export class LastSeen {
  readonly #notedMs = new Map<string, number>();

  constructor(readonly options: LastSeenOptions) {}

  /** Resolves when it is noted or cannot be; never rejects, so that a camera's reads do not depend on it. */
  async note(cameraIds: Iterable<string>, nowMs: number): Promise<void> {
    const due = [...new Set(cameraIds)].filter(
      (id) => nowMs - (this.#notedMs.get(id) ?? Number.NEGATIVE_INFINITY) >= notedEveryMs,
    );
    if (this.#notedMs.size + due.length > camerasKeptMax) this.#notedMs.clear();
    await eachAtOnce(due, updatesAtOnce, (cameraId) => this.#noteOne(cameraId, nowMs));
  }

  async #noteOne(cameraId: string, nowMs: number): Promise<void> {
    try {
      await this.options.dynamo.send(
        new UpdateItemCommand({
          TableName: this.options.sitesTable,
          Key: enrolmentKey(cameraId),
          UpdateExpression: 'SET lastSeenMs = :now',
          ConditionExpression:
            'attribute_exists(pk) AND (attribute_not_exists(lastSeenMs) OR lastSeenMs < :now)',
          ExpressionAttributeValues: { ':now': { N: String(nowMs) } },
        }),
      );
    } catch (error) {
      // Another environment noted a later time, or the camera was put on the registry by hand and is not enrolled.
      if (!(error instanceof ConditionalCheckFailedException)) return this.options.onFailure(error);
    }
    this.#notedMs.set(cameraId, nowMs);
  }
}

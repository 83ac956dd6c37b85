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

/** One camera in what came at once. */
export interface Heard {
  readonly cameraId: string;
  /**
   * When it says that it sent this, less when this came, milliseconds; unknown of a camera that signs nothing. The way takes
   * time, so this is at most how far its clock is ahead, and the fastest way says it best. Of one that sends nothing but
   * what waited in its spool it says how late that was.
   */
  readonly clockAheadMs?: number;
}

/**
 * Notes when cameras were last heard of, and what their clocks say: at most once a quarter of an hour for each camera and
 * execution environment, so that a busy camera costs about 100 small writes a day and no read ever waits for a second one.
 */
export class LastSeen {
  readonly #notedMs = new Map<string, number>();
  /** The best sight of each clock since it was noted. */
  readonly #aheadMs = new Map<string, number>();

  constructor(readonly options: LastSeenOptions) {}

  /** Resolves when it is noted or cannot be; never rejects, so that a camera's reads do not depend on it. */
  async note(heard: Iterable<Heard>, nowMs: number): Promise<void> {
    const due = new Set<string>();
    if (this.#notedMs.size > camerasKeptMax) {
      this.#notedMs.clear();
      this.#aheadMs.clear();
    }
    for (const { cameraId, clockAheadMs } of heard) {
      if (clockAheadMs !== undefined)
        this.#aheadMs.set(cameraId, Math.max(clockAheadMs, this.#aheadMs.get(cameraId) ?? clockAheadMs));
      if (nowMs - (this.#notedMs.get(cameraId) ?? Number.NEGATIVE_INFINITY) >= notedEveryMs)
        due.add(cameraId);
    }
    await eachAtOnce([...due], updatesAtOnce, (cameraId) => this.#noteOne(cameraId, nowMs));
  }

  async #noteOne(cameraId: string, nowMs: number): Promise<void> {
    const aheadMs = this.#aheadMs.get(cameraId);
    try {
      await this.options.dynamo.send(
        new UpdateItemCommand({
          TableName: this.options.sitesTable,
          Key: enrolmentKey(cameraId),
          UpdateExpression: `SET lastSeenMs = :now${aheadMs === undefined ? '' : ', clockAheadMs = :ahead'}`,
          ConditionExpression:
            'attribute_exists(pk) AND (attribute_not_exists(lastSeenMs) OR lastSeenMs < :now)',
          ExpressionAttributeValues: {
            ':now': { N: String(nowMs) },
            ...(aheadMs === undefined ? {} : { ':ahead': { N: String(aheadMs) } }),
          },
        }),
      );
    } catch (error) {
      // Another environment noted a later time, or the camera was put on the registry by hand and is not enrolled.
      if (!(error instanceof ConditionalCheckFailedException)) return this.options.onFailure(error);
    }
    this.#notedMs.set(cameraId, nowMs);
    this.#aheadMs.delete(cameraId);
  }
}

import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { type CameraRecord, cameraKinds, cameraStatuses } from '../../core/reads/camera';
import { backOff } from '../stores/retry';
import { fromStore, StoreError } from '../stores/store-error';

const camerasPerCall = 100;
const attemptsMax = 5;

const text = z.object({ S: z.string().min(1) }).transform(({ S }) => S);
const number = z.object({ N: z.string() }).transform(({ N }, context) => {
  const value = Number(N);
  if (N !== '' && Number.isFinite(value)) return value;
  context.addIssue({ code: 'custom', message: 'not a number' });
  return z.NEVER;
});

const cameraRow = z.object({
  cameraId: text,
  network: text,
  kind: text.pipe(z.enum(cameraKinds)),
  publicKeyPem: text,
  status: text.pipe(z.enum(cameraStatuses)),
  site: z
    .object({
      M: z.object({
        siteId: text,
        latitude: number,
        longitude: number,
        approvedBy: text,
        approvedAtMs: number,
      }),
    })
    .transform(({ M }) => M)
    .optional(),
});

/** The camera registry (table Cameras), always read strongly: a camera retired now sends nothing from now on. */
export class Cameras {
  constructor(
    readonly dynamo: DynamoDBClient,
    readonly table: string,
  ) {}

  /**
   * Those of the cameras that are enrolled. A row that cannot be understood counts as not enrolled, so that one bad row
   * stops one camera. Throws `StoreError` if the registry cannot be asked.
   */
  async find(cameraIds: Iterable<string>): Promise<ReadonlyMap<string, CameraRecord>> {
    const found = new Map<string, CameraRecord>();
    const ids = [...new Set(cameraIds)];
    for (let at = 0; at < ids.length; at += camerasPerCall) {
      for (const row of await this.#rows(ids.slice(at, at + camerasPerCall))) {
        const camera = cameraOf(row);
        if (camera !== undefined) found.set(camera.cameraId, camera);
      }
    }
    return found;
  }

  async #rows(ids: readonly string[]): Promise<readonly Record<string, AttributeValue>[]> {
    const rows: Record<string, AttributeValue>[] = [];
    let keys: Record<string, AttributeValue>[] = ids.map((cameraId) => ({ cameraId: { S: cameraId } }));
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      if (attempt > 1) await backOff(attempt - 1);
      const Keys = keys;
      const page = await fromStore('cameras', () =>
        this.dynamo.send(
          new BatchGetItemCommand({ RequestItems: { [this.table]: { Keys, ConsistentRead: true } } }),
        ),
      );
      rows.push(...(page.Responses?.[this.table] ?? []));
      keys = page.UnprocessedKeys?.[this.table]?.Keys ?? [];
      if (keys.length === 0) return rows;
    }
    throw new StoreError('unprocessed', 'cameras');
  }
}

function cameraOf(row: Record<string, AttributeValue>): CameraRecord | undefined {
  const parsed = cameraRow.safeParse(row);
  if (!parsed.success) return undefined;
  const { site, ...camera } = parsed.data;
  return { ...camera, ...(site === undefined ? {} : { site }) };
}

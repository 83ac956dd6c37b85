import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { OpenedEvent } from '../../core/audit/log/verifier/check-event';
import { inclusionPath, type Subtree } from '../../core/audit/log/verifier/proofs';
import { subtreesIn, TileMissing, widthIn } from '../../core/audit/log/verifier/tile-files';
import { captureHour } from '../../core/retention/day';
import { LogReader } from '../audit-log/log-reader';
import { fromStore, StoreError } from '../stores/store-error';

/** A path through the tree passes so many tiles at most: eight levels each. */
const tilesMax = 64;

/** An event with what opens its commitment; `undefined`: not stored, or not sealed yet. */
export async function openedEvent(
  options: { readonly dynamo: DynamoDBClient; readonly table: string },
  place: { readonly atMs: number; readonly eventId: string },
): Promise<OpenedEvent | undefined> {
  const at = `${String(place.atMs).padStart(13, '0')}#${place.eventId}`;
  const { Item } = await fromStore('audit events', () =>
    options.dynamo.send(
      new GetItemCommand({
        TableName: options.table,
        Key: { hour: { S: captureHour(place.atMs) }, at: { S: at } },
        ConsistentRead: true,
      }),
    ),
  );
  const [event, commitmentKey, logIndex] = [Item?.event?.S, Item?.commitmentKey?.B, Item?.logIndex?.N];
  if (event === undefined || commitmentKey === undefined || logIndex === undefined) return undefined;
  return { event, commitmentKey, logIndex: Number(logIndex) };
}

/** The hashes that the audit paths of these places need, read from the published tiles. Throws `StoreError`. */
export async function subtreesOf(
  options: { readonly s3: S3Client; readonly bucket: string },
  size: number,
  indexes: readonly number[],
): Promise<Subtree> {
  const log = new LogReader(options);
  const tiles = new Map<string, Uint8Array>();
  const files = { read: (path: string) => tiles.get(path), list: () => tiles.keys() };
  for (const index of indexes)
    for (let fetched = 0; ; fetched++) {
      const missing = missingFor(() => inclusionPath(index, size, subtreesIn(files, size)));
      if (missing === undefined) break;
      if (fetched >= tilesMax) throw new StoreError('unavailable', 'log bucket');
      await fetchTile(log, missing, size, tiles);
    }
  return subtreesIn(files, size);
}

function missingFor(prove: () => unknown): string | undefined {
  try {
    prove();
    return undefined;
  } catch (error) {
    if (error instanceof TileMissing) return error.path;
    throw error;
  }
}

/** The full tile, or where it is not full yet the partial one of that size. */
async function fetchTile(
  log: LogReader,
  path: string,
  size: number,
  tiles: Map<string, Uint8Array>,
): Promise<void> {
  const width = widthOf(path, size);
  for (const each of width < 256 ? [`${path}.p/${width}`, path] : [path]) {
    const bytes = await log.read(each);
    if (bytes === undefined) continue;
    tiles.set(each, bytes);
    return;
  }
  throw new StoreError('unavailable', 'log bucket');
}

function widthOf(path: string, size: number): number {
  const [, level = '0', ...groups] = path.split('/');
  return widthIn(size, Number(level), Number(groups.map((group) => group.replace('x', '')).join('')));
}

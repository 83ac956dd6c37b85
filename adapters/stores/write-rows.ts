import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { eachAtOnce } from './at-once';
import { backOff } from './retry';

export type Row = Record<string, AttributeValue>;

const rowsPerCall = 25;
const attemptsMax = 5;
const callsAtOnce = 4;

export interface WrittenRows {
  /** The rows that are durable; the others failed after five attempts, or their call was refused. */
  readonly written: ReadonlySet<Row>;
  /** Why calls were refused. */
  readonly causes: readonly unknown[];
}

/** Puts rows with distinct keys, replacing what stands there. Four calls of 25 rows are under way at most. */
export async function writeRows(
  dynamo: DynamoDBClient,
  table: string,
  rows: readonly Row[],
): Promise<WrittenRows> {
  const written = new Set<Row>();
  const causes: unknown[] = [];
  const chunks: Row[][] = [];
  for (let at = 0; at < rows.length; at += rowsPerCall) chunks.push(rows.slice(at, at + rowsPerCall));
  await eachAtOnce(chunks, callsAtOnce, async (chunk) => {
    for (const row of await writeChunk(dynamo, table, chunk, causes)) written.add(row);
  });
  return { written, causes };
}

async function writeChunk(
  dynamo: DynamoDBClient,
  table: string,
  chunk: readonly Row[],
  causes: unknown[],
): Promise<Row[]> {
  let left = [...chunk];
  const written: Row[] = [];
  for (let attempt = 1; attempt <= attemptsMax && left.length > 0; attempt++) {
    if (attempt > 1) await backOff(attempt - 1);
    const unprocessed = await writeOnce(dynamo, table, left, causes);
    if (unprocessed === undefined) break;
    const still = left.filter((row) => unprocessed.some((request) => isOf(request, row)));
    written.push(...left.filter((row) => !still.includes(row)));
    left = still;
  }
  return written;
}

/** What the table left undone; `undefined`: the call itself failed (after the client's own retries). */
async function writeOnce(
  dynamo: DynamoDBClient,
  table: string,
  rows: readonly Row[],
  causes: unknown[],
): Promise<readonly WriteRequest[] | undefined> {
  try {
    const { UnprocessedItems } = await dynamo.send(
      new BatchWriteItemCommand({
        RequestItems: { [table]: rows.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
    return UnprocessedItems?.[table] ?? [];
  } catch (cause) {
    causes.push(cause);
    return undefined;
  }
}

/** Rows here carry fresh sealed bytes, which no two rows share. */
function isOf(request: WriteRequest, row: Row): boolean {
  const sealed = request.PutRequest?.Item?.sealed?.B;
  const own = row.sealed?.B;
  return sealed !== undefined && own !== undefined && Buffer.compare(sealed, own) === 0;
}

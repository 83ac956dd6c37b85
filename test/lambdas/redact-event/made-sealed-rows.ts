import {
  type AttributeValue,
  DeleteItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { StoredRedactions } from '../../../adapters/audit-log/redactions';
import { SealedEventRows } from '../../../adapters/audit-log/sealed-rows';
import { type AuditEvent, newEvent } from '../../../core/audit/event';
import { entryOf } from '../../../core/audit/log/commitment';
import { emptyEdge, grow, partialsOf, rootOf } from '../../../core/audit/log/edge';
import type { OpenedEvent } from '../../../core/audit/log/verifier/check-event';
import { createTable, type TestDynamo } from '../../adapters/dynoxide';

type Row = Record<string, AttributeValue>;

const atMs = Date.parse('2026-11-24T11:00:00Z');

export async function createLogTables({ dynamo }: TestDynamo): Promise<void> {
  await createTable(dynamo, {
    name: 'AuditEvents',
    key: [
      ['hour', 'S'],
      ['at', 'S'],
    ],
    index: { name: 'by-place', key: [['logIndex', 'N']] },
  });
  await createTable(dynamo, { name: 'Redactions', key: [['logIndex', 'N']] });
}

/** The log's parts on these tables, through this client. */
export function logParts(dynamo: TestDynamo['dynamo']) {
  const audit = new StoredAuditLog({ dynamo, table: 'AuditEvents' });
  return {
    audit,
    onceAudit: audit,
    rows: new SealedEventRows({ dynamo, table: 'AuditEvents' }),
    redactions: new StoredRedactions({ dynamo, table: 'Redactions' }),
  };
}

/** A search by somebody, the made-up `number`th. */
export function madeUse(number: number, username = 'made-up.officer'): AuditEvent {
  const newId = () => `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`;
  return newEvent(
    { now: () => atMs + number, newId },
    {
      kind: 'answered',
      actor: { kind: 'person', username, agency: 'bloomington-pd', role: 'officer', division: 'patrol' },
      operation: 'search-reads',
      requestId: newId(),
      counts: { reads: number },
      resultIds: [],
    },
  );
}

export async function rowsOf({ dynamo }: TestDynamo): Promise<readonly Row[]> {
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: 'AuditEvents' }));
  return Items;
}

/** Gives each event that waits the next place, as the sealer does, and the tree over all of them. */
export async function seal(server: TestDynamo, known: readonly Uint8Array[] = []) {
  const waiting = (await rowsOf(server))
    .filter((row) => row.unsealed !== undefined)
    .sort((a, b) => ((a.at?.S ?? '') < (b.at?.S ?? '') ? -1 : 1));
  const entries = [...known];
  for (const row of waiting) {
    entries.push(entryOf(row.event?.S ?? '', row.commitmentKey?.B ?? Buffer.of()));
    await server.dynamo.send(
      new UpdateItemCommand({
        TableName: 'AuditEvents',
        Key: { hour: row.hour ?? { S: '' }, at: row.at ?? { S: '' } },
        UpdateExpression: 'SET logIndex = :index REMOVE unsealed',
        ExpressionAttributeValues: { ':index': { N: String(entries.length - 1) } },
      }),
    );
  }
  const { edge, full } = grow(emptyEdge, entries);
  const files = new Map([...full, ...partialsOf(edge)].map(({ path, bytes }) => [path, bytes]));
  return {
    entries,
    checkpoint: { size: edge.size, root: rootOf(edge) },
    files: { read: (path: string) => files.get(path), list: () => files.keys() },
  };
}

/** The rows that open something, as an auditor gets them. */
export async function openings(server: TestDynamo): Promise<readonly OpenedEvent[]> {
  return (await rowsOf(server)).flatMap(({ event, commitmentKey, logIndex }) =>
    event?.S === undefined || commitmentKey?.B === undefined || logIndex?.N === undefined
      ? []
      : [{ event: event.S, commitmentKey: commitmentKey.B, logIndex: Number(logIndex.N) }],
  );
}

export async function emptyLog(server: TestDynamo): Promise<void> {
  for (const { hour, at } of await rowsOf(server))
    if (hour && at)
      await server.dynamo.send(new DeleteItemCommand({ TableName: 'AuditEvents', Key: { hour, at } }));
  const { Items = [] } = await server.dynamo.send(new ScanCommand({ TableName: 'Redactions' }));
  for (const { logIndex } of Items)
    if (logIndex)
      await server.dynamo.send(new DeleteItemCommand({ TableName: 'Redactions', Key: { logIndex } }));
}

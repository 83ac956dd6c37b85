import { randomBytes } from 'node:crypto';
import { BatchWriteItemCommand, CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { ReadsStore } from '../adapters/reads/reads-store';
import { parsePattern } from '../core/plate/pattern';
import type { Plate } from '../core/plate/plate';
import { sealRead } from '../core/reads/sealed-read';
import { type CaptureDay, captureDay, dayMs } from '../core/retention/day';
import { DayKey } from '../core/retention/day-key';
import { mapBounded } from '../core/search/bounded';
import { findReads } from '../core/search/find-reads';
import { startDynamo } from '../test/adapters/local-dynamo';
import { madeRead } from '../test/core/reads/made-read';

const retentionDays = 30;
const perCall = 25;
const callsAtOnce = 4;
const nowMs = Date.parse('2026-11-24T12:00:00Z');

export interface LocalFigures {
  readonly reads: number;
  readonly loadedS: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** For information: exact searches through a local server with as many reads as it takes in `loadMs`, at most `most`. */
export async function measureLocal(
  plates: readonly Plate[],
  { most, loadMs }: { readonly most: number; readonly loadMs: number },
): Promise<LocalFigures> {
  const local = await startDynamo();
  const { dynamo } = local;
  await dynamo.send(
    new CreateTableCommand({
      TableName: 'Reads',
      KeySchema: [
        { AttributeName: 'plateKey', KeyType: 'HASH' },
        { AttributeName: 'placeTime', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'plateKey', AttributeType: 'B' },
        { AttributeName: 'placeTime', AttributeType: 'S' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const keys = new Map<CaptureDay, DayKey>();
  const keyOf = (day: CaptureDay) => {
    const key =
      keys.get(day) ??
      new DayKey({ day, bytes: Buffer.alloc(32, day), expiresAtMs: Infinity, now: () => nowMs, randomBytes });
    keys.set(day, key);
    return key;
  };
  const begunMs = performance.now();
  let reads = 0;
  await mapBounded(Array.from({ length: Math.ceil(most / perCall) }), callsAtOnce, async () => {
    if (performance.now() - begunMs > loadMs) return;
    const puts = Array.from({ length: perCall }, () => {
      const at = reads++;
      const plate = plates[at % plates.length] ?? plates[0];
      if (plate === undefined) throw new Error('no plates');
      const capturedAtMs = nowMs - 3_600_000 - (at % 29) * dayMs - Math.floor(at / 29);
      const readId = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
      const key = keyOf(captureDay(capturedAtMs));
      const row = sealRead(key, madeRead({ plate, capturedAtMs, readId }));
      return {
        PutRequest: {
          Item: {
            plateKey: { B: key.plateKey(plate) },
            placeTime: { S: row.placeTime },
            day: { S: key.day },
            sealed: { B: row.sealed },
          },
        },
      };
    });
    await dynamo.send(new BatchWriteItemCommand({ RequestItems: { Reads: puts } }));
  });
  const loadedS = (performance.now() - begunMs) / 1000;
  const dayKeys = {
    forReading: async (day: CaptureDay) => keyOf(day),
    forWriting: async (day: CaptureDay) => keyOf(day),
  };
  const stores = {
    dayKeys,
    reads: new ReadsStore({ dynamo, table: 'Reads', dayKeys, retentionDays }),
    plateIndex: { find: async () => ({ plates: [], unreadable: 0 }) },
  };
  const timesMs: number[] = [];
  for (let at = 0; at < 200; at++) {
    const pattern = parsePattern(plates[(at * 37) % Math.min(reads, plates.length)] ?? '');
    if (pattern === undefined) continue;
    const searchedMs = performance.now();
    await findReads(stores, {
      pattern,
      fromMs: nowMs - 29 * dayMs,
      toMs: nowMs,
      networks: ['bloomington'],
      limit: 200,
      nowMs,
      retentionDays,
    });
    timesMs.push(performance.now() - searchedMs);
  }
  await local.stop();
  timesMs.sort((a, b) => a - b);
  return { reads, loadedS, medianMs: timesMs[timesMs.length >> 1] ?? 0, p99Ms: timesMs.at(-2) ?? 0 };
}

import { z } from 'zod';
import type { DrawRecord } from '../../core/audit/log/verifier/check-draw';
import type { OpenedEvent } from '../../core/audit/log/verifier/check-event';
import type { ObjectVersion } from '../../core/audit/log/verifier/check-versions';
import { drawRecord } from '../../core/contract/log';

const key = z.object({ Key: z.string() });
const listing = z.object({ Versions: z.array(key).default([]), DeleteMarkers: z.array(key).default([]) });

const row = z.object({
  event: z.object({ S: z.string() }).optional(),
  commitmentKey: z.object({ B: z.base64() }).optional(),
  logIndex: z.object({ N: z.coerce.number() }).optional(),
});

/** What `aws s3api list-object-versions` prints. Throws for anything else. */
export function versionsOf(text: string): readonly ObjectVersion[] {
  const { Versions, DeleteMarkers } = listing.parse(JSON.parse(text));
  return [
    ...Versions.map(({ Key }) => ({ path: Key, isDeleteMarker: false })),
    ...DeleteMarkers.map(({ Key }) => ({ path: Key, isDeleteMarker: true })),
  ];
}

/** The rows that open something of what `aws dynamodb scan` prints. Throws for anything else. */
export function openedRowsIn(text: string): readonly OpenedEvent[] {
  const { Items } = z.object({ Items: z.array(row) }).parse(JSON.parse(text));
  return Items.flatMap(({ event, commitmentKey, logIndex }) =>
    event === undefined || commitmentKey === undefined || logIndex === undefined
      ? []
      : [
          {
            event: event.S,
            commitmentKey: new Uint8Array(Buffer.from(commitmentKey.B, 'base64')),
            logIndex: logIndex.N,
          },
        ],
  );
}

/** The public record of a draw. Throws for anything else. */
export function drawRecordIn(text: string): DrawRecord {
  const { size, rootHash, leaves } = drawRecord.loose().parse(JSON.parse(text));
  return {
    size,
    root: Buffer.from(rootHash, 'base64'),
    leaves: leaves.map(({ index, state, leaf }) => ({
      index,
      state,
      ...(leaf === undefined ? {} : { leaf }),
    })),
  };
}

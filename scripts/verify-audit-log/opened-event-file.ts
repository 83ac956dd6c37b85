import { z } from 'zod';
import { commitmentKeyBytes } from '../../core/audit/log/commitment';
import type { OpenedEvent } from '../../core/audit/log/verifier/check-event';

const base64 = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const key = base64.refine((bytes) => bytes.length === commitmentKeyBytes, 'a commitment key has 32 bytes');

const plain = z.object({ event: z.string(), commitmentKey: key, logIndex: z.int().nonnegative() });

/** What `aws dynamodb get-item` prints of a row of AuditEvents. */
const stored = z
  .object({
    Item: z.object({
      event: z.object({ S: z.string() }),
      commitmentKey: z.object({ B: key }),
      logIndex: z.object({ N: z.coerce.number().pipe(z.int().nonnegative()) }),
    }),
  })
  .transform(({ Item }) => ({
    event: Item.event.S,
    commitmentKey: Item.commitmentKey.B,
    logIndex: Item.logIndex.N,
  }));

const schema = z.union([plain, stored]);

/** An event as an auditor gets it; `undefined` for a file that is none. */
export function parseOpenedEvent(text: string): OpenedEvent | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

import { z } from 'zod';
import type { EarlierVersion } from './month-report';

const number = z.int().nonnegative().nullable();
const line = z.object({ groups: z.array(z.string()), counts: z.record(z.string(), z.int()) });
const figure = z.object({
  total: number,
  tables: z.record(z.string(), z.record(z.string(), number)),
  crossed: z.array(line).optional(),
});
const briefing = z.object({ figures: z.record(z.string(), figure) });
const share = z.object({ count: z.int(), by: z.record(z.string(), z.int()) });
const shares = z.record(z.string(), z.record(z.string(), z.record(z.string(), share)));

/**
 * What an earlier version published to whoever saw most, the board, and who was behind it; the texts are its files. Of a
 * version that kept no shares nothing can be compared, so nothing is published anew. Throws on anything else.
 */
export function parseEarlierVersion(texts: {
  readonly briefing: string;
  readonly shares: string | undefined;
}): EarlierVersion {
  const { figures } = briefing.parse(JSON.parse(texts.briefing));
  return texts.shares === undefined
    ? { figures }
    : { figures, shares: shares.parse(JSON.parse(texts.shares)) };
}

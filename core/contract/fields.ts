import { z } from 'zod';

export const networkId = z.string().min(1).max(40);
export const plateText = z.string().min(2).max(10);
/** ISO 8601 with a zone. */
export const time = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-11-24T10:00:00Z' });
export const position = z.strictObject({ latitude: z.number(), longitude: z.number() });

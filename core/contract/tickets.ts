import { z } from 'zod';
import { time } from './fields';

/** What opens one live connection, once, within 30 seconds. */
export const ticketResponse = z.strictObject({
  ticket: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  expiresAt: time,
});

export type TicketResponse = z.output<typeof ticketResponse>;

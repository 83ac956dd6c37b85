import { z } from 'zod';
import { alert } from './alerts';

/** The query parameter of the live connection's address that carries the ticket. */
export const ticketParameter = 'ticket';

/**
 * What a live connection receives. An alert comes again when somebody took it further or it was seen at another camera,
 * and may come twice as it was: what has the same `alertId`, `state`, tasks and trail is a repeat.
 */
export const liveMessage = z.strictObject({ kind: z.literal('alert'), alert });

/** Sent by the client to keep the connection: the gateway ends what is silent for 10 minutes. Never answered. */
export const keepAliveMessage = JSON.stringify({ kind: 'keep-alive' });
export const keepAliveEveryMs = 5 * 60_000;
/** The gateway ends every connection after 2 hours: a client opens its next one before, then drops this one. */
export const renewConnectionAfterMs = 110 * 60_000;

export type LiveMessage = z.output<typeof liveMessage>;

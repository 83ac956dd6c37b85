import { z } from 'zod';
import { ticketParameter } from '../../core/contract/live-alerts';

const admission = z.object({
  type: z.literal('REQUEST'),
  methodArn: z.string(),
  queryStringParameters: z.record(z.string(), z.string()).nullish(),
  requestContext: z.object({ identity: z.object({ sourceIp: z.string() }) }),
});

const opened = z.object({
  requestContext: z.object({
    eventType: z.literal('CONNECT'),
    connectionId: z.string().min(1),
    connectedAt: z.number(),
    identity: z.object({ sourceIp: z.string() }),
    authorizer: z.object({ principalId: z.string().min(1) }),
  }),
});

const closed = z.object({
  requestContext: z.object({ eventType: z.literal('DISCONNECT'), connectionId: z.string().min(1) }),
});

const socketEvent = z.union([admission, opened, closed]);

/** What the gateway of live connections sends. */
export type SocketEvent =
  | {
      readonly kind: 'admission';
      readonly methodArn: string;
      readonly ticket: string;
      readonly address: string;
    }
  | {
      readonly kind: 'opened';
      readonly connectionId: string;
      readonly connectedAtMs: number;
      readonly address: string;
      readonly username: string;
    }
  | { readonly kind: 'closed'; readonly connectionId: string };

/** Throws for anything else: then the gateway is not wired as designed. */
export function parseSocketEvent(event: unknown): SocketEvent {
  const parsed = socketEvent.parse(event);
  if ('type' in parsed)
    return {
      kind: 'admission',
      methodArn: parsed.methodArn,
      ticket: parsed.queryStringParameters?.[ticketParameter] ?? '',
      address: parsed.requestContext.identity.sourceIp,
    };
  const { requestContext } = parsed;
  if (requestContext.eventType === 'DISCONNECT')
    return { kind: 'closed', connectionId: requestContext.connectionId };
  return {
    kind: 'opened',
    connectionId: requestContext.connectionId,
    connectedAtMs: requestContext.connectedAt,
    address: requestContext.identity.sourceIp,
    username: requestContext.authorizer.principalId,
  };
}

import { z } from 'zod';
import type { LiveConnection } from '../../core/alerts/ports';
import { ticketParameter } from '../../core/contract/live-alerts';
import { deviceFacts } from '../../core/people/person';

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
    /** What the authorizer handed on. */
    authorizer: z.object({
      principalId: z.string().min(1),
      device: z.enum(deviceFacts),
      deviceId: z.string().min(1).optional(),
      sessionId: z.string().min(1).optional(),
    }),
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
  | { readonly kind: 'opened'; readonly connection: LiveConnection }
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
  const { principalId: username, device, deviceId, sessionId } = requestContext.authorizer;
  const connection: LiveConnection = {
    connectionId: requestContext.connectionId,
    connectedAtMs: requestContext.connectedAt,
    address: requestContext.identity.sourceIp,
    username,
    device,
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
  return { kind: 'opened', connection };
}

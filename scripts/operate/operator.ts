import { randomUUID } from 'node:crypto';
import type { EventSource } from '../../core/audit/event';

/** How the log names what the platform team does with its own AWS credentials. */
export const operator = { kind: 'system', name: 'operator' } as const;

export const systemEvents: EventSource = { now: () => Date.now(), newId: () => randomUUID() };

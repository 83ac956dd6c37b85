import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { z } from 'zod';
import { type AlertRecord, inOrder } from '../../core/alerts/alert-record';
import type { CaptureDay } from '../../core/retention/day';
import type { DayKey } from '../../core/retention/day-key';
import {
  acknowledgementPart,
  dispositionPart,
  notificationPart,
  raisedPart,
  sightingPart,
  verificationPart,
} from './alert-parts';
import { openPart } from './sealed-part';

export type AlertRow = Record<string, AttributeValue>;

/** The sealed attributes of a row: the alert as raised, and what was done with it. */
export type SealedPart =
  | 'sealed'
  | 'acknowledgement'
  | 'verification'
  | 'disposition'
  /** One under each read's id. */
  | `trail|${string}`
  /** One under each neighbour's id. */
  | `notifications|${string}`;

/** Binds a sealed attribute to its row, its day and its own name: none opens in the place of another. */
export function contextOf(day: CaptureDay, alertId: string, part: SealedPart = 'sealed'): string {
  return part === 'sealed' ? `alert|${day}|${alertId}` : `alert|${day}|${alertId}|${part}`;
}

/**
 * A row as it stands. `unreadable`: altered, moved or damaged, in any of its parts; `undefined`: its day is forgotten
 * by now. The state is that of the sealed parts, whatever the row says in clear.
 */
export function openRow(key: DayKey, row: AlertRow): AlertRecord | 'unreadable' | undefined {
  const open = new OpenRow(key, row);
  const alert = open.part('sealed', row.sealed, raisedPart);
  const acknowledgement = open.optional('acknowledgement', acknowledgementPart);
  const verification = open.optional('verification', verificationPart);
  const disposition = open.optional('disposition', dispositionPart);
  const trail = open.all('trail', sightingPart);
  const notifications = open.all('notifications', notificationPart);
  if (open.isForgotten) return undefined;
  if (open.isUnreadable || alert === undefined) return 'unreadable';
  const escalatedAtMs = Number(row.escalatedAtMs?.N ?? Number.NaN);
  return {
    alert: { ...alert, state: verification?.outcome ?? (acknowledgement ? 'acknowledged' : 'open') },
    trail: inOrder(trail),
    notifications,
    ...(acknowledgement === undefined ? {} : { acknowledgement }),
    ...(verification === undefined ? {} : { verification }),
    ...(disposition === undefined ? {} : { disposition }),
    ...(Number.isSafeInteger(escalatedAtMs) ? { escalatedAtMs } : {}),
  };
}

/** Opens parts and remembers whether one did not. */
class OpenRow {
  isUnreadable = false;
  isForgotten = false;
  readonly #alertId: string;

  constructor(
    readonly key: DayKey,
    readonly row: AlertRow,
  ) {
    this.#alertId = row.alertId?.S ?? '';
  }

  part<T>(name: SealedPart, attribute: AttributeValue | undefined, schema: z.ZodType<T>): T | undefined {
    const part = openPart(this.key, attribute?.B, contextOf(this.key.day, this.#alertId, name), schema);
    if (part === 'unreadable') this.isUnreadable = true;
    else if (part === undefined) this.isForgotten = true;
    else return part;
    return undefined;
  }

  optional<T>(name: 'acknowledgement' | 'verification' | 'disposition', schema: z.ZodType<T>): T | undefined {
    const attribute = this.row[name];
    return attribute && this.part(name, attribute, schema);
  }

  all<T>(name: 'trail' | 'notifications', schema: z.ZodType<T>): T[] {
    const parts = Object.entries(this.row[name]?.M ?? {});
    return parts.flatMap(([id, attribute]) => this.part(`${name}|${id}`, attribute, schema) ?? []);
  }
}

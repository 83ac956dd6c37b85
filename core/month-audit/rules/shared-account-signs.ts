import type { Role } from '../../access/roles';
import type { AuditEvent, Device } from '../../audit/event';
import { type EventRef, evidenceMax, type MonthFinding, severityFrom } from '../month-finding';
import type { MonthRule } from '../rule';

const withinMs = 30 * 60_000;
const touchesMax = 40;
const steps = { low: 1, medium: 3, high: 12 };

interface Touch extends EventRef {
  /** Who holds it: the phone itself, or the address of a console and its sign-in. */
  readonly hand: string;
  readonly isPhone: boolean;
}

interface Hands {
  readonly username: string;
  role: Role;
  recent: Touch[];
  turns: number;
  refs: EventRef[];
}

/**
 * One account in two hands at once (Access-C): A, then B, then A again within half an hour, where A and B are
 * two consoles at different addresses, or two phones. A console and a phone are one officer's; signing in anew never
 * goes back; a phone's address changes as it drives.
 */
export class SharedAccountSigns implements MonthRule {
  readonly #users = new Map<string, Hands>();

  add(event: AuditEvent): void {
    if (!('device' in event) || event.device === undefined || event.actor.kind !== 'person') return;
    const touch = touchOf(event, event.device);
    if (touch === undefined) return;
    const { username, role } = event.actor;
    const user: Hands = this.#users.get(username) ?? { username, role, recent: [], turns: 0, refs: [] };
    user.role = role;
    this.#users.set(username, user);
    look(user, touch);
  }

  finish(): readonly MonthFinding[] {
    return [...this.#users.values()].flatMap((user) => {
      const severity = severityFrom(user.turns, steps);
      if (severity === undefined) return [];
      const { username, role, turns, refs } = user;
      return [
        {
          kind: 'shared-account-signs' as const,
          severity,
          username,
          role,
          cause: 'month',
          clause: 'Access-C',
          summary: `The account went back and forth between two devices ${turns} times within minutes.`,
          evidence: refs,
          count: turns,
        },
      ];
    });
  }
}

function touchOf({ eventId, atMs }: EventRef, device: Device): Touch | undefined {
  const { proven, deviceId, address } = device;
  if (proven === 'machine') return undefined;
  if (proven === 'department-phone')
    return deviceId === undefined ? undefined : { eventId, atMs, hand: deviceId, isPhone: true };
  return { eventId, atMs, hand: address, isPhone: false };
}

function look(user: Hands, touch: Touch): void {
  const recent = user.recent.filter(
    ({ atMs, isPhone }) => touch.atMs - atMs <= withinMs && isPhone === touch.isPhone,
  );
  const other = recent.findLastIndex(({ hand }) => hand !== touch.hand);
  const isBack = other > 0 && recent.slice(0, other).some(({ hand }) => hand === touch.hand);
  const isNewTurn = recent.at(-1)?.hand !== touch.hand;
  if (isBack && isNewTurn) {
    user.turns++;
    if (user.refs.length < evidenceMax) user.refs.push({ eventId: touch.eventId, atMs: touch.atMs });
  }
  user.recent = [...user.recent.filter(({ atMs }) => touch.atMs - atMs <= withinMs), touch].slice(
    -touchesMax,
  );
}

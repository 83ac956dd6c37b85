import type { AuditEvent, Device } from '../../core/audit/event';
import type { FiledNumber } from '../../core/cases/ports';
import type { Chance } from './chance';
import type { Member } from './staff';

const minuteMs = 60_000;

export interface Look {
  readonly atMs: number;
  readonly plate: string;
  readonly number?: FiledNumber;
  readonly phrase?: string;
  readonly purpose?: 'felony' | 'crime-against-person' | 'hit-and-run' | 'missing-person' | 'exigent';
  readonly isUnclosed?: boolean;
  /** The console or phone; the desk of the station unless named. */
  readonly device?: Device;
}

type Facts<Event> = Event extends AuditEvent ? Omit<Event, 'version' | 'eventId'> : never;

/** The events of a simulated year, and the numbers that the Department gave out. */
export class Ledger {
  readonly events: AuditEvent[] = [];
  readonly numbers = new Set<string>();
  /** Whose training ran out, and when. */
  readonly trainedUntil = new Map<string, number>();
  #ids = 0;
  readonly #last = { cases: 0, calls: 0 };

  constructor(
    readonly chance: Chance,
    readonly startMs: number,
  ) {}

  newCase(): FiledNumber {
    const year = new Date(this.startMs).getUTCFullYear();
    return this.#given({
      kind: 'case-number',
      text: `${year}-${String(this.#next('cases')).padStart(7, '0')}`,
    });
  }

  newCall(): FiledNumber {
    const year = new Date(this.startMs).getUTCFullYear() % 100;
    return this.#given({
      kind: 'cad-number',
      text: `${year}-${String(this.#next('calls')).padStart(7, '0')}`,
    });
  }

  knows({ kind, text }: FiledNumber): boolean {
    return this.numbers.has(`${kind} ${text}`);
  }

  #next(of: 'cases' | 'calls'): number {
    this.#last[of] += this.chance.between(1, 3);
    return this.#last[of];
  }

  #given(number: FiledNumber): FiledNumber {
    this.numbers.add(`${number.kind} ${number.text}`);
    return number;
  }

  newId(): string {
    const id = String(++this.#ids).padStart(12, '0');
    return `51a7e000-0000-4000-8000-${id}`;
  }

  add(facts: Facts<AuditEvent>): AuditEvent {
    const event = { ...facts, version: 1, eventId: this.newId() } as const;
    this.events.push(event);
    return event;
  }

  look(member: Member, look: Look): AuditEvent {
    const { atMs, plate, number, phrase, purpose = 'felony' } = look;
    const who = {
      actor: actorOf(member),
      operation: 'search-reads',
      device: look.device ?? desk(member),
      requestId: this.newId(),
    };
    const asked = this.add({
      kind: 'requested',
      ...who,
      atMs,
      queried: { plate },
      networksInScope: ['bloomington'],
      purpose:
        purpose === 'exigent'
          ? {
              kind: purpose,
              lawEnforcementPurpose: 'Made-up emergency',
              justification: 'A made-up justification of some length',
            }
          : { kind: purpose },
      reason: reasonOf(number, phrase),
      decision: { outcome: 'permit', rules: ['search'] },
    });
    if (!look.isUnclosed)
      this.add({
        kind: 'answered',
        ...who,
        atMs: atMs + 400,
        counts: { reads: this.chance.between(0, 9) },
        resultIds: [],
      });
    return asked;
  }

  refuse(
    member: Member,
    refusal: { atMs: number; plate: string; clause: string; message: string },
  ): AuditEvent {
    const { atMs, plate, clause, message } = refusal;
    return this.add({
      kind: 'refused',
      actor: actorOf(member),
      operation: 'search-reads',
      device: desk(member),
      atMs,
      queried: { plate },
      decision: { outcome: 'deny', clause, message, rules: ['reason-words'] },
    });
  }

  duty(member: Member, fromMs: number, toMs: number): void {
    const actor = actorOf(member);
    this.add({
      kind: 'person-changed',
      actor,
      atMs: fromMs,
      username: member.username,
      change: 'duty-begun',
    });
    this.add({ kind: 'person-changed', actor, atMs: toMs, username: member.username, change: 'duty-ended' });
  }
}

export function actorOf({ username, agency, role, division }: Member) {
  return { kind: 'person', username, agency, role, division } as const;
}

export function desk(member: Member): Device {
  return { address: '203.0.113.7', sessionId: `session-${member.username}`, proven: 'department-console' };
}

export function phoneOf(member: Member, chance: Chance): Device {
  return {
    address: `198.51.100.${chance.between(1, 254)}`,
    sessionId: `phone-session-${member.username}`,
    proven: 'department-phone',
    deviceId: member.phone,
  };
}

/** A made-up plate, seldom the same again. */
export function anyPlate(chance: Chance): string {
  return `SIM${chance
    .between(0, 36 ** 4 - 1)
    .toString(36)
    .toUpperCase()
    .padStart(4, '0')}`;
}

export function minutes(count: number): number {
  return count * minuteMs;
}

function reasonOf(number: FiledNumber | undefined, phrase: string | undefined) {
  if (number?.kind === 'case-number') return { kind: 'case-number', caseNumber: number.text } as const;
  if (number?.kind === 'cad-number') return { kind: 'cad-number', cadNumber: number.text } as const;
  return { kind: 'phrase', phrase: phrase ?? 'Stolen Vehicle' } as const;
}

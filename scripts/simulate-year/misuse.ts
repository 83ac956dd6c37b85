import type { MonthFindingKind } from '../../core/month-audit/month-finding';
import type { Chance } from './chance';
import { phraseOf } from './honest-work';
import { actorOf, anyPlate, desk, type Ledger, minutes } from './ledger';
import type { Member } from './staff';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What was planted, and which findings tell it. */
export interface Planted {
  readonly misuse: MisuseKind;
  readonly username: string;
  readonly fromMs: number;
  readonly toldBy: readonly MonthFindingKind[];
}

interface Ground {
  readonly ledger: Ledger;
  readonly member: Member;
  readonly chance: Chance;
  /** Midnight UTC of a day in the year with 40 days after it. */
  readonly atMs: number;
}

interface Misuse {
  readonly toldBy: readonly MonthFindingKind[];
  /** Whether somebody can do it who works as this member does. */
  readonly fits?: (member: Member) => boolean;
  readonly plant: (ground: Ground) => void;
}

const excuses = [
  'Stolen Vehicle',
  'Missing Person',
  'possible burglary suspect',
  'hit and run last week',
  'threats reported, same car',
];

/** Each kind, in forms that differ by chance: how often, when, and what excuse is given. */
export const misuses = {
  'same-plate-again': {
    toldBy: ['repeated-plate', 'plate-over-weeks'],
    plant: ({ ledger, member, chance, atMs }) => {
      const plate = anyPlate(chance);
      const days = chance.between(4, 12);
      for (let day = 0; day < days; day++)
        for (let left = chance.between(1, 3); left > 0; left--)
          ledger.look(member, {
            atMs: onShift(ledger, member, atMs + day * dayMs, chance),
            plate: spelled(plate, chance),
            phrase: chance.of(excuses),
          });
    },
  },
  'same-plate-over-weeks': {
    toldBy: ['plate-over-weeks', 'repeated-plate'],
    plant: ({ ledger, member, chance, atMs }) => {
      const plate = anyPlate(chance);
      const isScattered = chance.isTrue(0.3);
      for (let week = 0; week < 5; week++)
        for (let left = chance.between(1, 2); left > 0; left--)
          ledger.look(member, {
            atMs: onShift(ledger, member, atMs + (week * 7 + chance.between(0, 1)) * dayMs, chance),
            plate: spelled(plate, chance),
            ...(isScattered ? { number: ledger.newCall() } : { phrase: phraseOf(member) }),
          });
    },
  },
  'off-duty': {
    toldBy: ['off-duty-use', 'isolated-session'],
    fits: ({ saysDuty, busy }) => saysDuty && busy > 0.5,
    plant: ({ ledger, member, chance, atMs }) => {
      const sittings = chance.between(4, 9);
      for (let sitting = 0; sitting < sittings; sitting++) {
        const fromMs = offShift(ledger, member, atMs + sitting * 3 * dayMs, chance);
        for (let left = chance.between(1, 3); left > 0; left--)
          ledger.look(member, {
            atMs: fromMs + minutes(left * 4),
            plate: anyPlate(chance),
            phrase: chance.of(excuses),
          });
      }
    },
  },
  'lone-sessions': {
    toldBy: ['isolated-session', 'off-duty-use'],
    fits: ({ busy, shifts }) => busy > 1 && shifts.length === 1,
    plant: ({ ledger, member, chance, atMs }) => {
      const plate = chance.isTrue(0.5) ? anyPlate(chance) : undefined;
      const sittings = chance.between(4, 8);
      for (let sitting = 0; sitting < sittings; sitting++)
        ledger.look(member, {
          atMs: offShift(ledger, member, atMs + sitting * 3 * dayMs, chance),
          plate: plate ?? anyPlate(chance),
          phrase: chance.of(excuses),
        });
    },
  },
  bulk: {
    toldBy: ['bulk-use'],
    plant: ({ ledger, member, chance, atMs }) => {
      const fromMs = onShift(ledger, member, atMs, chance);
      const isOneCall = chance.isTrue(0.3);
      const number = isOneCall ? ledger.newCall() : undefined;
      for (let left = chance.between(isOneCall ? 90 : 45, 180); left > 0; left--)
        ledger.look(member, {
          atMs: fromMs + Math.floor(chance.next() * 50 * 60_000),
          plate: anyPlate(chance),
          ...(number === undefined ? { phrase: chance.of(excuses) } : { number }),
        });
    },
  },
  'vague-reasons': {
    toldBy: ['vague-reasons', 'copied-reasons'],
    fits: ({ role }) => role === 'officer' || role === 'dispatcher' || role === 'supervisor',
    plant: ({ ledger, member, chance, atMs }) => {
      const own = chance.between(45, 70);
      for (let left = own; left > 0; left--)
        ledger.look(member, {
          atMs: onShift(ledger, member, atMs + chance.between(0, 20) * dayMs, chance),
          plate: anyPlate(chance),
          phrase: chance.of([
            'green sedan',
            'seen before',
            'male driver',
            'talk later',
            'neighbor asked',
            'parked there',
            'followup later',
            'out-of-town sedan',
          ]),
        });
    },
  },
  'copied-reasons': {
    toldBy: ['copied-reasons'],
    plant: ({ ledger, member, chance, atMs }) => {
      const text = chance.of([
        'Robbery at the pharmacy on Main, two men in a dark sedan fled',
        'person of interest in ongoing matter',
        'subject matches description given at briefing',
      ]);
      const call = chance.isTrue(0.3) ? ledger.newCall() : undefined;
      for (let left = chance.between(25, 45); left > 0; left--)
        ledger.look(member, {
          atMs: onShift(ledger, member, atMs + chance.between(0, 22) * dayMs, chance),
          plate: anyPlate(chance),
          ...(call === undefined
            ? { phrase: chance.isTrue(0.5) ? text : `${text} ${left}` }
            : { number: call }),
        });
    },
  },
  'prohibited-purpose': {
    toldBy: ['prohibited-attempts'],
    plant: ({ ledger, member, chance, atMs }) => {
      const [clause, what] = chance.of([
        ['Policy-C', 'immigration enforcement'],
        ['Storage-E', 'lawful health care (625 ILCS 5/2-130)'],
        ['Access-A', 'a lawful event, an opinion or an association'],
        ['Policy-C', 'towing'],
      ] as const);
      for (let day = chance.between(2, 3) - 1; day >= 0; day--) {
        const fromMs = onShift(ledger, member, atMs + day * 2 * dayMs, chance);
        const plate = anyPlate(chance);
        ledger.refuse(member, {
          atMs: fromMs,
          plate,
          clause,
          message: `No plate may be searched for ${what}.`,
        });
        if (chance.isTrue(0.5))
          ledger.look(member, { atMs: fromMs + minutes(3), plate, phrase: chance.of(excuses) });
      }
    },
  },
  'shared-account': {
    toldBy: ['shared-account-signs'],
    plant: ({ ledger, member, chance, atMs }) => {
      const fromMs = onShift(ledger, member, atMs, chance);
      for (let turn = chance.between(8, 20) - 1; turn >= 0; turn--)
        ledger.look(member, {
          atMs: fromMs + turn * minutes(4) + minutes(chance.between(0, 3)),
          plate: anyPlate(chance),
          number: ledger.newCall(),
          device:
            turn % 2 === 0
              ? desk(member)
              : { ...desk(member), address: '203.0.113.88', sessionId: `second-${member.username}` },
        });
    },
  },
  unclosed: {
    toldBy: ['unclosed'],
    plant: ({ ledger, member, chance, atMs }) => {
      for (let day = chance.between(5, 9) - 1; day >= 0; day--)
        ledger.look(member, {
          atMs: onShift(ledger, member, atMs + day * dayMs, chance),
          plate: anyPlate(chance),
          number: ledger.newCall(),
          isUnclosed: true,
        });
    },
  },
  'made-up-numbers': {
    toldBy: ['unknown-number', 'repeated-plate', 'plate-over-weeks'],
    fits: ({ busy }) => busy < 3,
    plant: ({ ledger, member, chance, atMs }) => {
      for (let left = chance.between(20, 40); left > 0; left--)
        ledger.look(member, {
          atMs: onShift(ledger, member, atMs + chance.between(0, 20) * dayMs, chance),
          plate: anyPlate(chance),
          number: {
            kind: 'case-number',
            text: `2019-${String(chance.between(100_000, 9_999_999)).padStart(7, '0')}`,
          },
        });
    },
  },
  'exigent-habit': {
    toldBy: ['exigent-use'],
    plant: ({ ledger, member, chance, atMs }) => {
      for (let left = chance.between(9, 12) - 1; left >= 0; left--)
        ledger.look(member, {
          atMs: onShift(ledger, member, atMs + left * 2 * dayMs, chance),
          plate: anyPlate(chance),
          phrase: chance.of(excuses),
          purpose: 'exigent',
        });
    },
  },
  untrained: {
    toldBy: ['training-lapsed'],
    plant: ({ ledger, member, chance, atMs }) => {
      ledger.trainedUntil.set(member.username, atMs);
      ledger.look(member, {
        atMs: onShift(ledger, member, atMs + 2 * dayMs, chance),
        plate: anyPlate(chance),
        number: ledger.newCall(),
      });
    },
  },
  'entry-kept-alive': {
    toldBy: ['entry-not-handed-over'],
    fits: ({ role }) => role === 'commander',
    plant: ({ ledger, member, chance, atMs }) => {
      for (let day = chance.between(7, 12) - 1; day >= 0; day--) {
        const fromMs = onShift(ledger, member, atMs + day * dayMs, chance);
        ledger.add({
          kind: 'hot-list-changed',
          actor: actorOf(member),
          atMs: fromMs,
          entryId: ledger.newId(),
          change: 'requested',
          expiresAtMs: fromMs + 7 * hourMs,
        });
      }
    },
  },
} as const satisfies Readonly<Record<string, Misuse>>;

export type MisuseKind = keyof typeof misuses;
export const misuseKinds = Object.keys(misuses).filter((kind): kind is MisuseKind => kind in misuses);

export function plant(misuse: MisuseKind, ground: Ground): Planted {
  const { toldBy, plant: act } = misuses[misuse];
  act(ground);
  return { misuse, username: ground.member.username, fromMs: ground.atMs, toldBy };
}

export function fits(misuse: MisuseKind, member: Member): boolean {
  const each: Misuse = misuses[misuse];
  return each.fits?.(member) ?? true;
}

function onShift(ledger: Ledger, member: Member, dayStart: number, chance: Chance): number {
  return shiftMs(ledger, member, dayStart) + chance.between(1, 6) * hourMs + minutes(chance.between(0, 59));
}

/** The member went home hours ago, and comes back in hours. */
function offShift(ledger: Ledger, member: Member, dayStart: number, chance: Chance): number {
  return shiftMs(ledger, member, dayStart) + chance.between(15, 19) * hourMs + minutes(chance.between(0, 59));
}

function shiftMs(ledger: Ledger, { shifts }: Member, dayStart: number): number {
  const block = Math.floor((dayStart - ledger.startMs) / dayMs / 28);
  return dayStart + ((shifts[block % shifts.length] ?? 7) + 5) * hourMs;
}

/** Written a little differently each time. */
function spelled(plate: string, chance: Chance): string {
  return chance.of([
    plate,
    plate.toLowerCase(),
    `${plate.slice(0, 3)} ${plate.slice(3)}`,
    `${plate.slice(0, 3)}-${plate.slice(3)}`,
  ]);
}

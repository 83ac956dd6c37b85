import type { Role } from '../../core/access/roles';
import type { Chance } from './chance';

/** Somebody with access, and how that person works. */
export interface Member {
  readonly username: string;
  readonly role: Role;
  readonly agency: string;
  readonly division: string;
  /** Day of the year on which the access begins, and the one on which it ends. */
  readonly from: number;
  readonly to: number;
  /** Hour at which the shift starts, by the block of days; one for who never rotates. */
  readonly shifts: readonly number[];
  readonly saysDuty: boolean;
  /** Searches of a shift, on average. */
  readonly busy: number;
  readonly reasons: { readonly caseNumber: number; readonly cadNumber: number };
  /** How the person writes a phrase. */
  readonly writes: 'given' | 'short' | 'full';
  readonly habit: string;
  readonly phone: string;
  readonly chance: Chance;
}

interface Kind {
  readonly role: Role;
  readonly share: number;
  readonly division: string;
  readonly shifts: readonly number[];
  readonly busy: readonly [number, number];
  readonly reasons: readonly [number, number];
  readonly saysDuty: number;
}

const kinds: readonly Kind[] = [
  {
    role: 'officer',
    share: 0.55,
    division: 'patrol',
    shifts: [7, 15, 23],
    busy: [0.5, 6],
    reasons: [0.15, 0.55],
    saysDuty: 1,
  },
  {
    role: 'dispatcher',
    share: 0.09,
    division: 'communications',
    shifts: [6, 14, 22],
    busy: [1, 7],
    reasons: [0.02, 0.8],
    saysDuty: 0.5,
  },
  {
    role: 'detective',
    share: 0.13,
    division: 'criminal-investigations',
    shifts: [8],
    busy: [1, 5],
    reasons: [0.75, 0.1],
    saysDuty: 0.3,
  },
  {
    role: 'analyst',
    share: 0.03,
    division: 'ciau',
    shifts: [8],
    busy: [4, 15],
    reasons: [0.9, 0.02],
    saysDuty: 0,
  },
  {
    role: 'supervisor',
    share: 0.07,
    division: 'patrol',
    shifts: [7, 15, 23],
    busy: [0.2, 2],
    reasons: [0.3, 0.4],
    saysDuty: 0.9,
  },
  {
    role: 'lieutenant',
    share: 0.02,
    division: 'criminal-investigations',
    shifts: [8],
    busy: [0.1, 1],
    reasons: [0.6, 0.2],
    saysDuty: 0.2,
  },
  {
    role: 'commander',
    share: 0.03,
    division: 'patrol',
    shifts: [7, 15, 23],
    busy: [0.1, 1],
    reasons: [0.4, 0.3],
    saysDuty: 0.5,
  },
  {
    role: 'partner-officer',
    share: 0.08,
    division: 'patrol',
    shifts: [6, 18],
    busy: [0.2, 2],
    reasons: [0.3, 0.3],
    saysDuty: 0,
  },
];

const habits = [
  'Possible stolen vehicle',
  'stolen vehicle',
  'Burglary suspect',
  'hit and run suspect',
  'Theft, fled the scene',
];

/** A department of so many users: shifts that stay, rotate or lie at night, new hires, and people who leave. */
export function makeStaff(count: number, days: number, chance: Chance): readonly Member[] {
  return Array.from({ length: count }, (_, at) => {
    const kind = kindAt(at / count);
    const share = chance.next();
    const fixed = chance.of(kind.shifts);
    return {
      username: `${kind.role}-${String(at + 1).padStart(4, '0')}`,
      role: kind.role,
      agency: kind.role === 'partner-officer' ? 'normal-pd' : 'bloomington-pd',
      division: kind.division,
      from: chance.isTrue(0.12) ? chance.between(1, days - 20) : 0,
      to: chance.isTrue(0.06) ? chance.between(60, days) : days,
      shifts: kind.role === 'officer' && chance.isTrue(0.25) ? kind.shifts : [fixed],
      saysDuty: chance.isTrue(kind.saysDuty),
      busy: kind.busy[0] + (kind.busy[1] - kind.busy[0]) * share * share,
      reasons: {
        caseNumber: kind.reasons[0] * (0.6 + chance.next() * 0.5),
        cadNumber: kind.reasons[1] * (0.5 + chance.next() * 0.6),
      },
      writes: chance.of(['given', 'given', 'short', 'full', 'full'] as const),
      habit: chance.of(habits),
      phone: `phone-${at + 1}`,
      chance: chance.fork(),
    };
  });
}

function kindAt(share: number): Kind {
  let up = 0;
  for (const kind of kinds) {
    up += kind.share;
    if (share < up) return kind;
  }
  const [first] = kinds;
  if (first === undefined) throw new RangeError('no kinds of staff');
  return first;
}

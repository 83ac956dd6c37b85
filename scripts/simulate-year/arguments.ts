import { parseArgs } from 'node:util';
import { type MisuseKind, misuseKinds } from './misuse';

export interface Arguments {
  readonly seed: number;
  readonly users: number;
  readonly cameras: number;
  readonly misuse: ReadonlyMap<MisuseKind, number>;
  readonly faults: number;
  readonly help: boolean;
}

export class ArgumentsError extends Error {
  readonly code = 'arguments';
}

export const help = `npm run simulate:year -- [--seed N] [--users 300] [--cameras 60] [--misuse MIX]

Makes a year of audit events, plants misuse in it, audits each month and says what was found of it.

MIX   none | even | heavy | stalking | careless, or kinds with counts: bulk=4,off-duty=2
      kinds: ${misuseKinds.join(', ')}`;

const stalking: readonly MisuseKind[] = [
  'same-plate-again',
  'same-plate-over-weeks',
  'lone-sessions',
  'off-duty',
  'prohibited-purpose',
];
const careless: readonly MisuseKind[] = [
  'vague-reasons',
  'copied-reasons',
  'unclosed',
  'made-up-numbers',
  'shared-account',
  'exigent-habit',
];

/** Throws `ArgumentsError`. */
export function parseArguments(args: readonly string[]): Arguments {
  const { values } = parse(args);
  const misuse = mixOf(values.misuse);
  return {
    seed: whole('seed', values.seed, 0, 2 ** 32 - 1),
    users: whole('users', values.users, 50, 5_000),
    cameras: whole('cameras', values.cameras, 1, 1_000),
    misuse,
    faults: misuse.size === 0 ? 0 : 2,
    help: values.help,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: '1' },
        users: { type: 'string', default: '300' },
        cameras: { type: 'string', default: '60' },
        misuse: { type: 'string', default: 'even' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new ArgumentsError(cause instanceof Error ? cause.message : 'cannot be read', { cause });
  }
}

function mixOf(text: string): ReadonlyMap<MisuseKind, number> {
  const each = (kinds: readonly MisuseKind[], count: number) =>
    new Map(kinds.map((kind) => [kind, count] as const));
  if (text === 'none') return new Map();
  if (text === 'even') return each(misuseKinds, 2);
  if (text === 'heavy') return each(misuseKinds, 4);
  if (text === 'stalking') return each(stalking, 6);
  if (text === 'careless') return each(careless, 6);
  return new Map(text.split(',').map(countOf));
}

function countOf(part: string): readonly [MisuseKind, number] {
  const [name = '', count = '1'] = part.split('=');
  const kind = misuseKinds.find((each) => each === name.trim());
  if (kind === undefined)
    throw new ArgumentsError(`--misuse knows no ${name}; it knows ${misuseKinds.join(', ')}`);
  return [kind, whole(kind, count, 0, 1_000)];
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new ArgumentsError(`--${name} must be a whole number from ${least} to ${most}`);
}

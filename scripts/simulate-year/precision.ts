import type { MonthFinding, MonthFindingKind } from '../../core/month-audit/month-finding';
import type { SimulatedYear } from './year';

export interface Precision {
  /** By kind of misuse: how many were planted, and how many of them were found, at medium or higher. */
  readonly rows: readonly { readonly misuse: string; readonly planted: number; readonly found: number }[];
  readonly missed: readonly string[];
  readonly innocents: number;
  /** Innocent users with a finding of medium or higher in any month of the year. */
  readonly accused: readonly {
    readonly username: string;
    readonly kinds: readonly MonthFindingKind[];
    readonly summary: string;
  }[];
}

const weeksMs = 45 * 86_400_000;

/** Compares what was planted with what the audits of a year found. */
export function precisionOf(
  year: SimulatedYear,
  audits: ReadonlyMap<string, readonly MonthFinding[]>,
): Precision {
  const grave = [...audits.values()].flat().filter(({ severity }) => severity !== 'low');
  const outcomes = [
    ...year.planted.map(({ misuse, username, fromMs, toldBy }) => ({
      misuse,
      about: username,
      isFound: grave.some(
        (each) => each.username === username && toldBy.includes(each.kind) && isAbout(each, fromMs),
      ),
    })),
    ...year.faults.map(({ misuse, about, fromMs }) => ({
      misuse,
      about,
      isFound: grave.some(
        (each) => each.kind === misuse && (each.username ?? each.cause) === about && isAbout(each, fromMs),
      ),
    })),
  ];
  const misusers = new Set(year.planted.map(({ username }) => username));
  const innocents = year.staff.filter(({ username }) => !misusers.has(username));
  return {
    rows: [...new Set(outcomes.map(({ misuse }) => misuse))].map((misuse) => {
      const each = outcomes.filter((outcome) => outcome.misuse === misuse);
      return { misuse, planted: each.length, found: each.filter(({ isFound }) => isFound).length };
    }),
    missed: outcomes.filter(({ isFound }) => !isFound).map(({ misuse, about }) => `${misuse} of ${about}`),
    innocents: innocents.length,
    accused: innocents.flatMap(({ username }) => {
      const own = grave.filter((each) => each.username === username);
      const [first] = own;
      return first === undefined
        ? []
        : [{ username, kinds: [...new Set(own.map(({ kind }) => kind))], summary: first.summary }];
    }),
  };
}

/** Rests on events of the weeks after it was planted. */
function isAbout({ evidence }: MonthFinding, fromMs: number): boolean {
  return evidence.some(({ atMs }) => atMs >= fromMs && atMs < fromMs + weeksMs);
}

import type { CaseNumbers, FiledNumber } from '../cases/ports';
import type { Requested } from '../reports/open-requests';
import type { EventRef } from './month-finding';

/** One investigative search, as the rules look at it. */
export interface Use extends EventRef {
  /** Folded to what a person means by it: capitals and digits alone. Absent for a search of a place. */
  readonly plate?: string;
  /** The cameras or the area of a search of a place, as one text. */
  readonly place?: string;
  readonly purpose: string;
  readonly number?: FiledNumber;
  /**
   * Whether the Department's systems know the number; `mistyped`: they do not, and know one a slip of a finger away;
   * `unasked` where none is configured.
   */
  readonly numberStands?: 'known' | 'mistyped' | 'unknown' | 'unasked';
  readonly phrase?: string;
}

/**
 * A search filed under a number that stands. A phrase, an exigency or a number that nobody knows files nothing: what is
 * searched under it again and again rests on the user's word alone (Access-B).
 */
export function isFiled({ numberStands }: Use): boolean {
  return numberStands === 'known' || numberStands === 'unasked';
}

/** The use that an event begins; `undefined` for what is no investigative search. */
export function useOf(event: Requested, cases: CaseNumbers): Use | undefined {
  const { operation, purpose, reason, queried, eventId, atMs } = event;
  if (!isSearch(operation) || isFurtherPage(queried) || purpose?.kind === 'administrative') return undefined;
  const number = numberOf(reason);
  const plate = queried.plate === undefined ? undefined : foldedPlate(queried.plate);
  const place = placeOf(queried);
  return {
    eventId,
    atMs,
    purpose: purpose?.kind ?? 'unstated',
    ...(plate === undefined ? {} : { plate }),
    ...(place === undefined ? {} : { place }),
    ...(number === undefined ? {} : { number, numberStands: standing(number, atMs, cases) }),
    ...(reason?.kind === 'phrase' ? { phrase: reason.phrase } : {}),
  };
}

/** Operations that look for reads. */
export function isSearch(operation: string): boolean {
  return operation === 'search-reads';
}

/** Spaces, dashes and small letters are no other plate. */
export function foldedPlate(plate: string): string {
  return plate.toUpperCase().replace(/[^\p{L}\p{N}?*]/gu, '');
}

function numberOf(reason: Requested['reason']): FiledNumber | undefined {
  if (reason?.kind === 'case-number') return { kind: 'case-number', text: reason.caseNumber };
  if (reason?.kind === 'cad-number') return { kind: 'cad-number', text: reason.cadNumber };
  return undefined;
}

/** A number that was given out after the list was delivered is in no list, and is not doubted. */
function standing(number: FiledNumber, atMs: number, cases: CaseNumbers): NonNullable<Use['numberStands']> {
  if (cases.kind === 'not-configured' || atMs > cases.deliveredAtMs) return 'unasked';
  if (cases.has(number)) return 'known';
  return slipsOf(number.text).some((text) => cases.has({ ...number, text })) ? 'mistyped' : 'unknown';
}

/** Texts that one wrong digit, or two in the wrong order, may have made this of; of the first 40 characters. */
function slipsOf(text: string): readonly string[] {
  return [...text.slice(0, 40)].flatMap((character, at) => {
    const before = text.slice(0, at);
    const next = text[at + 1];
    const swapped =
      next === undefined || next === character ? [] : [`${before}${next}${character}${text.slice(at + 2)}`];
    if (!/\d/.test(character)) return swapped;
    return [...swapped, ...[...'0123456789'].map((digit) => before + digit + text.slice(at + 1))];
  });
}

/** Whatever says where: the same cameras or area are the same text. */
function placeOf(queried: Requested['queried']): string | undefined {
  return queried.place === undefined ? undefined : JSON.stringify(sorted(queried.place));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, part]) => [name, sorted(part)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

/** A further page of a search is no search of its own. */
function isFurtherPage({ searchId }: Requested['queried']): boolean {
  return searchId !== undefined;
}

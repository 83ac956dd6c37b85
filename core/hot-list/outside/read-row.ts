import { isComplete, parsePlate } from '../../plate/plate';
import type { Caution, Concern } from '../listed-vehicle';
import type { OutsideEntry, OutsideListSource, OutsideRow, RefusedRow } from './outside-entry';

export type ReadRow =
  | { readonly kind: 'entry'; readonly entry: OutsideEntry }
  | { readonly kind: 'refused'; readonly refused: RefusedRow };

const none: readonly Caution[] = [];
const descriptionMax = 200;
const referenceMax = 60;

/** What a row says, by the source's own codes; a row that names no complete plate is refused (Policy-H.e). */
export function readRow({ number, fields }: OutsideRow, source: OutsideListSource): ReadRow {
  const plate = parsePlate(fields.plate ?? '');
  if (plate === undefined)
    return refused(number, 'plate', 'is no plate: 2 to 10 letters and digits are needed');
  if (!isComplete(plate)) return refused(number, 'plate', 'is not complete: every character is needed');
  const state = (fields.state ?? '').toUpperCase();
  if (state !== '' && !/^[A-Z]{2}$/.test(state))
    return refused(number, 'state', 'is no two-letter state code such as IL');
  const description = shortened(fields.description, descriptionMax);
  const reference = shortened(fields.reference, referenceMax);
  return {
    kind: 'entry',
    entry: {
      plate,
      ...(state === '' ? {} : { state }),
      concern: concernOf(fields.concern ?? '', source),
      cautions: cautionsOf(fields.caution ?? '', source),
      ...(description === undefined ? {} : { description }),
      ...(reference === undefined ? {} : { reference }),
    },
  };
}

/** Rows of one plate and state are one entry: the first one, with the cautions of all. */
export function mergedEntry(first: OutsideEntry, second: OutsideEntry): OutsideEntry {
  const cautions = [...new Set([...first.cautions, ...second.cautions])].sort();
  return { ...first, cautions };
}

function concernOf(code: string, { concerns, defaultConcern }: OutsideListSource): Concern {
  if (code === '') return defaultConcern;
  return Object.hasOwn(concerns, code) ? (concerns[code] ?? 'other') : 'other';
}

/** Several codes stand together, as letters or with separators between. */
function cautionsOf(codes: string, { cautions }: OutsideListSource): readonly Caution[] {
  if (codes === '') return none;
  const whole = Object.hasOwn(cautions, codes) ? [codes] : codes.split(/[\s,;/]+/);
  const known = whole.flatMap((code) => (Object.hasOwn(cautions, code) ? [cautions[code]] : []));
  return [...new Set(known.filter((each) => each !== undefined))].sort();
}

function shortened(text: string | undefined, most: number): string | undefined {
  const trimmed = (text ?? '').trim();
  return trimmed === '' ? undefined : trimmed.slice(0, most);
}

function refused(row: number, column: RefusedRow['column'], message: string): ReadRow {
  return { kind: 'refused', refused: { row, column, message } };
}

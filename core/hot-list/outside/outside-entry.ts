import type { z } from 'zod';
import type { outsideList } from '../../contract/configuration-parts';
import type { Plate } from '../../plate/plate';
import type { Caution, Concern } from '../listed-vehicle';

/** One vehicle on a list that somebody else keeps, as far as an alert may tell of it. */
export interface OutsideEntry {
  readonly plate: Plate;
  readonly state?: string;
  readonly concern: Concern;
  readonly description?: string;
  readonly cautions: readonly Caution[];
  /** The source's own number, by which a confirmation asks. */
  readonly reference?: string;
}

/** A list as the configuration describes it: its columns and what the source's codes mean. */
export type OutsideListSource = z.output<typeof outsideList>;

export const outsideColumns = ['plate', 'state', 'concern', 'description', 'caution', 'reference'] as const;
export type OutsideColumn = (typeof outsideColumns)[number];

/** A row of a delivery, its fields cut out and trimmed; numbered from 1, the heading not counted. */
export interface OutsideRow {
  readonly number: number;
  readonly fields: Readonly<Partial<Record<OutsideColumn, string>>>;
}

/** Says what is wrong with a row and never what it says. */
export interface RefusedRow {
  readonly row: number;
  readonly column: OutsideColumn | '(row)';
  readonly message: string;
}

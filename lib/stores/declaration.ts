import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What may lie in a store [Storage-A]. */
export const holdings = [
  /** Plates, images or positions of vehicles from reads. */
  'reads',
  /** Made of reads: alerts, indexes, counts by plate. */
  'derived',
  /** The keys under which the days are sealed: an old copy would undo the forgetting. */
  'day-keys',
  /** Single records that were kept for a case [Storage-B]. */
  'evidence',
  /** What people did: the audit log and what proves it. */
  'audit',
  /** Vehicles that people listed; nothing that a camera saw. */
  'hot-list',
  'no-plate-data',
] as const;
export type Holding = (typeof holdings)[number];

export interface StoreDeclaration {
  readonly holds: Holding;
  /**
   * How it ends. `day-key`: each item is sealed under the key of its capture day and unreadable from the moment that
   * key is destroyed; expiry only frees space. `age`: everything is gone, in clear or not, after so many hours. `kept`:
   * by its own rule, which says so.
   */
  readonly ends:
    | { readonly by: 'day-key' }
    | { readonly by: 'age'; readonly hours: number }
    | { readonly by: 'kept'; readonly rule: string };
}

/** Under this key a resource's declaration stands in the template. */
export const declarationKey = 'Platekeeper::Store';

/** Declares what lies in the store that `construct` makes, and its path in the app; both stand in the template. */
export function declareStore(construct: IConstruct, declaration: StoreDeclaration): void {
  (construct.node.defaultChild as CfnResource).addMetadata(declarationKey, {
    ...declaration,
    store: construct.node.path,
  });
}

/** A store that no plate, image or position of a vehicle ever reaches. */
export function withoutPlates(rule: string): StoreDeclaration {
  return { holds: 'no-plate-data', ends: { by: 'kept', rule } };
}

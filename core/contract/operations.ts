import type { Operation } from './operation';
import { alertOperations } from './operations/alerts';
import { cameraOperations } from './operations/cameras';
import { evidenceOperations } from './operations/evidence';
import { hotListOperations } from './operations/hot-list';
import { logOperations } from './operations/log';
import { oversightOperations } from './operations/oversight';
import { peopleOperations } from './operations/people';
import { reportOperations } from './operations/reports';
import { searchOperations } from './operations/search';
import { sharingOperations } from './operations/sharing';

export type { Operation } from './operation';

/** The API, whole. Everything else about it is made from this. */
export const operations = {
  ...searchOperations,
  ...hotListOperations,
  ...alertOperations,
  ...cameraOperations,
  ...peopleOperations,
  ...oversightOperations,
  ...evidenceOperations,
  ...logOperations,
  ...sharingOperations,
  ...reportOperations,
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationId = keyof typeof operations;

/** All operations as plain values, for code that goes through them. */
export const operationList: readonly (Operation & { readonly id: OperationId })[] = Object.values(operations);

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { type CustodyEntry, custodyActs } from '../../core/evidence/custody';
import type { EvidenceRecord } from '../../core/evidence/evidence';
import { authorityKinds, recipientKinds } from '../../core/evidence/releases/recipient';
import { type Release, releaseStates } from '../../core/evidence/releases/release';
import { StoreError } from '../stores/store-error';

export type Row = Record<string, AttributeValue>;

const instant = z.int().nonnegative();

const recordSchema = z.strictObject({
  evidenceId: z.string(),
  readId: z.string(),
  caseNumber: z.string(),
  network: z.string(),
  takenBy: z.string(),
  takenAtMs: instant,
  packageSha256: z.string(),
});

const custodySchema = z.strictObject({
  number: z.int().positive(),
  atMs: instant,
  by: z.string(),
  act: z.enum(custodyActs),
  requestId: z.string(),
  before: z.string(),
});

const releaseSchema = z.strictObject({
  releaseId: z.string(),
  evidenceId: z.string(),
  recipient: z.strictObject({ kind: z.enum(recipientKinds), name: z.string() }),
  authority: z.strictObject({ kind: z.enum(authorityKinds), citation: z.string() }),
  state: z.enum(releaseStates),
  requestedBy: z.string(),
  requestedAtMs: instant,
  decision: z.strictObject({ by: z.string(), atMs: instant, words: z.string().optional() }).optional(),
});

/** The one text attribute of every row of the table Evidence; what is asked of the table stands beside it. */
const content = 'content';

export const evidenceKey = (evidenceId: string): Row => ({
  pk: { S: `evidence#${evidenceId}` },
  sk: { S: 'record' },
});
export const custodyKey = (evidenceId: string, number: number): Row => ({
  pk: { S: `evidence#${evidenceId}` },
  sk: { S: `custody#${String(number).padStart(9, '0')}` },
});
export const releaseKey = (releaseId: string): Row => ({
  pk: { S: `release#${releaseId}` },
  sk: { S: 'release' },
});

/** Where something stands in the index `by-kind`, newest last. */
export function listedAt(atMs: number, id: string): string {
  return `${String(atMs).padStart(13, '0')}#${id}`;
}

export function recordRow(record: EvidenceRecord): Row {
  return {
    ...evidenceKey(record.evidenceId),
    kind: { S: 'evidence' },
    at: { S: listedAt(record.takenAtMs, record.evidenceId) },
    [content]: { S: JSON.stringify(record) },
  };
}

export function custodyRow(evidenceId: string, entry: CustodyEntry): Row {
  return { ...custodyKey(evidenceId, entry.number), [content]: { S: JSON.stringify(entry) } };
}

export function releaseRow(release: Release): Row {
  return {
    ...releaseKey(release.releaseId),
    kind: { S: 'release' },
    at: { S: listedAt(release.requestedAtMs, release.releaseId) },
    state: { S: release.state },
    [content]: { S: JSON.stringify(release) },
  };
}

/** Throws `StoreError` for a row that is none. */
export const recordOf = (row: Row): EvidenceRecord => parsed(recordSchema, row);
export const entryOf = (row: Row): CustodyEntry => parsed(custodySchema, row);

export function releaseOf(row: Row): Release {
  const { decision, ...release } = parsed(releaseSchema, row);
  if (decision === undefined) return release;
  const { words, ...rest } = decision;
  return { ...release, decision: { ...rest, ...(words === undefined ? {} : { words }) } };
}

function parsed<Schema extends z.ZodType>(schema: Schema, row: Row): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(row[content]?.S ?? ''));
  } catch (cause) {
    throw new StoreError('malformed', 'evidence', { cause });
  }
}

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { roles } from '../../core/access/roles';
import { findingKinds, findingOutcomes } from '../../core/contract/findings';
import type { Finding } from '../../core/findings/finding';
import { parseReportMonth } from '../../core/reports/month';
import { StoreError } from '../stores/store-error';

export type Row = Record<string, AttributeValue>;

const text = z.object({ S: z.string() }).transform(({ S }) => S);
const time = z
  .object({ N: z.string() })
  .transform(({ N }) => Number(N))
  .pipe(z.int());
const oneOf = <const Values extends readonly string[]>(values: Values) => text.pipe(z.enum(values));

const row = z.object({
  findingId: text,
  kind: oneOf(findingKinds),
  severity: oneOf(['low', 'medium', 'high']),
  username: text.optional(),
  role: oneOf(roles).optional(),
  clause: text,
  summary: text,
  eventIds: z.object({ L: z.array(text) }).transform(({ L }) => L),
  raisedAtMs: time,
  month: text.transform((value) => parseReportMonth(value)).optional(),
  eventTimesMs: z
    .object({ L: z.array(time) })
    .transform(({ L }) => L)
    .optional(),
  state: oneOf(['open', ...findingOutcomes]),
});

const decision = z.object({ decidedBy: text, decidedAtMs: time, words: text });

export function findingKey(findingId: string): Row {
  return { findingId: { S: findingId } };
}

/** The row of an open finding. */
export function openRow(finding: Finding): Row {
  return {
    ...findingKey(finding.findingId),
    kind: { S: finding.kind },
    severity: { S: finding.severity },
    ...(finding.username === undefined ? {} : { username: { S: finding.username } }),
    ...(finding.role === undefined ? {} : { role: { S: finding.role } }),
    ...(finding.month === undefined ? {} : { month: { S: finding.month } }),
    ...(finding.eventTimesMs === undefined
      ? {}
      : { eventTimesMs: { L: finding.eventTimesMs.map((atMs) => ({ N: String(atMs) })) } }),
    clause: { S: finding.clause },
    summary: { S: finding.summary },
    eventIds: { L: finding.eventIds.map((eventId) => ({ S: eventId })) },
    raisedAtMs: { N: String(finding.raisedAtMs) },
    state: { S: 'open' },
  };
}

/** Throws `StoreError` `malformed`. */
export function findingOf(item: Row): Finding {
  const parsed = row.safeParse(item);
  if (!parsed.success) throw new StoreError('malformed', 'findings', { cause: parsed.error });
  const { state, username, role, month, eventTimesMs, ...facts } = parsed.data;
  const rest = {
    ...facts,
    ...(username === undefined ? {} : { username }),
    ...(role === undefined ? {} : { role }),
    ...(month === undefined ? {} : { month }),
    ...(eventTimesMs === undefined ? {} : { eventTimesMs }),
  };
  if (state === 'open') return rest;
  const decided = decision.safeParse(item);
  if (!decided.success) throw new StoreError('malformed', 'findings', { cause: decided.error });
  const { decidedBy, decidedAtMs, words } = decided.data;
  return { ...rest, decision: { outcome: state, words, by: decidedBy, atMs: decidedAtMs } };
}

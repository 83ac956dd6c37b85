import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isRole } from '../../core/access/roles';
import { parseEvent } from '../../core/audit/event';
import type { PersonChangedEvent, PersonRecord } from '../../core/people/record';
import { StoreError } from '../stores/store-error';

export type Row = Record<string, AttributeValue>;

export function personKey(username: string): Row {
  return { username: { S: username } };
}

/** The row of the table People. */
export function rowOf(record: PersonRecord): Row {
  return { ...personKey(record.username), ...factsOf(record) };
}

/** An update of a transaction or of its own: stored only on the revision that the change was decided on. */
export function personUpdate(table: string, record: PersonRecord) {
  const facts = Object.entries(factsOf(record));
  return {
    TableName: table,
    Key: personKey(record.username),
    UpdateExpression: `SET ${facts.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression: '#revision = :before',
    ExpressionAttributeNames: Object.fromEntries(facts.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(facts.map(([name, value]) => [`:${name}`, value])),
      ':before': { N: String(record.revision - 1) },
    },
  };
}

/** Throws `StoreError` `malformed` when a fact is missing or of the wrong kind: it then holds for nobody. */
export function recordOf(row: Row): PersonRecord {
  const role = text(row.role);
  if (!isRole(role)) throw malformed();
  return {
    username: text(row.username),
    role,
    agency: text(row.agency),
    division: text(row.division),
    sworn: claim(row.sworn),
    suspended: claim(row.suspended),
    disabled: claim(row.disabled),
    training: trainingOf(row.training),
    revision: number(row.revision),
    ...(row.admittedAtMs === undefined ? {} : { admittedAtMs: number(row.admittedAtMs) }),
    ...(row.lastEvent === undefined ? {} : { lastEvent: eventOf(row.lastEvent) }),
  };
}

function factsOf(record: PersonRecord): Row {
  return {
    role: { S: record.role },
    agency: { S: record.agency },
    division: { S: record.division },
    sworn: { BOOL: record.sworn },
    suspended: { BOOL: record.suspended },
    disabled: { BOOL: record.disabled },
    training: {
      M: Object.fromEntries(
        [...record.training].map(([topic, takenOn]) => [topic, { M: { takenOn: { S: takenOn } } }]),
      ),
    },
    revision: { N: String(record.revision) },
    ...(record.admittedAtMs === undefined ? {} : { admittedAtMs: { N: String(record.admittedAtMs) } }),
    ...(record.lastEvent === undefined ? {} : { lastEvent: { S: JSON.stringify(record.lastEvent) } }),
  };
}

function trainingOf(value: AttributeValue | undefined): ReadonlyMap<string, string> {
  if (value?.M === undefined) throw malformed();
  return new Map(Object.entries(value.M).map(([topic, taken]) => [topic, day(taken.M?.takenOn)]));
}

function day(value: AttributeValue | undefined): string {
  const takenOn = text(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(takenOn) || Number.isNaN(Date.parse(takenOn))) throw malformed();
  return takenOn;
}

function eventOf(value: AttributeValue): PersonChangedEvent {
  try {
    const event = parseEvent(JSON.parse(text(value)));
    if (event.kind === 'person-changed') return event;
  } catch (cause) {
    throw malformed(cause);
  }
  throw malformed();
}

function text(value: AttributeValue | undefined): string {
  if (!value?.S) throw malformed();
  return value.S;
}

function number(value: AttributeValue | undefined): number {
  const found = Number(value?.N ?? Number.NaN);
  if (!Number.isSafeInteger(found)) throw malformed();
  return found;
}

function claim(value: AttributeValue | undefined): boolean {
  if (value?.BOOL === undefined) throw malformed();
  return value.BOOL;
}

function malformed(cause?: unknown): StoreError {
  return new StoreError('malformed', 'people', { cause });
}

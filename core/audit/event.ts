import { z } from 'zod';
import { purposeSchema } from '../access/purpose';
import { reasonSchema } from '../access/reason';
import { roles } from '../access/roles';

/** See docs/formats/audit-event.md. Raised when the meaning of a field changes; a new optional field does not. */
export const auditEventVersion = 1;

const person = z.strictObject({
  kind: z.literal('person'),
  username: z.string(),
  agency: z.string(),
  role: z.enum(roles),
  division: z.string(),
});

/** A token that names nobody on record: kept, so that unauthorised access can be referred (Acct-D). */
const stranger = z.strictObject({ kind: z.literal('stranger'), username: z.string() });

const system = z.strictObject({ kind: z.literal('system'), name: z.string() });

/** Where the call came from, as the gateway saw it. */
const device = z.strictObject({ address: z.string(), userAgent: z.string().optional() });

const decision = z.strictObject({
  outcome: z.enum(['permit', 'deny']),
  clause: z.string().optional(),
  message: z.string().optional(),
  rules: z.array(z.string()),
  /** Absent where the refusal came before any policy rule was asked. */
  policyVersion: z.string().optional(),
});

/** What was asked of the data. */
const queried = z.strictObject({
  plate: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  networks: z.array(z.string()).optional(),
  entryId: z.string().optional(),
  alertId: z.string().optional(),
});

const common = {
  version: z.literal(auditEventVersion),
  eventId: z.uuid(),
  atMs: z.int().nonnegative(),
};

const byPerson = {
  ...common,
  actor: z.union([person, stranger]),
  operation: z.string(),
  device: device.optional(),
};
const bySystem = { ...common, actor: system };

export const auditEventSchema = z.discriminatedUnion('kind', [
  /** Durable before the first row is read. */
  z.strictObject({
    kind: z.literal('requested'),
    ...byPerson,
    requestId: z.uuid(),
    queried,
    networksInScope: z.array(z.string()),
    purpose: purposeSchema.optional(),
    reason: reasonSchema.optional(),
    decision,
  }),
  /** Durable before the reply leaves; closes `requested`. */
  z.strictObject({
    kind: z.literal('answered'),
    ...byPerson,
    requestId: z.uuid(),
    counts: z.record(z.string(), z.int().nonnegative()),
    resultIds: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('refused'),
    ...byPerson,
    queried: queried.optional(),
    purpose: purposeSchema.optional(),
    reason: reasonSchema.optional(),
    decision,
  }),
  z.strictObject({
    kind: z.literal('image-fetched'),
    ...byPerson,
    searchId: z.uuid(),
    readId: z.uuid(),
    image: z.enum(['plate', 'vehicle']),
    network: z.string(),
    decision,
  }),
  z.strictObject({
    kind: z.literal('hot-list-changed'),
    ...common,
    actor: z.union([person, system]),
    entryId: z.uuid(),
    change: z.enum(['requested', 'approved', 'removed', 'expired']),
    purpose: purposeSchema.optional(),
    reason: reasonSchema.optional(),
    decision: decision.optional(),
  }),
  z.strictObject({
    kind: z.literal('alert-raised'),
    ...bySystem,
    alertId: z.uuid(),
    entryId: z.uuid(),
    readId: z.uuid(),
    network: z.string(),
  }),
  /** Durable before the alert goes out on a live connection. */
  z.strictObject({
    kind: z.literal('alert-sent'),
    ...byPerson,
    deliveryId: z.uuid(),
    alertId: z.uuid(),
    readId: z.uuid(),
    network: z.string(),
    decision,
  }),
  z.strictObject({
    kind: z.literal('alert-verified'),
    ...byPerson,
    alertId: z.uuid(),
    outcome: z.enum(['verified', 'rejected']),
    checklist: z.record(z.string(), z.string()),
    decision,
  }),
  z.strictObject({
    kind: z.literal('alert-disposed'),
    ...byPerson,
    alertId: z.uuid(),
    disposition: z.string(),
    isEnforcement: z.boolean(),
    decision,
  }),
  z.strictObject({
    kind: z.literal('day-forgotten'),
    ...bySystem,
    day: z.string(),
    forgottenAtMs: z.int().nonnegative(),
  }),
  /** Counts of one capture day, so that they outlive its reads. Time and id are made of the day. */
  z.strictObject({
    kind: z.literal('day-summed'),
    ...bySystem,
    day: z.string(),
    countedAtMs: z.int().nonnegative(),
    reads: z.record(z.string(), z.record(z.string(), z.int().nonnegative())),
    quarantined: z.record(z.string(), z.int().nonnegative()),
    alerts: z.record(z.string(), z.int().nonnegative()),
  }),
  /** Every output of a month's report is stored before. Time and id are made of the month. */
  z.strictObject({
    kind: z.literal('report-made'),
    ...bySystem,
    month: z.string(),
    madeAtMs: z.int().nonnegative(),
    folder: z.string(),
    outputs: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
  }),
]);

export type AuditEvent = z.output<typeof auditEventSchema>;
export type AuditEventKind = AuditEvent['kind'];
export type Actor = z.output<typeof person> | z.output<typeof stranger> | z.output<typeof system>;
export type PersonActor = z.output<typeof person> | z.output<typeof stranger>;
export type Device = z.output<typeof device>;
export type DecisionRecord = z.output<typeof decision>;
export type Queried = z.output<typeof queried>;

/** Where an event's time and id come from. */
export interface EventSource {
  now(): number;
  /** A random UUID. */
  newId(): string;
}

type WithoutCommon<Event> = Event extends AuditEvent ? Omit<Event, 'version' | 'eventId' | 'atMs'> : never;

/** All of an event but its version, id and time. */
export type AuditFacts = WithoutCommon<AuditEvent>;

/** Makes an event of facts, stamped with the source's time and a new id. */
export function newEvent(source: EventSource, facts: AuditFacts): AuditEvent {
  return auditEventSchema.parse({
    ...facts,
    version: auditEventVersion,
    eventId: source.newId(),
    atMs: source.now(),
  });
}

/** The one parser of stored events. Throws on anything else. */
export function parseEvent(input: unknown): AuditEvent {
  return auditEventSchema.parse(input);
}

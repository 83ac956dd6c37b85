import { z } from 'zod';
import { purposeSchema } from '../access/purpose';
import { reasonSchema } from '../access/reason';
import { roles } from '../access/roles';
import { alertStates, rejectionReasons } from '../contract/alerts';
import { agencyKinds } from '../contract/configuration-parts';
import { findingKinds, findingOutcomes } from '../contract/findings';
import { drawRecord } from '../contract/log';
import { searchPlace } from '../contract/search-place';
import { authorityKinds, recipientKinds } from '../evidence/releases/recipient';
import { releaseStates } from '../evidence/releases/release';
import { deviceFacts } from '../people/person';

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
const device = z.strictObject({
  address: z.string(),
  userAgent: z.string().optional(),
  /** Id of the sign-in, so that two uses of one account can be told apart. */
  sessionId: z.string().optional(),
  proven: z.enum(deviceFacts).optional(),
  /** Thumbprint of the device's key, where one was proven. */
  deviceId: z.string().optional(),
});

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
  lookAlikes: z.boolean().optional(),
  state: z.string().optional(),
  place: searchPlace.optional(),
  /** The page of a search that was gone on with, or the search that was looked at. */
  searchId: z.string().optional(),
  page: z.int().optional(),
  entryId: z.string().optional(),
  alertId: z.string().optional(),
  /** Whom it is about, and what of him or her: a change of access, a finding. */
  username: z.string().optional(),
  findingId: z.string().optional(),
  deviceId: z.string().optional(),
  list: z.string().optional(),
  readId: z.string().optional(),
  evidenceId: z.string().optional(),
  releaseId: z.string().optional(),
  /** An event of the log, by its place; the day of a published checkpoint. */
  logIndex: z.int().nonnegative().optional(),
  day: z.string().optional(),
  /** With whom something is shared, or who asks: an id of the register, or the name of an outside agency. */
  agency: z.string().optional(),
  /** Of an outside agency that asks. */
  agencyKind: z.enum(agencyKinds).optional(),
  agreementId: z.string().optional(),
  externalRequestId: z.string().optional(),
  month: z.string().optional(),
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
    change: z.enum(['requested', 'approved', 'extended', 'taken-over', 'removed']),
    /** When it ends as of this change. */
    expiresAtMs: z.int().optional(),
    /** Who answers for it as of this change (Policy-H.f). */
    responsible: z.string().optional(),
    purpose: purposeSchema.optional(),
    reason: reasonSchema.optional(),
    decision: decision.optional(),
  }),
  /** Names no entry: that a listed vehicle was seen is not to be read in the log when its reads are forgotten. */
  z.strictObject({
    kind: z.literal('alert-raised'),
    ...bySystem,
    alertId: z.uuid(),
    readId: z.uuid(),
    network: z.string(),
    /** `custom`, or the outside list. */
    list: z.string().optional(),
    grade: z.string().optional(),
  }),
  /** The same vehicle again within the window of its alert. */
  z.strictObject({
    kind: z.literal('alert-sighted'),
    ...bySystem,
    alertId: z.uuid(),
    readId: z.uuid(),
    network: z.string(),
  }),
  /** Not alerted: this reading was rejected as a misread of the same entry before. */
  z.strictObject({
    kind: z.literal('alert-suppressed'),
    ...bySystem,
    readId: z.uuid(),
    /** The alert that was rejected. */
    because: z.uuid(),
    network: z.string(),
  }),
  z.strictObject({
    kind: z.literal('alert-acknowledged'),
    ...byPerson,
    alertId: z.uuid(),
    decision,
  }),
  /** Nobody acknowledged it in time; supervisors on duty were told. */
  z.strictObject({
    kind: z.literal('alert-escalated'),
    ...bySystem,
    alertId: z.uuid(),
    state: z.enum(alertStates),
  }),
  /** A neighbouring agency was told (Policy-I). */
  z.strictObject({
    kind: z.literal('neighbour-notified'),
    ...byPerson,
    alertId: z.uuid(),
    neighbour: z.string(),
    notifiedAtMs: z.int().nonnegative(),
    decision,
  }),
  /** A delivery of an outside list took effect, was held, was decided on, or could not be used. */
  z.strictObject({
    kind: z.literal('outside-list-changed'),
    ...common,
    actor: z.union([person, system]),
    list: z.string(),
    change: z.enum(['switched', 'held', 'confirmed', 'discarded', 'refused']),
    deliveryId: z.string(),
    counts: z.record(z.string(), z.int().nonnegative()),
    decision: decision.optional(),
  }),
  /** Somebody's access began, changed or ended. */
  z.strictObject({
    kind: z.literal('person-changed'),
    ...common,
    actor: z.union([person, system]),
    username: z.string(),
    change: z.enum([
      'enrolled',
      'assigned',
      'designated',
      'disabled',
      'suspended',
      'reinstated',
      'trained',
      'duty-begun',
      'duty-ended',
    ]),
    role: z.enum(roles).optional(),
    division: z.string().optional(),
    sworn: z.boolean().optional(),
    topic: z.string().optional(),
    because: z.string().optional(),
    /** The finding that suspended. */
    findingId: z.uuid().optional(),
    decision: decision.optional(),
  }),
  z.strictObject({
    kind: z.literal('device-changed'),
    ...byPerson,
    /** The system: the first devices, which the platform team puts into the registry. */
    actor: z.union([person, stranger, system]),
    deviceId: z.string(),
    change: z.enum(['registered', 'retired']),
    assignedTo: z.string().optional(),
    decision: decision.optional(),
  }),
  /** A sign-in that succeeded; `operation` is `sign-in`. */
  z.strictObject({ kind: z.literal('signed-in'), ...byPerson, client: z.string() }),
  z.strictObject({
    kind: z.literal('finding-raised'),
    ...bySystem,
    findingId: z.uuid(),
    finding: z.enum(findingKinds),
    severity: z.enum(['low', 'medium', 'high']),
    /** Absent where it is about no user. */
    username: z.string().optional(),
    clause: z.string(),
    eventIds: z.array(z.string()),
    /** The month whose audit raised it. */
    month: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('finding-decided'),
    ...byPerson,
    findingId: z.uuid(),
    username: z.string().optional(),
    outcome: z.enum(findingOutcomes),
    words: z.string(),
    decision,
  }),
  /** The audit of a month is stored and its findings are raised. Time and id are made of the month. */
  z.strictObject({
    kind: z.literal('month-audited'),
    ...bySystem,
    month: z.string(),
    file: z.string(),
    sha256: z.string(),
    /** How many events it looked at, those of the weeks before among them. */
    events: z.int().nonnegative(),
    /** By severity. */
    findings: z.record(z.string(), z.int().nonnegative()),
  }),
  /** The administrator stands for the audit of a month: every finding was decided (Acct-A). */
  z.strictObject({
    kind: z.literal('month-attested'),
    ...byPerson,
    month: z.string(),
    /** SHA-256 of what is attested: the audit's file, and each finding with its outcome. */
    recordSha256: z.string(),
    outcomes: z.record(z.string(), z.int().nonnegative()),
    words: z.string(),
    decision,
  }),
  /** Nobody attested a month in time; the Chief and the auditor were told. */
  z.strictObject({
    kind: z.literal('month-audit-overdue'),
    ...bySystem,
    month: z.string(),
    dueAtMs: z.int().nonnegative(),
  }),
  /** What a finding rests on was put together with its proofs, to be handed over (Acct-D). */
  z.strictObject({
    kind: z.literal('incident-packaged'),
    ...bySystem,
    findingId: z.uuid(),
    file: z.string(),
    sha256: z.string(),
    events: z.int().nonnegative(),
    /** Size of the sealed log that the proofs are of. */
    logSize: z.int().nonnegative(),
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
    /** Why it was rejected; with list and grade it says how good a list is. */
    rejection: z.enum(rejectionReasons).optional(),
    list: z.string().optional(),
    grade: z.string().optional(),
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
  /** One read was kept for a case and left the store. Its id is made of the evidence, so that a record has one. */
  z.strictObject({
    kind: z.literal('evidence-taken'),
    ...byPerson,
    evidenceId: z.uuid(),
    network: z.string(),
    /** The kind of its purpose. */
    purpose: z.string(),
    /** Who took it, where another's request finished a taking that had been cut off. */
    takenBy: z.string(),
    packageSha256: z.string(),
    decision,
  }),
  /** A release of evidence outside law enforcement was asked for, made or declined (Access-F). */
  z.strictObject({
    kind: z.literal('release-changed'),
    ...byPerson,
    releaseId: z.uuid(),
    evidenceId: z.uuid(),
    change: z.enum(releaseStates),
    recipientKind: z.enum(recipientKinds),
    authorityKind: z.enum(authorityKinds),
    decision,
  }),
  z.strictObject({
    kind: z.literal('day-forgotten'),
    ...bySystem,
    day: z.string(),
    forgottenAtMs: z.int().nonnegative(),
  }),
  /** What was looked at, and found, when the retention was proven. */
  z.strictObject({
    kind: z.literal('retention-proven'),
    ...bySystem,
    retentionDays: z.int().positive(),
    /** Days whose key still stands, oldest first: nothing of any other day can be read. */
    daysWithKey: z.array(z.string()),
    /** Hours since the oldest of them began; no read is older. 0: there is none. */
    oldestReadHours: z.int().nonnegative(),
    /** By store, the oldest day of which it holds something that can be read. */
    oldest: z.record(z.string(), z.string()),
    /** By store, how old copies can be recovered. */
    recovery: z.record(z.string(), z.enum(['none', 'continuous'])),
    faults: z.array(z.string()),
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
  /** The administrator asked for a new version of a month's report, or the Chief agreed. Time and id are made of both. */
  z.strictObject({
    kind: z.literal('report-correction'),
    ...byPerson,
    change: z.enum(['proposed', 'approved']),
    month: z.string(),
    reportVersion: z.int().min(2),
    /** Published with the new version; asked for by the proposal. */
    reason: z.string(),
    /** Of an approval: the event that was agreed to. */
    proposalId: z.uuid().optional(),
    changedAtMs: z.int().nonnegative(),
    decision,
  }),
  /** Every output of a month's report is stored before. Time and id are made of the month and the version. */
  z.strictObject({
    kind: z.literal('report-made'),
    ...bySystem,
    month: z.string(),
    /** Absent: the first. */
    reportVersion: z.int().min(2).optional(),
    madeAtMs: z.int().nonnegative(),
    folder: z.string(),
    outputs: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
  }),
  /** The settings in force on a day, by their hashes. Time and id are made of the day, so that a day has one. */
  z.strictObject({
    kind: z.literal('settings-noted'),
    ...bySystem,
    day: z.string(),
    /** SHA-256 in hex of each part of the configuration. */
    parts: z.record(z.string(), z.string()),
    /** Parts that differ from when they were noted before. */
    changed: z.array(z.string()),
  }),
  /** The checkpoint of a day. Time and id are made of the day, so that a day has one. */
  z.strictObject({
    kind: z.literal('checkpoint-published'),
    ...bySystem,
    day: z.string(),
    publishedAtMs: z.int().nonnegative(),
    size: z.int().positive(),
    /** Base64. */
    rootHash: z.string(),
    /** The signed note, with the cosignatures that came in. */
    checkpoint: z.string(),
    /** The published checkpoint before it; absent of the first. */
    older: z.strictObject({ day: z.string(), size: z.int().positive() }).optional(),
    /** Base64, from the older one to this. */
    proof: z.array(z.string()),
    /** Names of the witnesses that cosigned, and of those that were asked and did not. */
    witnesses: z.array(z.string()),
    silent: z.array(z.string()),
  }),
  /** The Chief asks that an event be taken out of the log's rows; nothing has been destroyed. */
  z.strictObject({
    kind: z.literal('redaction-ordered'),
    ...byPerson,
    logIndex: z.int().nonnegative(),
    because: z.string(),
    authority: z.string(),
    decision,
  }),
  z.strictObject({
    kind: z.literal('redaction-declined'),
    ...byPerson,
    logIndex: z.int().nonnegative(),
    orderedBy: z.string(),
    words: z.string(),
    decision,
  }),
  /** Durable before anything is destroyed: a place without an event and without this is a hole. */
  z.strictObject({
    kind: z.literal('event-redacted'),
    ...byPerson,
    logIndex: z.int().nonnegative(),
    /** Base64 of the hash that stands, and stays, at that place. */
    leaf: z.string(),
    orderedBy: z.string(),
    because: z.string(),
    authority: z.string(),
    words: z.string(),
    decision,
  }),
  /** A draw and what came of it: the public record of docs/formats/audit-log.md. */
  z.strictObject({
    kind: z.literal('leaves-drawn'),
    ...byPerson,
    record: drawRecord,
    decision,
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

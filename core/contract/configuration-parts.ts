import { z } from 'zod';
import { isQuick, numberLengthMax } from './quick-pattern';

export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens, at most 40');

const name = z.string().trim().min(1, 'must not be empty').max(120);
const usState = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter state code such as IL');
const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone such as America/Chicago');
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 06:00');
const pattern = z
  .string()
  .min(1)
  .max(100)
  .refine(isPattern, { error: 'must be a regular expression', abort: true })
  .refine(isQuick, {
    error: 'could take too long: repeat no group that holds a repeat or a choice, and little at all',
    abort: true,
  });

/** A number that the Department writes; `reasonSchema` takes no longer one. */
const numberExample = z.string().trim().min(1, 'must not be empty').max(numberLengthMax);

const position = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

export const department = z.strictObject({ agencyId: id, name, state: usState, timeZone });

export const network = z.strictObject({ id, name, local: z.boolean(), agency: id });

export const neighbour = z.strictObject({
  id,
  name,
  geofence: z.array(position).min(3, 'needs three corners or more'),
});

/** Law-enforcement agencies only: no other kind can be written down (Storage-D). */
export const agencyKinds = ['municipal', 'county', 'state', 'federal'] as const;

export const agency = z.strictObject({
  id,
  name,
  kind: z.enum(
    agencyKinds,
    `must be one of ${agencyKinds.join(', ')}: data is shared with law-enforcement agencies only (Storage-D)`,
  ),
  state: usState,
  /** Networks of this agency that the Department's officers may search while the agreement holds. */
  networks: z.array(id),
  /** Networks of the Department that this agency's `partner-officer`s may search while the agreement holds. */
  maySearch: z.array(id),
  /** The last day of the sharing agreement, inclusive, UTC; absent = no standing agreement. */
  agreedUntil: z.iso.date('must be a date such as 2027-06-30').optional(),
});

/** Frames leave the Department's own functions only where it asked for it. */
export const plateReader = z.enum(['onnx', 'rekognition']).default('onnx');

export const shift = z.strictObject({ id, name, startsAt: timeOfDay, endsAt: timeOfDay });

/** What a search reason must look like (Access-E). */
export const reasons = z.strictObject({
  caseNumberPattern: pattern,
  caseNumberExample: numberExample,
  cadNumberPattern: pattern,
  cadNumberExample: numberExample,
  /** Descriptive phrases that are always good enough, shown as examples. */
  phrases: z.array(name).min(1),
});

/** How long a plaintext copy may wait before it is a sealed read, hours (Storage-A). */
export const transit = z.strictObject({
  streamHours: z.int().min(24, 'Kinesis keeps records for at least 24 hours').max(24),
  failureDays: z.int().min(1).max(7),
});

/** No mass download (Storage-A). */
export const caps = z.strictObject({
  resultsPerSearch: z.int().min(1).max(500),
  searchesPerDay: z.int().min(1).max(2000),
  /** Reads answered to one user on one UTC day. */
  resultsPerDay: z.int().min(1).max(20_000).default(2000),
});

/** The sealed audit log: its public name, and how long what is sealed cannot be deleted. */
export const auditLog = z.strictObject({
  /** Origin of its checkpoints: a domain of the department and a path, without spaces and `+`. */
  origin: z
    .string()
    .regex(/^[a-z0-9][a-z0-9./-]{3,99}$/, 'must be a domain and path such as example.org/alpr-audit'),
  /** `COMPLIANCE`: nobody can delete it before its time, the account's root user included. */
  lockMode: z.enum(['COMPLIANCE', 'GOVERNANCE']),
  lockDays: z.int().min(30).max(3650),
});

export const reportSchedule = z.strictObject({
  /** Day of the month on which last month is reported. */
  dayOfMonth: z.int().min(1).max(28),
  timeOfDay,
});

const regions = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'us-gov-east-1',
  'us-gov-west-1',
] as const;

export const stage = z.strictObject({
  name: id,
  region: z.enum(
    regions,
    `must be one of ${regions.join(', ')}: criminal justice information stays in the United States (Storage-B)`,
  ),
  govCloud: z.boolean(),
  /** Reach AWS by its FIPS 140 endpoints. */
  fips: z.boolean(),
  operatorEmail: z.email('must be an e-mail address'),
});

/** CJIS sessions: short tokens, and a sign-in at least once per working day. */
export const tokens = z.strictObject({
  accessMinutes: z.int().min(5).max(15, 'must be at most 15 minutes'),
  refreshHours: z.int().min(1).max(12),
});

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

import { z } from 'zod';
import { cautions, concerns } from '../hot-list/listed-vehicle';
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
  /** The reads of those networks are compared with the hot lists, too. */
  matchesHotLists: z.boolean().default(false),
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

/** No mass download (Storage-A). What each default is reasoned from stands in docs/formats/search.md. */
export const caps = z.strictObject({
  /** Reads of one search, over all its pages. */
  resultsPerSearch: z.int().min(1).max(500),
  resultsPerPage: z.int().min(1).max(100).default(50),
  /** Of one user in one hour and on one day (UTC). */
  searchesPerHour: z.int().min(1).max(500).default(60),
  searchesPerDay: z.int().min(1).max(2000),
  /** Reads answered to one user on one UTC day. */
  resultsPerDay: z.int().min(1).max(20_000).default(2000),
  /** Of all users of one agency together on one UTC day. */
  agencySearchesPerDay: z.int().min(1).max(50_000).default(3000),
  agencyResultsPerDay: z.int().min(1).max(500_000).default(30_000),
  /** Of searches by place: each camera counts for each hour that is looked at. */
  place: z
    .strictObject({
      hoursMax: z.int().min(1).max(72).default(6),
      camerasMax: z.int().min(1).max(100).default(20),
      areaKm2Max: z.number().min(0.01).max(100).default(4),
      cameraHoursPerDay: z.int().min(1).max(5000).default(400),
    })
    .prefault({}),
  /** From how many on a user's searches of one UTC day are no investigation any more but a walk through the data. */
  enumeration: z
    .strictObject({
      /** Distinct plates and patterns within one hour. */
      platesPerHour: z.int().min(3).max(500).default(30),
      /** Distinct plates that differ in two neighbouring characters at one end alone. */
      similarPlates: z.int().min(3).max(100).default(8),
      /** Distinct patterns that name three characters alone. */
      broadPatterns: z.int().min(2).max(100).default(8),
      /** Distinct cameras searched by place. */
      cameras: z.int().min(2).max(1000).default(60),
      /** Windows of one plate, pattern or camera that do not overlap. */
      windows: z.int().min(2).max(100).default(8),
    })
    .prefault({}),
});

/** IPv4 or IPv6 addresses as `203.0.113.0/24`. */
const cidr = z.union([z.cidrv4(), z.cidrv6()], 'must be a range of addresses such as 203.0.113.0/24');

/** A network of the department's own: which addresses, and where it stands. */
const ownNetwork = z.strictObject({ addresses: cidr, name, ...position.shape });

/**
 * What the console may be opened on: the department's own networks, registered devices, or both (Access-G). Nothing
 * else opens it, so a private phone does not.
 */
export const clients = z
  .strictObject({
    consoleNetworks: z.array(ownNetwork).max(100).default([]),
    consoleDevices: z.boolean().default(true),
    /** A session that is silent for so long has ended. */
    idleMinutes: z.int().min(5).max(30, 'must be at most 30 minutes').default(30),
  })
  .prefault({});

/** What the training covers; access needs a current record of each topic (Training). */
export const training = z
  .strictObject({
    topics: z
      .array(z.strictObject({ id, name }))
      .min(1)
      .max(30)
      .default([
        { id: 'policy', name: 'This policy' },
        { id: 'protected-information', name: 'Protected information' },
        { id: 'downloaded-records', name: 'Handling and storage of downloaded records' },
        { id: 'searching', name: 'Searching the system' },
        { id: 'hot-list', name: 'Creating and deleting hot-list entries' },
        { id: 'appropriate-use', name: 'Appropriate use, and penalties for violations' },
      ]),
    validMonths: z.int().min(1).max(24).default(12),
  })
  .prefault({});

export const access = z
  .strictObject({
    /** Duty ends by itself after so long, so that nobody gets alerts at home (Access-G). */
    dutyHoursMax: z.int().min(1).max(16).default(12),
    /** An account that nobody used for so long is disabled. */
    unusedDays: z.int().min(1).max(90, 'must be at most 90 days').default(90),
    /** One account used from two places at once, or from places too far apart: a finding, or refused as well. */
    sharedAccounts: z
      .strictObject({
        action: z.enum(['flag', 'block']).default('flag'),
        /** Two uses of one account within so long count as at once. */
        withinMinutes: z.int().min(1).max(60).default(10),
        /** Nobody travels faster between two of the department's networks. */
        travelKmPerHour: z.int().min(50).max(1000).default(200),
      })
      .prefault({}),
  })
  .prefault({});

/** Sign-in by the department's own identity provider, beside accounts of the pool. Its second factor is asked for. */
export const federation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('oidc'),
    name: id,
    issuer: z.url('must be the address of the issuer'),
    clientId: z.string().min(1).max(200),
    /** Name of the secret in Secrets Manager that holds the client secret. */
    clientSecretName: z.string().min(1).max(200),
    /** The provider's claim that says how somebody signed in, and the value that says: with a second factor. */
    mfaClaim: z.string().min(1).max(60),
    mfaValue: z.string().min(1).max(200),
    callbackUrls: z.array(z.url()).min(1).max(10),
  }),
  z.strictObject({
    kind: z.literal('saml'),
    name: id,
    metadataUrl: z.url('must be the address of the metadata'),
    mfaClaim: z.string().min(1).max(200),
    mfaValue: z.string().min(1).max(200),
    callbackUrls: z.array(z.url()).min(1).max(10),
  }),
]);

/** How reads are matched and alerts are made of it. */
/** Bounds of what may be shared, and how its refusals name the law (Storage-E, Storage-F). */
export const sharing = z
  .strictObject({
    agreementDaysMax: z.int().min(1).max(1830, 'must be at most five years').default(1096),
    /** A federal agency's exigent access ends by itself after so long at most. */
    exigentHoursMax: z.int().min(1).max(72, 'must be at most 72 hours').default(24),
    /** Reads that the answer to one outside request may hold. */
    requestResultsMax: z.int().min(1).max(50).default(20),
    /** The statute that bars sharing for health care and immigration. */
    statute: z.string().trim().min(3).max(80).default('625 ILCS 5/2-130'),
  })
  .prefault({});

export const matching = z
  .strictObject({
    /**
     * Readings with one character missing, extra or wrong alert on custom entries as well. Off: at a million entries
     * such readings are over half of all traffic.
     */
    nearCustomEntries: z.boolean().default(false),
    /** Sightings of one entry within so long are one alert; must divide a day. */
    alertWindowMinutes: z
      .int()
      .min(1)
      .max(60)
      .refine((minutes) => 1440 % minutes === 0, 'must divide a day, such as 5, 10, 15 or 30')
      .default(15),
    /** An alert that nobody takes on for so long is told to supervisors on duty. */
    acknowledgeWithinMinutes: z.int().min(1).max(60).default(5),
    /** A commander's entry can be taken over for the next shift from so long before its end on (Policy-H.f). */
    handoverMinutes: z.int().min(1).max(240).default(60),
  })
  .prefault({});

/** Where a field of an outside list's row stands: a column's heading (CSV), or characters from, to (fixed width). */
const csvFormat = z.strictObject({
  kind: z.literal('csv'),
  separator: z.enum([',', ';', '|', '\t']).default(','),
  columns: z.strictObject({
    plate: name,
    state: name.optional(),
    concern: name.optional(),
    description: name.optional(),
    caution: name.optional(),
    reference: name.optional(),
  }),
});
const span = z.strictObject({ from: z.int().min(1).max(2000), to: z.int().min(1).max(2000) });
const fixedFormat = z.strictObject({
  kind: z.literal('fixed-width'),
  columns: z.strictObject({
    plate: span,
    state: span.optional(),
    concern: span.optional(),
    description: span.optional(),
    caution: span.optional(),
    reference: span.optional(),
  }),
});

/** A hot list that somebody else keeps: the state's, an NCIC extract, AMBER alerts, a neighbour's. */
export const outsideList = z.strictObject({
  id,
  name,
  format: z.discriminatedUnion('kind', [csvFormat, fixedFormat]),
  /** What the source's own codes mean here; a code without a line is `other`. */
  concerns: z.record(z.string().max(40), z.enum(concerns)).default({}),
  cautions: z.record(z.string().max(40), z.enum(cautions)).default({}),
  /** Of rows that name none. */
  defaultConcern: z.enum(concerns).default('other'),
  /** The source promised a new delivery so often; older is alarmed. */
  refreshHours: z
    .int()
    .min(1)
    .max(24 * 14),
  /** A delivery that would remove a greater share of the list waits for a confirmation; 0 to 1. */
  removalShareMax: z.number().min(0).max(1).default(0.2),
});

/** The sealed audit log: its public name, and how long what is sealed cannot be deleted. */
/** A witness of the log (C2SP tlog-witness). */
const witness = z.strictObject({
  /** `NAME+ID+KEY` of an Ed25519 key that cosigns, as the witness publishes it. */
  key: z
    .string()
    .max(500)
    .regex(/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$/, 'must be a verifier key NAME+ID+KEY'),
  /** Its submission prefix: `/add-checkpoint` is asked there. */
  url: z.url({ protocol: /^https$/, error: 'must be an https address' }),
});

export const auditLog = z.strictObject({
  /** Origin of its checkpoints: a domain of the department and a path, without spaces and `+`. */
  origin: z
    .string()
    .regex(/^[a-z0-9][a-z0-9./-]{3,99}$/, 'must be a domain and path such as example.org/alpr-audit'),
  /** `COMPLIANCE`: nobody can delete it before its time, the account's root user included. */
  lockMode: z.enum(['COMPLIANCE', 'GOVERNANCE']),
  lockDays: z.int().min(30).max(3650),
  /** Who is asked to cosign the checkpoint of each day, so that the log cannot show two histories. */
  witnesses: z.array(witness).max(10).default([]),
});

/** Single reads that were kept for a case (Storage-B): how long, and who fetches them. */
export const evidence = z
  .strictObject({
    /** As of `auditLog`. */
    lockMode: z.enum(['COMPLIANCE', 'GOVERNANCE']).default('COMPLIANCE'),
    /** The Department's retention schedule for such records, days; nothing ends before, and everything after. */
    retentionDays: z.int().min(365).max(36_500).default(2555),
    /** How long a package waits to be fetched by the evidence system. */
    handOverDays: z.int().min(1).max(30).default(14),
    /** The evidence system's role, which may read what was handed over, and nothing else here. */
    systemRoleArn: z
      .string()
      .regex(/^arn:aws(-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, 'must be the ARN of a role')
      .optional(),
    /** New evidence of one user on one UTC day: no way to download the store (Storage-A). */
    takenPerUserAndDay: z.int().min(1).max(200).default(20),
  })
  .prefault({});

export const reportSchedule = z.strictObject({
  /** Day of the month on which last month is reported. */
  dayOfMonth: z.int().min(1).max(28),
  timeOfDay,
});

/** The monthly user audit (Acct-A). */
export const monthAudit = z
  .strictObject({
    /** An audit that nobody attested within so many days is told to the Chief and the auditor, and alarmed. */
    attestWithinDays: z.int().min(1).max(60).default(14),
    /** `delivered`: the Department's systems put their case and dispatch numbers into the bucket of audits. */
    caseNumbers: z.enum(['not-configured', 'delivered']).default('not-configured'),
  })
  .prefault({});

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

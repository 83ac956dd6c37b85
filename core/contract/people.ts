import { z } from 'zod';
import { roles } from '../access/roles';
import { time } from './fields';

/** As Cognito and the log know somebody; never given to another person later. */
export const username = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{1,63}$/,
    'must be 2 to 64 lower-case letters, digits, dots, underscores or hyphens',
  );

const agencyId = z.string().min(1).max(40);
const division = z.string().min(1).max(40);
const because = z.string().trim().min(10, 'must say why in 10 characters or more').max(500);

/** The Chief gives and takes these (Policy-D); every other role is the administrator's to assign. */
export const designatedRoles = ['administrator', 'chief-designee', 'chief', 'auditor'] as const;

export const personPath = z.strictObject({ username });

export const enrolment = z.strictObject({
  username,
  /** Where the invitation with the temporary password goes; a department address. */
  email: z.email('must be an e-mail address').max(254),
  role: z.enum(roles),
  agency: agencyId,
  division,
  sworn: z.boolean(),
});

export const assignment = z.strictObject({ role: z.enum(roles), division, sworn: z.boolean() });

export const designation = z.strictObject({
  role: z.enum(['administrator', 'chief-designee', 'auditor']),
  division,
});

export const disablement = z.strictObject({ because: z.enum(['left', 'unused', 'no-longer-needed']) });

export const suspension = z.strictObject({ because });
export const reinstatement = z.strictObject({ because });

export const training = z.strictObject({
  /** A topic of the configuration. */
  topic: z.string().min(1).max(40),
  takenOn: z.iso.date('must be a date such as 2026-11-24'),
});

const trainingRecord = z.strictObject({ topic: z.string(), takenOn: z.iso.date(), until: time });

/** How somebody's access stands at this moment. */
export const person = z.strictObject({
  username: z.string(),
  role: z.enum(roles),
  agency: z.string(),
  division: z.string(),
  sworn: z.boolean(),
  access: z.enum(['active', 'suspended', 'disabled']),
  /** Topics of the configuration without a current record; access takes effect when none is left. */
  untrained: z.array(z.string()),
  training: z.array(trainingRecord),
  /** Absent: off duty. */
  onDutyUntil: time.optional(),
  lastUsedOn: z.iso.date().optional(),
});
export const people = z.strictObject({ people: z.array(person) });

/** Self, and what the policy opens to him or her now. */
export const ownStanding = z.strictObject({
  person,
  networks: z.array(z.string()),
  /** What the call was made with. */
  device: z.enum(['department-phone', 'department-console', 'machine', 'unknown']),
});

export const duty = z.strictObject({ onDuty: z.boolean() });
export const dutyAnswer = z.strictObject({ onDuty: z.boolean(), until: time.optional() });

/** One line of the personnel system: who has left and who is still there. Shaped as SCIM 2.0 (RFC 7643) users. */
const scimUser = z.looseObject({ userName: z.string().max(128), active: z.boolean() });

/** Of either kind a whole feed: nobody is disabled for being missing from it, only for being marked as gone. */
export const personnelFeed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scim'), Resources: z.array(z.unknown()).max(5000) }),
  /** Columns `username,active`; further columns are not read. */
  z.strictObject({ kind: z.literal('csv'), text: z.string().max(500_000) }),
]);
export const scimPerson = scimUser;

export const feedReport = z.strictObject({
  rows: z.int().nonnegative(),
  disabled: z.array(z.string()),
  alreadyDisabled: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
  /** What could not be used, by its number in the feed from 1. Every other row took effect. */
  refused: z.array(z.strictObject({ row: z.int().positive(), message: z.string() })),
});

export type Enrolment = z.output<typeof enrolment>;
export type Assignment = z.output<typeof assignment>;
export type Designation = z.output<typeof designation>;
export type PersonAnswer = z.output<typeof person>;
export type OwnStanding = z.output<typeof ownStanding>;
export type PersonnelFeed = z.output<typeof personnelFeed>;
export type FeedReport = z.output<typeof feedReport>;

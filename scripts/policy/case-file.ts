import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AccessRequest } from '../../core/access/decision';
import { purposeSchema } from '../../core/access/purpose';
import { reasonSchema } from '../../core/access/reason';
import { roles } from '../../core/access/roles';
import { agencyKinds } from '../../core/contract/configuration-parts';
import { operationList } from '../../core/contract/operations';
import { deviceFacts } from '../../core/people/person';
import { asInTheFile, type SharingNow } from '../../core/sharing/sharing-now';

/** Somebody of the Department in good standing, on duty, at a console: a case says only where its person differs. */
const casePerson = z
  .strictObject({
    username: z.string().min(1).optional(),
    role: z.enum(roles),
    agency: z.string().default('bloomington-pd'),
    division: z.string().default('patrol'),
    sworn: z.boolean().default(true),
    suspended: z.boolean().default(false),
    disabled: z.boolean().default(false),
    trainedUntil: z.iso.datetime().default('2027-06-30T00:00:00Z'),
    onDuty: z.boolean().default(true),
    device: z.enum(deviceFacts).default('department-console'),
    /** The person's agency is federal and has access in an exigency until then. */
    exigentGrantUntil: z.iso.datetime().optional(),
  })
  .transform(({ trainedUntil, username, exigentGrantUntil, ...facts }) => ({
    ...facts,
    sharing: sharingOf(facts.agency, exigentGrantUntil),
    username: username ?? `made-up.${facts.role}`,
    trainedUntilMs: Date.parse(trainedUntil),
  }));

const request = z.strictObject({
  title: z.string().optional(),
  at: z.iso.datetime().default('2026-11-24T12:00:00Z'),
  person: casePerson,
  operation: z.enum(operationList.map((each) => each.id)),
  networks: z.array(z.string()).optional(),
  agencies: z.array(z.string()).optional(),
  jurisdiction: z.string().optional(),
  purpose: purposeSchema.optional(),
  reason: reasonSchema.optional(),
  author: z.string().optional(),
  subject: z.strictObject({ username: z.string(), role: z.enum(roles) }).optional(),
  newRole: z.enum(roles).optional(),
  party: z
    .strictObject({
      kind: z.enum(agencyKinds).default('county'),
      state: z.string().default('IL'),
      exigency: z.boolean().default(false),
      declared: z.boolean().default(false),
    })
    .optional(),
});

/** A request by itself, or a case of which only the request counts. */
const requestFile = request.extend({ clause: z.string().optional(), rules: z.array(z.string()).optional() });

const policyCase = request.extend({
  title: z.string(),
  clause: z.string().optional(),
  rules: z.array(z.string()),
});

export interface PolicyCase {
  readonly file: string;
  readonly kind: 'allow' | 'deny';
  readonly title: string;
  readonly request: AccessRequest;
  /** Of a denial: the clause that refuses. */
  readonly clause: string | undefined;
  /** The rules that decide, in file order; none where no rule allows. */
  readonly rules: readonly string[];
}

/** Every case file of a policy folder, by name. Throws the parser's error for one that is malformed. */
export function readCases(policyFolder: string): readonly PolicyCase[] {
  return (['allow', 'deny'] as const).flatMap((kind) => {
    const folder = join(policyFolder, 'cases', kind);
    return readdirSync(folder)
      .sort()
      .map((file) => {
        const parsed = policyCase.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
        const { title, clause, rules } = parsed;
        return { file: `${kind}/${file}`, kind, title, clause, rules, request: requestOf(parsed) };
      });
  });
}

export type RequestFile =
  | { readonly kind: 'request'; readonly request: AccessRequest }
  /** Each fault names its field. */
  | { readonly kind: 'malformed'; readonly faults: readonly string[] };

/** The request in the text of a file, or what is wrong with it. */
export function parseRequestFile(text: string): RequestFile {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch {
    return { kind: 'malformed', faults: ['(the file): is not JSON'] };
  }
  const parsed = requestFile.safeParse(written);
  if (parsed.success) return { kind: 'request', request: requestOf(parsed.data) };
  return {
    kind: 'malformed',
    faults: parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(the file)'}: ${message}`),
  };
}

function requestOf(written: z.output<typeof requestFile>): AccessRequest {
  const { at, person, operation } = written;
  const { networks, agencies, jurisdiction, purpose, reason, author, subject, newRole, party } = written;
  return {
    person,
    operation,
    nowMs: Date.parse(at),
    ...(networks === undefined ? {} : { networks }),
    ...(agencies === undefined ? {} : { agencies }),
    ...(jurisdiction === undefined ? {} : { jurisdiction }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(reason === undefined ? {} : { reason }),
    ...(author === undefined ? {} : { author }),
    ...(subject === undefined ? {} : { subject }),
    ...(newRole === undefined ? {} : { newRole }),
    ...(party === undefined ? {} : { party }),
  };
}

function sharingOf(agencyId: string, exigentGrantUntil: string | undefined): SharingNow {
  if (exigentGrantUntil === undefined) return asInTheFile;
  const terms = {
    kind: 'exigent',
    opensToUs: [],
    searchesOurs: ['bloomington'],
    matchesHotLists: false,
  } as const;
  const endsAtMs = Date.parse(exigentGrantUntil);
  const agreements = [{ agreementId: 'made-up', agencyId, ...terms, endsAtMs }];
  return { ...asInTheFile, revision: 1, agreements };
}

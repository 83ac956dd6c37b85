import { z } from 'zod';
import { reaches, roles } from '../access/roles';
import {
  access,
  agency,
  auditLog,
  caps,
  clients,
  department,
  evidence,
  federation,
  id,
  matching,
  monthAudit,
  neighbour,
  network,
  outsideList,
  plateReader,
  reasons,
  reportSchedule,
  sharing,
  shift,
  stage,
  tokens,
  training,
  transit,
} from './configuration-parts';
import { checkReferences } from './configuration-references';

/** SOP Storage-A: nothing collected is kept longer. Lower is a department's choice, higher is not. */
export const retentionDaysMax = 30;

/** The file with which a department deploys: everything that differs between departments and stages. */
export const configurationSchema = z
  .strictObject({
    department,
    /** Whose cameras exist at all; `local` ones are what dispatchers may search (Access-D.1). */
    networks: z.array(network).min(1),
    /** Jurisdictions to notify before enforcement inside them (Policy-I). */
    neighbours: z.array(neighbour),
    /** Every agency with access or whose networks are open to the Department. The portal lists all of them. */
    agencies: z.array(agency),
    divisions: z.array(id).min(1),
    shifts: z.array(shift).min(1),
    /** How far each role's searches reach (Access-D). */
    scopes: z.preprocess(withPersonnelFeed, z.record(z.enum(roles), z.enum(reaches))),
    reasons,
    retentionDays: z
      .int()
      .min(1, 'must be at least 1 day')
      .max(retentionDaysMax, `must be at most ${retentionDaysMax} days (Storage-A)`),
    transit,
    /** How far a fixed camera may report from its approved site, metres (Policy-E). */
    siteRadiusM: z.number().positive().max(500),
    caps,
    reportSchedule,
    monthAudit,
    auditLog,
    evidence,
    /**
     * The organisation asserts that its AWS AI services opt-out policy is in force. Without it no image may go to a
     * managed plate reader, which might otherwise keep it.
     */
    aiServicesOptOut: z.boolean(),
    /** Who reads the plates in frames: the networks in our own function, or the managed service. */
    reader: plateReader,
    /** Where public reports go: the portal stack's `PortalBucket`, once it is deployed. */
    portalBucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
      .optional(),
    stage,
    tokens,
    clients,
    training,
    access,
    federation: federation.optional(),
    matching,
    sharing,
    /** Hot lists of others; the Department's own needs no line here. */
    outsideLists: z.array(outsideList).max(50).default([]),
  })
  .superRefine(checkReferences);

export type Configuration = z.output<typeof configurationSchema>;
export type Agency = Configuration['agencies'][number];
export type Network = Configuration['networks'][number];

/** One field of the deployment file and what is wrong with it. */
export interface ConfigurationFault {
  readonly field: string;
  readonly message: string;
}

/** The deployment file cannot be used. Its message names each field and what is wrong. */
export class ConfigurationError extends Error {
  readonly code = 'configuration-invalid';

  constructor(readonly faults: readonly ConfigurationFault[]) {
    super(
      ['The configuration cannot be used:', ...faults.map((each) => `  ${each.field}: ${each.message}`)].join(
        '\n',
      ),
    );
    this.name = 'ConfigurationError';
  }
}

/** The one parser of the deployment file. Throws `ConfigurationError` with every fault at once. */
export function parseConfiguration(input: unknown): Configuration {
  const parsed = configurationSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    parsed.error.issues.map((issue) => ({
      field: fieldName(issue.path),
      message: issue.message,
    })),
  );
}

function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(the file)';
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** The personnel system searches nothing, so no file has to say so. */
function withPersonnelFeed(scopes: unknown): unknown {
  if (typeof scopes !== 'object' || scopes === null) return scopes;
  return { 'personnel-feed': 'none', ...scopes };
}

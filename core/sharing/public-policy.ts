import { permittedPurposes } from '../access/purpose';
import type { Configuration } from '../contract/configuration';
import { asInTheFile, knownAgencies, type SharingNow, termsWith } from './sharing-now';

/** What the public is told: made from the configuration that the system runs on, never written by hand. */
export interface PublicPolicy {
  readonly department: string;
  readonly state: string;
  readonly publishedAt: string;
  readonly retentionDays: number;
  readonly permittedUses: readonly string[];
  readonly exigentUse: string;
  readonly prohibitedUses: readonly { readonly use: string; readonly clause: string }[];
  readonly neverSold: string;
  readonly networks: readonly { readonly name: string; readonly agency: string }[];
  /** Every agency of the file and of the register; an agency cannot have access and be left out. */
  readonly agencies: readonly {
    readonly name: string;
    readonly kind: string;
    readonly state: string;
    readonly hasAgreement: boolean;
    readonly agreedUntil?: string;
    /** Access in an exigency, for hours, and no agreement (Storage-F). */
    readonly isExigent?: true;
    /** Networks of the Department that its officers may search now. */
    readonly searchesOurs: readonly string[];
    /** Its networks that the Department's officers may search now. */
    readonly opensToUs: readonly string[];
  }[];
}

const purposeNames: Readonly<Record<(typeof permittedPurposes)[number], string>> = {
  felony: 'Investigation of felony-level crimes',
  'crime-against-person': 'Investigation of crimes against persons',
  'hit-and-run': 'Hit-and-run motor vehicle accidents',
  'active-arrest-warrant': 'Persons with active arrest warrants',
  'missing-person': 'Missing persons',
};

const prohibitedUses = [
  { use: 'Immigration enforcement', clause: 'Policy-C' },
  { use: 'Towing', clause: 'Policy-C' },
  { use: 'Enforcement of city ordinances', clause: 'Policy-C' },
  { use: 'Minor traffic enforcement', clause: 'Def' },
  {
    use: 'Religious, political or social views or activities, or taking part in a lawful event',
    clause: 'Access-A',
  },
  {
    use: 'Race, ethnicity, citizenship, age, disability, gender, gender identity, sexual orientation or another class protected by law',
    clause: 'Access-A',
  },
  { use: 'Reproductive or other lawful health care (625 ILCS 5/2-130)', clause: 'Storage-E' },
  { use: 'Mass downloading', clause: 'Storage-A' },
  { use: 'Sharing with any commercial, contracted or private entity', clause: 'Storage-D' },
] as const;

/** `sharing`: what was decided since the deployment; without it the list is that of the file. */
export function publicPolicy(
  configuration: Configuration,
  nowMs: number,
  sharing: SharingNow = asInTheFile,
): PublicPolicy {
  const nameOf = new Map([
    [configuration.department.agencyId, configuration.department.name],
    ...configuration.agencies.map((each): [string, string] => [each.id, each.name]),
  ]);
  return {
    department: configuration.department.name,
    state: configuration.department.state,
    publishedAt: new Date(nowMs).toISOString(),
    retentionDays: configuration.retentionDays,
    permittedUses: permittedPurposes.map((purpose) => purposeNames[purpose]),
    exigentUse:
      'In exigent circumstances another law-enforcement purpose may be named; it needs a written justification (Policy-B).',
    prohibitedUses,
    neverSold: 'ALPR data is never sold, monetised or used commercially (Storage-G).',
    networks: configuration.networks.map((each) => ({
      name: each.name,
      agency: nameOf.get(each.agency) ?? each.agency,
    })),
    agencies: publicAgencies(configuration, nowMs, sharing),
  };
}

/** Every agency with what it may search and what it opens at this moment; none is left out. */
export function publicAgencies(
  configuration: Configuration,
  nowMs: number,
  sharing: SharingNow,
): PublicPolicy['agencies'] {
  const networkName = new Map(configuration.networks.map((each) => [each.id, each.name]));
  const names = (ids: readonly string[] = []) => ids.map((each) => networkName.get(each) ?? each);
  return knownAgencies(configuration, sharing).map(({ id, name, kind, state }) => {
    const terms = termsWith({ configuration, sharing }, id, nowMs);
    return {
      name,
      kind,
      state,
      hasAgreement: terms !== undefined,
      ...(terms === undefined ? {} : { agreedUntil: lastDay(terms.endsAtMs) }),
      ...(terms?.kind === 'exigent' ? { isExigent: true as const } : {}),
      searchesOurs: names(terms?.searchesOurs),
      opensToUs: names(terms?.opensToUs),
    };
  });
}

/** The last day on which it holds, UTC. */
function lastDay(endsAtMs: number): string {
  return new Date(endsAtMs - 1).toISOString().slice(0, 10);
}

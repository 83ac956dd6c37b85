import { permittedPurposes } from '../access/purpose';
import type { Configuration } from '../contract/configuration';
import { isAgreed } from './scope';

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
  /** Every agency of the configuration; an agency cannot have access and be left out. */
  readonly agencies: readonly {
    readonly name: string;
    readonly kind: string;
    readonly state: string;
    readonly hasAgreement: boolean;
    readonly agreedUntil?: string;
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

export function publicPolicy(configuration: Configuration, nowMs: number): PublicPolicy {
  const nameOf = new Map([
    [configuration.department.agencyId, configuration.department.name],
    ...configuration.agencies.map((each): [string, string] => [each.id, each.name]),
  ]);
  const networkName = new Map(configuration.networks.map((each) => [each.id, each.name]));
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
    agencies: configuration.agencies.map((agency) => {
      const hasAgreement = isAgreed(agency, nowMs);
      const names = (ids: readonly string[]) =>
        hasAgreement ? ids.map((each) => networkName.get(each) ?? each) : [];
      return {
        name: agency.name,
        kind: agency.kind,
        state: agency.state,
        hasAgreement,
        ...(agency.agreedUntil === undefined ? {} : { agreedUntil: agency.agreedUntil }),
        searchesOurs: names(agency.maySearch),
        opensToUs: names(agency.networks),
      };
    }),
  };
}

import type { Agency, Configuration } from '../contract/configuration';
import { dayMs } from '../retention/day';

/** An agency with which something may be shared; law enforcement only (Storage-D). */
export type SharedAgency = Pick<Agency, 'id' | 'name' | 'kind' | 'state'>;

/** `standing`: an agreement. `exigent`: a federal agency's access in an exigency, which ends by itself (Storage-F). */
export type AgreementKind = 'standing' | 'exigent';

/** What an agreement opens, and until when, ms. */
export interface Terms {
  readonly kind: AgreementKind;
  /** Networks of the agency that the Department's officers may search. */
  readonly opensToUs: readonly string[];
  /** Networks of the Department that the agency's officers may search. */
  readonly searchesOurs: readonly string[];
  /** The reads of the agency's own cameras are compared with the hot lists, too. */
  readonly matchesHotLists: boolean;
  readonly endsAtMs: number;
}

export interface AgreementInForce extends Terms {
  readonly agreementId: string;
  readonly agencyId: string;
}

/**
 * Everything that was decided on sharing since the deployment file was written, in one small value, so that one
 * strongly consistent read tells each call what holds now.
 */
export interface SharingNow {
  readonly revision: number;
  /** Registered while the system runs, beside those of the file. */
  readonly agencies: readonly SharedAgency[];
  readonly agreements: readonly AgreementInForce[];
  /** Agencies whose agreement in the file was revoked or replaced: no later deployment brings it back. */
  readonly ended: readonly string[];
}

/** Nothing was decided yet: the file alone holds. */
export const asInTheFile: SharingNow = { revision: 0, agencies: [], agreements: [], ended: [] };

/** Every agency there is: the file's, then those that were registered since. None ever leaves the list. */
export function knownAgencies({ agencies }: Configuration, sharing: SharingNow): readonly SharedAgency[] {
  const inFile = new Set(agencies.map(({ id }) => id));
  return [
    ...agencies.map(({ id, name, kind, state }) => ({ id, name, kind, state })),
    ...sharing.agencies.filter(({ id }) => !inFile.has(id)),
  ];
}

/** What holds between the Department and an agency at this moment; `undefined`: nothing does. */
export function termsWith(
  { configuration, sharing }: { readonly configuration: Configuration; readonly sharing: SharingNow },
  agencyId: string,
  nowMs: number,
): Terms | undefined {
  const live = sharing.agreements.find((each) => each.agencyId === agencyId && nowMs < each.endsAtMs);
  const terms = live ?? termsOfFile(configuration, sharing, agencyId);
  return terms !== undefined && nowMs < terms.endsAtMs ? terms : undefined;
}

/** What its agency's agreement says of a network that is not the Department's; `undefined`: it is closed. */
export function networkTerms(
  facts: { readonly configuration: Configuration; readonly sharing: SharingNow },
  network: string,
  nowMs: number,
): Terms | undefined {
  const owner = facts.configuration.networks.find(({ id }) => id === network)?.agency;
  const terms = owner === undefined ? undefined : termsWith(facts, owner, nowMs);
  return terms?.opensToUs.includes(network) ? terms : undefined;
}

/** Whether a federal agency's exigent access holds at this moment (Storage-F). */
export function hasExigentGrant({ agreements }: SharingNow, agencyId: string, nowMs: number): boolean {
  return agreements.some(
    (each) => each.agencyId === agencyId && each.kind === 'exigent' && nowMs < each.endsAtMs,
  );
}

/** The end of a day that counts whole, in UTC, ms. */
export function endOfDayMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + dayMs;
}

function termsOfFile(
  { agencies }: Configuration,
  { ended }: SharingNow,
  agencyId: string,
): Terms | undefined {
  const agency = agencies.find(({ id }) => id === agencyId);
  if (agency?.agreedUntil === undefined || ended.includes(agencyId)) return undefined;
  return {
    kind: 'standing',
    opensToUs: agency.networks,
    searchesOurs: agency.maySearch,
    matchesHotLists: agency.matchesHotLists,
    endsAtMs: endOfDayMs(agency.agreedUntil),
  };
}

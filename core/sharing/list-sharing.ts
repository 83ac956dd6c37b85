import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Configuration } from '../contract/configuration';
import type { AgencyAnswer, AgreementAnswer, SharedWith, SharingAnswer } from '../contract/sharing';
import type { AgencyRecord, AgreementRecord, SharingRegister, SharingStep } from './agreement';
import { knownAgencies, type SharingNow, termsWith } from './sharing-now';

export interface ListSharingDeps extends AuditDeps {
  readonly register: Pick<SharingRegister, 'now' | 'agencies' | 'agreements'>;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type ListSharingOutcome =
  | { readonly kind: 'listed'; readonly answer: SharingAnswer }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** Every agency, what is shared with it now, and who decided what, with the papers on file (Storage-E). */
export function listSharing(deps: ListSharingDeps) {
  return async (caller: Caller): Promise<ListSharingOutcome> => {
    const operation = 'list-sharing';
    const nowMs = deps.events.now();
    const permit = deps.decide({ person: caller.person, operation, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    const answer = await auditedUse(deps, caller, use, async () => {
      const { register, configuration } = deps;
      const sharing = await register.now();
      const agencies = await register.agencies();
      const agreements = await register.agreements();
      const now = sharedNow(configuration, sharing, nowMs);
      return {
        value: {
          now: [...now],
          agencies: agencies.map(agencyAnswer),
          agreements: agreements.map((each) => agreementAnswer(each, nowMs)),
        },
        counts: { agencies: now.length, agreements: agreements.length },
        resultIds: now.map(({ agencyId }) => agencyId),
      };
    });
    return { kind: 'listed', answer };
  };
}

/** What is shared with each agency at this moment; with none of them left out. */
export function sharedNow(
  configuration: Configuration,
  sharing: SharingNow,
  nowMs: number,
): readonly SharedWith[] {
  return knownAgencies(configuration, sharing).map(({ id, name, kind, state }) => {
    const terms = termsWith({ configuration, sharing }, id, nowMs);
    return {
      agencyId: id,
      name,
      kind,
      state,
      agreement: terms?.kind ?? 'none',
      opensToUs: [...(terms?.opensToUs ?? [])],
      searchesOurs: [...(terms?.searchesOurs ?? [])],
      ...(terms === undefined ? {} : { endsAt: iso(terms.endsAtMs) }),
    };
  });
}

export function agencyAnswer({ id, name, kind, state, stage, steps }: AgencyRecord): AgencyAnswer {
  return { agencyId: id, name, kind, state, stage, steps: steps.map(stepAnswer) };
}

/** One that ran out is answered as ended: nobody has to write that down for it to be so. */
export function agreementAnswer(agreement: AgreementRecord, nowMs: number): AgreementAnswer {
  const { steps, endsAtMs, opensToUs, searchesOurs, stage, revision: _, ...rest } = agreement;
  return {
    ...rest,
    opensToUs: [...opensToUs],
    searchesOurs: [...searchesOurs],
    stage: endsAtMs !== undefined && endsAtMs <= nowMs ? 'ended' : stage,
    ...(endsAtMs === undefined ? {} : { endsAt: iso(endsAtMs) }),
    steps: steps.map(stepAnswer),
  };
}

function stepAnswer({ atMs, ...step }: SharingStep) {
  return { ...step, at: iso(atMs) };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

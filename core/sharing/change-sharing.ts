import type { AccessRequest, DecideAccess, Denial, Permit } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Queried } from '../audit/event';
import type { Configuration } from '../contract/configuration';
import type { sharingChanges } from '../contract/operations/sharing';
import type { AgencyProposal, AgreementProposal, ExigentGrantProposal } from '../contract/sharing';
import type { FindingSink } from '../findings/ports';
import {
  type AgencyRecord,
  type AgreementRecord,
  proposedBy,
  type SharingChange,
  type SharingNotice,
  type SharingRegister,
} from './agreement';
import {
  approve,
  confirmAgency,
  type Decided,
  proposeAgency,
  proposeAgreement,
  proposeExigentGrant,
  revoke,
  type SharingRefusal,
} from './agreement-life-cycle';
import { knownAgencies, type SharingNow, termsWith } from './sharing-now';

export interface ChangeSharingDeps extends AuditDeps {
  readonly register: SharingRegister;
  readonly findingSink: FindingSink;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type SharingOutcome =
  | { readonly kind: 'changed'; readonly change: SharingChange; readonly nowMs: number }
  | { readonly kind: 'refused'; readonly denial: Denial | SharingRefusal; readonly queried: Queried }
  | { readonly kind: 'not-found' }
  /** Others kept changing it; nothing was stored. */
  | { readonly kind: 'busy' };

type ChangeOperation = (typeof sharingChanges)[number];

interface Change {
  readonly operation: ChangeOperation;
  readonly agencyId: string;
  readonly agreementId?: string;
  readonly author?: string;
  readonly party?: AccessRequest['party'];
  /** Decides anew on what is stored. */
  readonly apply: () => Promise<Decided | { readonly kind: 'not-found' }>;
}

/** A change is decided anew this often when somebody else's came between. */
const attemptsMax = 5;
/** The proposer of nothing, so that what is missing is decided on like somebody else's. */
const nobody = ' nobody';

/**
 * The seven decisions on sharing. Each is two persons' but the ending of it, which is one's and takes effect on the
 * next call. `requested` is durable before anything changes; all of a change is stored at once, with the notice that
 * tells the administrator of it (`tellSharing`); a grant's finding stands before the grant does. Whoever dies between
 * leaves an unclosed pair in the log, and the change itself in the history, on the public list and in its notice.
 */
export function changeSharing(deps: ChangeSharingDeps) {
  const { register, configuration, events } = deps;
  const known = (sharing: SharingNow, agencyId: string) =>
    knownAgencies(configuration, sharing).find(({ id }) => id === agencyId);
  const partyOf = async (agencyId: string, facts: { exigency: boolean; declared: boolean }) => {
    const agency = known(await register.now(), agencyId);
    return agency && { kind: agency.kind, state: agency.state, ...facts };
  };

  return {
    async proposeAgency(agency: AgencyProposal, caller: Caller): Promise<SharingOutcome> {
      const by = byOf(deps, caller);
      return make(deps, caller, {
        operation: 'propose-agency',
        agencyId: agency.id,
        apply: async () => {
          const { department } = configuration;
          const itself = {
            id: department.agencyId,
            name: department.name,
            kind: 'municipal',
            state: '',
          } as const;
          const proposals = await register.agencies();
          const taken = [itself, ...knownAgencies(configuration, await register.now()), ...proposals];
          return proposeAgency(agency, taken, by);
        },
      });
    },

    async confirmAgency(agencyId: string, caller: Caller): Promise<SharingOutcome> {
      const by = byOf(deps, caller);
      const asked = await register.agency(agencyId);
      return make(deps, caller, {
        operation: 'confirm-agency',
        agencyId,
        author: (asked && proposedBy(asked)) ?? nobody,
        apply: async () => {
          const agency = await register.agency(agencyId);
          return agency === undefined
            ? { kind: 'not-found' }
            : confirmAgency(agency, await register.now(), by);
        },
      });
    },

    async proposeAgreement(proposal: AgreementProposal, caller: Caller): Promise<SharingOutcome> {
      const { agencyId } = proposal;
      const by = { ...byOf(deps, caller), agreementId: events.newId() };
      const party = await partyOf(agencyId, { exigency: false, declared: true });
      if (party === undefined) return { kind: 'not-found' };
      return make(deps, caller, {
        operation: 'propose-agreement',
        agencyId,
        party,
        apply: async () => proposeAgreement(configuration, proposal, by),
      });
    },

    async proposeExigentGrant(proposal: ExigentGrantProposal, caller: Caller): Promise<SharingOutcome> {
      const { agencyId } = proposal;
      const by = { ...byOf(deps, caller), agreementId: events.newId() };
      const party = await partyOf(agencyId, { exigency: true, declared: false });
      if (party === undefined) return { kind: 'not-found' };
      return make(deps, caller, {
        operation: 'propose-exigent-grant',
        agencyId,
        party,
        apply: async () => proposeExigentGrant(configuration, proposal, by),
      });
    },

    async approve(
      operation: 'approve-agreement' | 'approve-exigent-grant',
      agreementId: string,
      caller: Caller,
    ): Promise<SharingOutcome> {
      const by = byOf(deps, caller);
      const kind = operation === 'approve-agreement' ? 'standing' : 'exigent';
      const asked = await register.agreement(agreementId);
      if (asked === undefined || asked.kind !== kind) return { kind: 'not-found' };
      const { agencyId } = asked;
      const party = await partyOf(agencyId, { exigency: kind === 'exigent', declared: kind === 'standing' });
      if (party === undefined) return { kind: 'not-found' };
      return make(deps, caller, {
        operation,
        agencyId,
        agreementId,
        author: proposedBy(asked) ?? nobody,
        party,
        apply: async () => {
          const agreement = await register.agreement(agreementId);
          if (agreement === undefined) return { kind: 'not-found' };
          const now = await register.now();
          const before = (await register.agreements()).filter(
            (each) => each.agencyId === agencyId && each.stage === 'in-force',
          );
          const decided = approve(configuration, agreement, { ...by, now, before });
          if (decided.kind === 'changed' && kind === 'exigent') await review(deps, agreement);
          return decided;
        },
      });
    },

    async revoke(agencyId: string, because: string, caller: Caller): Promise<SharingOutcome> {
      const by = byOf(deps, caller);
      if (known(await register.now(), agencyId) === undefined) return { kind: 'not-found' };
      return make(deps, caller, {
        operation: 'revoke-sharing',
        agencyId,
        apply: async () => {
          const now = await register.now();
          const agreements = (await register.agreements()).filter(
            (each) => each.agencyId === agencyId && each.stage !== 'ended',
          );
          const terms = termsWith({ configuration, sharing: now }, agencyId, by.nowMs);
          return revoke(agencyId, { ...by, now, agreements, isShared: terms !== undefined, because });
        },
      });
    },
  };
}

async function make(deps: ChangeSharingDeps, caller: Caller, change: Change): Promise<SharingOutcome> {
  const { operation, agencyId, agreementId, author, party, apply } = change;
  const nowMs = deps.events.now();
  const queried = { agency: agencyId, ...(agreementId === undefined ? {} : { agreementId }) };
  const permit = deps.decide({
    person: caller.person,
    operation,
    ...(author === undefined ? {} : { author }),
    ...(party === undefined ? {} : { party }),
    nowMs,
  });
  if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };
  return auditedUse<SharingOutcome>(deps, caller, useOf(operation, permit, queried), async () => {
    const notice = { noticeId: deps.events.newId(), change: operation, agencyId, atMs: nowMs };
    const outcome = await storeChange(deps, { queried, notice }, apply);
    if (outcome.kind !== 'changed') return { value: outcome, counts: { changed: 0 }, resultIds: [] };
    return {
      value: { ...outcome, nowMs },
      counts: { changed: 1 },
      resultIds: idsOf(outcome.change.agency, outcome.change.agreements),
    };
  });
}

function useOf(operation: ChangeOperation, permit: Permit, queried: Queried) {
  return { operation, permit, queried, networksInScope: [] };
}

type Stored = Exclude<SharingOutcome, { kind: 'changed' }> | { kind: 'changed'; change: SharingChange };

async function storeChange(
  { register }: ChangeSharingDeps,
  { queried, notice }: { readonly queried: Queried; readonly notice: SharingNotice },
  apply: Change['apply'],
): Promise<Stored> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const decided = await apply();
    if (decided.kind === 'refused') return { kind: 'refused', denial: decided, queried };
    if (decided.kind === 'not-found') return decided;
    if ((await register.store(decided.change, noticeOf(notice, decided.change))) === 'stored') return decided;
  }
  return { kind: 'busy' };
}

function noticeOf(notice: SharingNotice, { agreements: [agreement] = [] }: SharingChange): SharingNotice {
  return agreement === undefined ? notice : { ...notice, agreementId: agreement.agreementId };
}

/** Each exigent grant is looked at afterwards: the finding is about whoever asked for it (Storage-F). */
async function review({ findingSink }: ChangeSharingDeps, agreement: AgreementRecord): Promise<void> {
  await findingSink.raise({
    kind: 'exigent-grant',
    cause: agreement.agreementId,
    username: proposedBy(agreement) ?? nobody,
    role: 'administrator',
    severity: 'medium',
    clause: 'Storage-F',
    summary: `A federal agency was given access in an exigency; look at why, and at what it searched. Grant ${agreement.agreementId}.`,
    eventIds: [],
  });
}

function byOf({ events }: ChangeSharingDeps, { person }: Caller) {
  return { username: person.username, nowMs: events.now() };
}

function idsOf(
  agency: AgencyRecord | undefined,
  agreements: readonly AgreementRecord[] = [],
): readonly string[] {
  return [...(agency === undefined ? [] : [agency.id]), ...agreements.map(({ agreementId }) => agreementId)];
}

import { prohibitedSubject, subjectBarredByStatute } from '../access/prohibited-subjects';
import { tellsWhatHappened } from '../access/telling';
import type { Configuration } from '../contract/configuration';
import type { AgreementProposal, ExigentGrantProposal } from '../contract/sharing';
import { dayMs } from '../retention/day';
import type { AgencyRecord, AgreementRecord, SharingChange } from './agreement';
import { departmentNetworks } from './scope';
import { type AgreementInForce, endOfDayMs, type SharedAgency, type SharingNow } from './sharing-now';

export interface By {
  readonly username: string;
  readonly nowMs: number;
}

/** `state`: it is no longer in a state that allows this; `policy`: a clause does not. */
export interface SharingRefusal {
  readonly kind: 'refused';
  readonly because: 'policy' | 'state';
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
}

export type Decided = { readonly kind: 'changed'; readonly change: SharingChange } | SharingRefusal;

/** More would make what each call reads large; a department shares with tens of agencies. */
const registeredMax = 500;

export function proposeAgency(agency: SharedAgency, known: readonly SharedAgency[], by: By): Decided {
  if (known.some(({ id }) => id === agency.id) || known.length >= registeredMax)
    return refused('state', 'Storage-D', 'An agency of that id is registered.', 'Choose another id.');
  const record: AgencyRecord = { ...agency, stage: 'proposed', steps: [step('proposed', by)], revision: 1 };
  return { kind: 'changed', change: { agency: record } };
}

export function confirmAgency(agency: AgencyRecord, now: SharingNow, by: By): Decided {
  if (agency.stage !== 'proposed')
    return refused('state', 'Storage-D', 'This agency is confirmed.', 'List the agencies.');
  const { id, name, kind, state } = agency;
  return {
    kind: 'changed',
    change: {
      agency: {
        ...agency,
        stage: 'confirmed',
        steps: [...agency.steps, step('confirmed', by)],
        revision: agency.revision + 1,
      },
      now: next(now, { agencies: [...now.agencies, { id, name, kind, state }] }),
    },
  };
}

export function proposeAgreement(
  configuration: Configuration,
  { agencyId, opensToUs, searchesOurs, ...paper }: AgreementProposal,
  by: By & { readonly agreementId: string },
): Decided {
  const { agreementDaysMax } = configuration.sharing;
  const networks = networksFault(configuration, agencyId, { opensToUs, searchesOurs });
  if (networks) return networks;
  const endsAtMs = endOfDayMs(paper.until);
  if (endsAtMs <= by.nowMs || endsAtMs > by.nowMs + (agreementDaysMax + 1) * dayMs)
    return refused(
      'policy',
      'Storage-E',
      `An agreement ends on a day to come, ${agreementDaysMax} days ahead at most.`,
      'Name such a day.',
    );
  return proposed({ agencyId, kind: 'standing', opensToUs, searchesOurs, ...paper }, by);
}

export function proposeExigentGrant(
  configuration: Configuration,
  { agencyId, searchesOurs, hours, justification }: ExigentGrantProposal,
  by: By & { readonly agreementId: string },
): Decided {
  const { exigentHoursMax } = configuration.sharing;
  const networks = networksFault(configuration, agencyId, { opensToUs: [], searchesOurs });
  if (networks) return networks;
  if (hours > exigentHoursMax)
    return refused(
      'policy',
      'Storage-F',
      `Exigent access ends after ${exigentHoursMax} hours at most.`,
      'Name fewer hours; what lasts longer is no exigency.',
    );
  const words = wordsFault(configuration, justification);
  if (words) return words;
  if (!tellsWhatHappened(justification))
    return refused(
      'policy',
      'Storage-F',
      'The justification does not describe what makes it exigent.',
      'Say what happened and why it cannot wait; it is reviewed.',
    );
  return proposed(
    { agencyId, kind: 'exigent', opensToUs: [], searchesOurs, matchesHotLists: false, hours, justification },
    by,
  );
}

/** From here on it holds. An agreement replaces the one before it, that of the deployment file too. */
export function approve(
  configuration: Configuration,
  agreement: AgreementRecord,
  facts: By & { readonly now: SharingNow; readonly before: readonly AgreementRecord[] },
): Decided {
  if (agreement.stage !== 'proposed')
    return refused('state', 'Storage-E', 'This was decided before.', 'List what is shared.');
  const { agencyId, agreementId, kind, opensToUs, searchesOurs, matchesHotLists } = agreement;
  const networks = networksFault(configuration, agencyId, agreement);
  if (networks) return networks;
  const endsAtMs =
    agreement.until === undefined
      ? facts.nowMs + (agreement.hours ?? 0) * 3_600_000
      : endOfDayMs(agreement.until);
  if (endsAtMs <= facts.nowMs)
    return refused('state', 'Storage-E', 'Its last day is over.', 'Propose an agreement anew.');
  const inForce: AgreementInForce = {
    agreementId,
    agencyId,
    kind,
    opensToUs,
    searchesOurs,
    matchesHotLists,
    endsAtMs,
  };
  const others = facts.now.agreements.filter((each) => each.agencyId !== agencyId);
  return {
    kind: 'changed',
    change: {
      agreements: [
        {
          ...agreement,
          stage: 'in-force',
          endsAtMs,
          steps: [...agreement.steps, step('approved', facts)],
          revision: agreement.revision + 1,
        },
        ...facts.before.map((each) => ended(each, facts, 'Replaced by a later one.')),
      ],
      now: next(facts.now, {
        agreements: [...others.filter((each) => facts.nowMs < each.endsAtMs), inForce],
        ended: [...new Set([...facts.now.ended, agencyId])],
      }),
    },
  };
}

/** Ends what holds, and what is only proposed as well, so that an old proposal cannot open it again. */
export function revoke(
  agencyId: string,
  facts: By & {
    readonly now: SharingNow;
    readonly agreements: readonly AgreementRecord[];
    readonly isShared: boolean;
    readonly because: string;
  },
): Decided {
  if (!facts.isShared && facts.agreements.length === 0)
    return refused('state', 'Storage-E', 'Nothing is shared with this agency.', 'List what is shared.');
  return {
    kind: 'changed',
    change: {
      agreements: facts.agreements.map((each) => ended(each, facts, facts.because)),
      now: next(facts.now, {
        agreements: facts.now.agreements.filter((each) => each.agencyId !== agencyId),
        ended: [...new Set([...facts.now.ended, agencyId])],
      }),
    },
  };
}

/** Words that name what the law bars from sharing, with the statute; or another prohibited use. */
export function wordsFault({ sharing }: Configuration, text: string): SharingRefusal | undefined {
  const barred = subjectBarredByStatute(text);
  if (barred !== undefined)
    return refused(
      'policy',
      'Storage-E',
      `Nothing is shared for ${withoutStatute(barred)} (${sharing.statute}).`,
      'This cannot be shared; where a word meant something else, say it in another way.',
    );
  const fault = prohibitedSubject(text);
  return fault && refused('policy', fault.clause, fault.message, fault.remedy);
}

function proposed(
  terms: Omit<AgreementRecord, 'agreementId' | 'stage' | 'steps' | 'revision'>,
  by: By & { readonly agreementId: string },
): Decided {
  const { agreementId } = by;
  const agreement: AgreementRecord = {
    agreementId,
    ...terms,
    stage: 'proposed',
    steps: [step('proposed', by)],
    revision: 1,
  };
  return { kind: 'changed', change: { agreements: [agreement] } };
}

/** An agency opens its own networks, and the Department its own: nobody passes on another's (Storage-C). */
function networksFault(
  configuration: Configuration,
  agencyId: string,
  terms: Pick<AgreementRecord, 'opensToUs' | 'searchesOurs'>,
): SharingRefusal | undefined {
  const own = departmentNetworks(configuration);
  const theirs = configuration.networks.filter(({ agency }) => agency === agencyId).map(({ id }) => id);
  if (!terms.searchesOurs.every((each) => own.includes(each)))
    return refused(
      'policy',
      'Storage-C',
      'The Department shares its own networks only; records of other agencies are never passed on.',
      `Name networks of ${own.join(', ')}.`,
    );
  if (!terms.opensToUs.every((each) => theirs.includes(each)))
    return refused(
      'policy',
      'Storage-E',
      'An agency opens its own networks only.',
      theirs.length === 0 ? 'This agency has no network here.' : `Name networks of ${theirs.join(', ')}.`,
    );
  if (terms.searchesOurs.length + terms.opensToUs.length === 0)
    return refused('policy', 'Storage-E', 'This would open nothing.', 'Name the networks it is about.');
  return undefined;
}

function ended(agreement: AgreementRecord, by: By, words: string): AgreementRecord {
  return {
    ...agreement,
    stage: 'ended',
    endsAtMs: Math.min(agreement.endsAtMs ?? by.nowMs, by.nowMs),
    steps: [...agreement.steps, step('ended', by, words)],
    revision: agreement.revision + 1,
  };
}

function next(now: SharingNow, changed: Partial<SharingNow>): SharingNow {
  return { ...now, ...changed, revision: now.revision + 1 };
}

function step(kind: AgencyRecord['steps'][number]['kind'], by: By, words?: string) {
  return { kind, by: by.username, atMs: by.nowMs, ...(words === undefined ? {} : { words }) };
}

function refused(
  because: SharingRefusal['because'],
  clause: string,
  message: string,
  remedy: string,
): SharingRefusal {
  return { kind: 'refused', because, clause, message, remedy };
}

/** The list's own words may carry a statute; the configured one is named once. */
function withoutStatute(subject: string): string {
  return subject.replace(/ \([^)]*\)$/, '');
}

import { createKinesisSender } from '../../edge/kinesis-sender';
import type { LocalSystem } from '../../local/system';
import { removeCameras } from './cameras';
import { clientsFor, output } from './clients';
import { enrolPartnerFeed } from './enrolment';
import { envelopeOf } from './impostors';
import { searchBody } from './investigation';
import type { Refusal } from './refusals';
import { answered, type Staff } from './staff';

export interface Sharing {
  /** Agencies that an outside request was referred to. */
  readonly referredTo: readonly string[];
  readonly refusals: readonly Refusal[];
  readonly faults: readonly string[];
}

/** The agency of the shipped file that has a network and no agreement. */
const peoria = { agencyId: 'peoria-pd', network: 'peoria' };

/**
 * An agreement is proposed by the administrator, approved by the Chief, used by an officer and revoked, which the next
 * call feels [Storage-E]; another state asks for what the law bars; and CIAU answers a request with the Department's own
 * reads and a referral [Storage-C].
 */
export async function showSharing(system: LocalSystem, staff: Staff, plate: string): Promise<Sharing> {
  const { administrator, chief, officer, analyst } = staff;
  await passAtTheNeighbour(system, staff, plate);
  const body = { ...searchBody(system, plate), networks: [peoria.network] };
  const before = await officer.api('search-reads', { body });
  const proposed = answered(
    'propose-agreement',
    await administrator.api('propose-agreement', {
      body: {
        agencyId: peoria.agencyId,
        opensToUs: [peoria.network],
        searchesOurs: [],
        matchesHotLists: false,
        until: new Date(system.clock.now() + 90 * 86_400_000).toISOString().slice(0, 10),
        document: 'Made-up agreement 17',
        declaration: { signedBy: 'Made-up Chief', signedOn: '2026-11-20', reference: 'Binder 4' },
      },
    }),
  );
  const path = { agreementId: proposed.agreementId };
  answered('approve-agreement', await chief.api('approve-agreement', { path }));
  const during = await officer.api('search-reads', { body });
  answered(
    'revoke-sharing',
    await administrator.api('revoke-sharing', {
      path: { agencyId: peoria.agencyId },
      body: { because: 'The day of the demonstration is over.' },
    }),
  );
  const after = await officer.api('search-reads', { body });

  const entry = {
    officer: 'Made-up Detective Jones',
    caseNumber: 'SP-26-77',
    authority: 'Criminal code of the state, armed robbery',
    purpose: 'felony' as const,
    details: 'Armed robbery of a bank, the car was seen leaving.',
  };
  const elsewhere = { name: 'Made-up Police of another state', kind: 'municipal' as const, state: 'MO' };
  const barred = await analyst.api('receive-external-request', {
    body: {
      ...entry,
      agency: elsewhere,
      details: 'A driver is sought who went to an abortion clinic.',
      declaration: { signedBy: 'Made-up Chief', signedOn: '2026-11-20', reference: 'Binder 5' },
    },
  });
  const agency = { name: 'Made-up Springfield Police', kind: 'municipal' as const, state: 'IL' };
  const { requestId } = answered(
    'receive-external-request',
    await analyst.api('receive-external-request', { body: { ...entry, agency } }),
  );
  const { from, to } = body;
  const answer = answered(
    'answer-external-request',
    await analyst.api('answer-external-request', { path: { requestId }, body: { plate, from, to } }),
  );

  const refusals: Refusal[] = [
    { asked: 'a search of a network before its agreement', expected: 'Access-D.2', clause: clauseOf(before) },
    { asked: 'the next search after the revocation', expected: 'Access-D.2', clause: clauseOf(after) },
    { asked: 'another state’s request about health care', expected: 'Storage-E', clause: clauseOf(barred) },
  ];
  const namesStatute = barred.kind === 'refused' && barred.problem.detail.includes('625 ILCS 5/2-130');
  return {
    referredTo: answer.referTo.map(({ name }) => name),
    refusals,
    faults: [
      ...(during.kind === 'answered' ? [] : ['an agreement in force did not open its network']),
      ...(namesStatute ? [] : ['the refusal about health care did not name the statute']),
      ...(answer.referTo.some(({ agencyId }) => agencyId === 'normal-pd')
        ? []
        : ['the outside request was not referred to the neighbour']),
      ...(answer.results.every(({ network }) => network === 'bloomington')
        ? []
        : ['the outside request was answered with another agency’s read']),
      ...(answer.results.length > 0 ? [] : ['the outside request was answered with no read']),
      ...refusals
        .filter(({ expected, clause }) => expected !== clause)
        .map(({ asked, expected, clause }) => `${asked}: refused with ${clause}, not ${expected}`),
    ],
  };
}

/** The vehicle is seen by the neighbour's cameras too, whose feed signs with a key of its own. */
async function passAtTheNeighbour(system: LocalSystem, staff: Staff, plate: string): Promise<void> {
  const feed = await enrolPartnerFeed(system, staff);
  const { kinesis } = clientsFor(system, feed.credentials);
  const send = createKinesisSender({ client: kinesis, streamName: output(system, 'PartnerReadsStream') });
  await send([envelopeOf(system, feed.edge, feed, plate)]);
  await system.idle();
  await removeCameras([feed]);
}

type Answer =
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused'; readonly problem: { readonly clause?: string | undefined } };

function clauseOf(outcome: Answer): string {
  return outcome.kind === 'refused' ? (outcome.problem.clause ?? 'none') : 'none, it was answered';
}

import { parseEvent } from '../../../core/audit/event';
import { AuditUnavailable } from '../../../core/audit/unavailable';
import { unclosedPairs } from '../../../core/audit/unclosed';
import { type SearchOutcome, searchReads } from '../../../core/search/search';
import { madeConfiguration } from '../contract/made-configuration';
import { madePrincipal } from '../people/made-person';
import { madePlate } from '../plate/made-plate';
import { caller, id, madeSearch, readAt, request } from './made-search';

const monday = readAt('2026-11-23T08:00:00Z', 11);
const tuesday = readAt('2026-11-24T09:00:00Z', 12);

it('answers the reads of a plate, newest first, over the days of the range', async () => {
  const { deps } = madeSearch([
    monday,
    tuesday,
    readAt('2026-11-24T09:00:00Z', 13, { plate: madePlate('OTHER99') }),
  ]);
  const outcome = await searchReads(deps)(request, caller);
  expect(resultIds(outcome)).toEqual([id(12), id(11)]);
  expect(outcome).toMatchObject({
    response: {
      searchId: id(1),
      truncated: false,
      networks: ['bloomington', 'normal', 'mclean-county'],
      results: [
        {
          plate: 'TEST123',
          match: 'exact',
          capturedAt: '2026-11-24T09:00:00.000Z',
          images: { plate: '/v1/images/token-0', vehicle: '/v1/images/token-1' },
        },
        { images: { plate: '/v1/images/token-2', vehicle: '/v1/images/token-3' } },
      ],
    },
  });
});

it('binds each image link to the user, the search, the read and its network', async () => {
  const { deps, issued } = madeSearch([tuesday]);
  await searchReads(deps)(request, caller);
  expect(issued).toEqual(
    ['plate', 'vehicle'].map((image) => ({
      username: 'made-up.officer',
      searchId: id(1),
      readId: id(12),
      image,
      day: '2026-11-24',
      network: 'bloomington',
    })),
  );
});

it('marks a read whose characters only look alike', async () => {
  const { deps } = madeSearch([readAt('2026-11-24T09:00:00Z', 12, { plate: madePlate('TE5T123') })]);
  expect(await searchReads(deps)({ ...request, lookAlikes: true }, caller)).toMatchObject({
    response: { results: [{ plate: 'TE5T123', match: 'look-alike' }] },
  });
});

it('answers no look-alike to who did not ask for them', async () => {
  const { deps } = madeSearch([readAt('2026-11-24T09:00:00Z', 12, { plate: madePlate('TE5T123') })]);
  expect(resultIds(await searchReads(deps)(request, caller))).toEqual([]);
});

it('leaves out reads of another state, or of one that nobody could tell', async () => {
  const { deps } = madeSearch([
    readAt('2026-11-24T09:00:00Z', 12),
    readAt('2026-11-24T09:01:00Z', 13, { state: 'IA' }),
    (({ state: _, ...rest }) => rest)(readAt('2026-11-24T09:02:00Z', 14)),
  ]);
  expect(resultIds(await searchReads(deps)({ ...request, state: 'IL' }, caller))).toEqual([id(12)]);
});

it('looks a pattern up in the index of distinct plates, and answers what fits it', async () => {
  const { deps } = madeSearch([
    tuesday,
    readAt('2026-11-24T10:00:00Z', 13, { plate: madePlate('TEST777') }),
    readAt('2026-11-24T10:00:00Z', 14, { plate: madePlate('TE5T123') }),
  ]);
  const outcome = await searchReads(deps)({ ...request, plate: 'TES*' }, caller);
  expect(resultIds(outcome)).toEqual([id(13), id(12)]);
});

describe('networks out of scope [Access-D.1]', () => {
  const dispatcher = { ...caller, person: madePrincipal({ role: 'dispatcher' }) };
  const elsewhere = readAt('2026-11-24T10:00:00Z', 13, { network: 'mclean-county' });

  it('answers no row of theirs', async () => {
    const { deps } = madeSearch([tuesday, elsewhere]);
    const outcome = await searchReads(deps)(request, dispatcher);
    expect(resultIds(outcome)).toEqual([id(12)]);
    expect(outcome).toMatchObject({ response: { networks: ['bloomington', 'normal'] } });
  });

  it('does not even open one: that an altered one would not open is never noticed', async () => {
    const { deps, rows, events } = madeSearch([tuesday, elsewhere]);
    rows.find((each) => each.row.network === 'mclean-county')?.row.sealed.fill(0);
    await searchReads(deps)(request, dispatcher);
    expect(events[1]).toMatchObject({ counts: { reads: 1, unreadable: 0 } });
  });
});

it('counts the index segments that cannot be read in the audit log', async () => {
  const { deps, events } = madeSearch([monday]);
  await searchReads(deps)({ ...request, plate: 'TEST*' }, caller);
  expect(events[1]).toMatchObject({ kind: 'answered', counts: { unreadable: 2 } });
});

it('leaves out an altered row and counts it in the audit log', async () => {
  const { deps, rows, events } = madeSearch([monday, tuesday]);
  rows[0]?.row.sealed.fill(0);
  expect(resultIds(await searchReads(deps)(request, caller))).toEqual([id(12)]);
  expect(events[1]).toMatchObject({ kind: 'answered', counts: { reads: 1, truncated: 0, unreadable: 1 } });
});

it('keeps to the range to the millisecond', async () => {
  const { deps } = madeSearch([
    readAt('2026-11-22T23:59:59.999Z', 11),
    readAt('2026-11-23T00:00:00.000Z', 12),
    readAt('2026-11-23T10:00:00.000Z', 13),
    readAt('2026-11-23T10:00:00.001Z', 14),
  ]);
  const range = { from: '2026-11-23T00:00:00Z', to: '2026-11-23T10:00:00Z' };
  expect(resultIds(await searchReads(deps)({ ...request, ...range }, caller))).toEqual([id(13), id(12)]);
});

it('answers no more than the cap, and says that there is more [Storage-A]', async () => {
  const { deps } = madeSearch([monday, tuesday]);
  const { caps } = madeConfiguration();
  const configuration = madeConfiguration({ caps: { ...caps, resultsPerSearch: 1 } });
  const outcome = await searchReads({ ...deps, configuration })({ ...request, limit: 100 }, caller);
  expect(outcome).toMatchObject({ response: { truncated: true, results: [{ readId: id(12) }] } });
  expect(outcome).not.toHaveProperty('response.nextPage');
});

it('reads nothing when the day’s searches are used up [Storage-A]', async () => {
  const { deps, steps } = madeSearch([tuesday]);
  const allowance = { take: async () => 'searches-per-day' as const };
  expect(await searchReads({ ...deps, allowance })(request, caller)).toMatchObject({
    kind: 'cap-reached',
    cap: 'searches-per-day',
  });
  expect(steps).toEqual([]);
});

it('discloses nothing beyond the day’s results, and closes the pair of its events [Storage-A]', async () => {
  const { deps, steps, events, issued, records } = madeSearch([monday, tuesday]);
  records.usedUp = 'agency-results-per-day';
  expect(await searchReads(deps)(request, caller)).toEqual({
    kind: 'cap-reached',
    cap: 'agency-results-per-day',
    queried: expect.objectContaining({ plate: 'TEST123' }),
  });
  expect(issued).toEqual([]);
  expect(steps.at(-1)).toBe('answered');
  expect(events.at(-1)).toMatchObject({ counts: { reads: 0, withheld: 2 }, resultIds: [] });
  expect(unclosedPairs(events)).toEqual([]);
});

it('counts results before the answer, and answers nothing when they cannot be counted [Storage-A]', async () => {
  const { deps, issued } = madeSearch([tuesday]);
  const storePage = async () => Promise.reject(new Error('made-up failure'));
  const search = searchReads({ ...deps, records: { ...deps.records, storePage } });
  await expect(search(request, caller)).rejects.toThrow('made-up failure');
  expect(issued).toEqual([]);
});

it('reads nothing when the policy refuses', async () => {
  const { deps, steps } = madeSearch([tuesday]);
  const denial = {
    kind: 'deny',
    clause: 'Access-D.1',
    message: 'No.',
    remedy: '-',
    rules: [],
    policyVersion: 't',
  } as const;
  expect(await searchReads({ ...deps, decide: () => denial })(request, caller)).toMatchObject({
    kind: 'refused',
    denial,
  });
  expect(steps).toEqual([]);
});

it('refuses a pattern that would list traffic', async () => {
  const { deps } = madeSearch([tuesday]);
  expect(await searchReads(deps)({ ...request, plate: '**' }, caller)).toEqual({
    kind: 'pattern-unusable',
    queried: {
      plate: '**',
      from: request.from,
      to: request.to,
      networks: ['bloomington', 'normal', 'mclean-county'],
    },
  });
});

it('has recorded purpose, reason, elements and scope before the first row is read [Access-E]', async () => {
  const { deps, steps, events } = madeSearch([tuesday]);
  await searchReads(deps)(request, caller);
  expect(steps).toEqual(['requested', 'rows', 'answered']);
  expect(events.map((event) => parseEvent(JSON.parse(JSON.stringify(event))))).toMatchObject([
    {
      kind: 'requested',
      requestId: id(1),
      actor: { username: 'made-up.officer', role: 'officer' },
      device: { address: '192.0.2.7' },
      queried: { plate: 'TEST123', from: request.from, to: request.to },
      networksInScope: ['bloomington', 'normal', 'mclean-county'],
      purpose: { kind: 'felony' },
      reason: { kind: 'phrase', phrase: 'Stolen Vehicle' },
      decision: { outcome: 'permit', rules: ['made-up'], policyVersion: 'test' },
    },
    { kind: 'answered', requestId: id(1), counts: { reads: 1 }, resultIds: [id(12)] },
  ]);
  expect(unclosedPairs(events)).toEqual([]);
});

describe('no audit, no answer [Access-E]', () => {
  it('reads no row when the request cannot be recorded', async () => {
    const { deps, steps, failures } = madeSearch([tuesday]);
    failures.appendAt = 1;
    await expect(searchReads(deps)(request, caller)).rejects.toThrow(AuditUnavailable);
    expect(steps).toEqual([]);
  });

  it('answers nothing when the answer cannot be recorded, and leaves an unclosed pair', async () => {
    const { deps, events, failures } = madeSearch([tuesday]);
    failures.appendAt = 2;
    await expect(searchReads(deps)(request, caller)).rejects.toThrow(AuditUnavailable);
    expect(unclosedPairs(events)).toMatchObject([{ requestId: id(1), operation: 'search-reads' }]);
  });

  it('neither reads nor answers while the record is under way', async () => {
    const { deps, steps, failures } = madeSearch([tuesday]);
    failures.appendNeverAt = 1;
    const outcome = await Promise.race([searchReads(deps)(request, caller), afterAllTurns('waiting')]);
    expect(outcome).toBe('waiting');
    expect(steps).toEqual([]);
  });

  it('leaves an unclosed pair when a store fails after the request was recorded', async () => {
    const { deps, events } = madeSearch([tuesday]);
    const reads = { byPlate: async () => Promise.reject(new Error('made-up failure')) };
    await expect(searchReads({ ...deps, reads })(request, caller)).rejects.toThrow('made-up failure');
    expect(unclosedPairs(events)).toMatchObject([{ requestId: id(1) }]);
  });
});

function resultIds(outcome: SearchOutcome): string[] {
  return outcome.kind === 'answered' ? outcome.response.results.map((each) => each.readId) : [outcome.kind];
}

/** Resolves after every promise that can move has moved. */
function afterAllTurns(value: string): Promise<string> {
  return new Promise((resolve) => setImmediate(() => resolve(value)));
}

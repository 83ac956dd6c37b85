import { AuditUnavailable } from '../../../core/audit/unavailable';
import { unclosedPairs } from '../../../core/audit/unclosed';
import { type ContinueOutcome, continueSearch } from '../../../core/search/continue-search';
import { nextToken, pageIdOf } from '../../../core/search/page-token';
import { searchReads } from '../../../core/search/search';
import { madeConfiguration } from '../contract/made-configuration';
import { madePrincipal } from '../people/made-person';
import { caller, id, madeSearch, readAt, request } from './made-search';

const five = [11, 12, 13, 14, 15].map((last) => readAt(`2026-11-24T08:${last}:00Z`, last));
const elsewhere = readAt('2026-11-24T08:12:30Z', 21, { network: 'mclean-county' });
const again = (last: number) => ({ ...caller, requestId: id(last) });

it('answers page after page, newest first, each read once, and says which is the last [Storage-A]', async () => {
  const { deps, tokens } = await started(five);
  const second = answered(await continueSearch(deps)(id(1), tokens[0] ?? '', again(2)));
  const third = answered(await continueSearch(deps)(id(1), second.nextPage ?? '', again(3)));
  expect([tokens.ids, idsOf(second), idsOf(third)]).toEqual([[id(15), id(14)], [id(13), id(12)], [id(11)]]);
  expect(second).toMatchObject({ searchId: id(1), page: 2, truncated: false });
  expect(third).toMatchObject({ page: 3, truncated: false });
  expect(third).not.toHaveProperty('nextPage');
});

it('keeps reads of one moment apart at the border of a page', async () => {
  const same = [11, 12, 13].map((last) => readAt('2026-11-24T08:00:00Z', last));
  const { deps, tokens } = await started(same);
  const second = answered(await continueSearch(deps)(id(1), tokens[0] ?? '', again(2)));
  expect([...tokens.ids, ...idsOf(second)].sort()).toEqual([id(11), id(12), id(13)]);
});

it('is a use of its own: requested with the purpose and reason of the search before the first row, answered after [Access-E]', async () => {
  const { deps, tokens, events, steps } = await started(five);
  const before = steps.length;
  await continueSearch(deps)(id(1), tokens[0] ?? '', again(2));
  expect(steps.slice(before)).toEqual(['requested', 'rows', 'answered']);
  expect(events.slice(2)).toMatchObject([
    {
      kind: 'requested',
      operation: 'continue-search',
      requestId: id(2),
      queried: { plate: 'TEST123', searchId: id(1), page: 2 },
      purpose: { kind: 'felony' },
      reason: { phrase: 'Stolen Vehicle' },
    },
    { kind: 'answered', requestId: id(2), counts: { reads: 2 }, resultIds: [id(13), id(12)] },
  ]);
});

it('gives a replayed token the same page and the same way on, counts nothing anew, and is on record [Storage-A]', async () => {
  const { deps, tokens, pages, events, addRead } = await started(five);
  const first = answered(await continueSearch(deps)(id(1), tokens[0] ?? '', again(2)));
  addRead(readAt('2026-11-24T08:12:30Z', 22));
  const counted = pages.size;
  const replayed = answered(await continueSearch(deps)(id(1), tokens[0] ?? '', again(3)));
  expect(idsOf(replayed)).toEqual([id(13), id(12)]);
  expect(replayed.nextPage).toBe(first.nextPage);
  expect(pages.size).toBe(counted);
  expect(events.at(-1)).toMatchObject({
    kind: 'answered',
    counts: { reads: 0, again: 2 },
    resultIds: [id(13), id(12)],
  });
});

it('answers one page to parallel calls with one token, and stores it once [Storage-A]', async () => {
  const { deps, tokens, pages } = await started(five);
  const outcomes = await Promise.all(
    [2, 3, 4, 5].map((last) => continueSearch(deps)(id(1), tokens[0] ?? '', again(last))),
  );
  expect(new Set(outcomes.map((each) => idsOf(answered(each)).join()))).toEqual(
    new Set([`${id(13)},${id(12)}`]),
  );
  expect([...pages.keys()]).toEqual([`${id(1)} 1`, `${id(1)} 2`]);
});

it('ends at the cap of one search, however it is paged [Storage-A]', async () => {
  const { deps, tokens } = await started(five, { resultsPerSearch: 3 });
  const second = answered(await continueSearch(deps)(id(1), tokens[0] ?? '', again(2)));
  expect(idsOf(second)).toEqual([id(13)]);
  expect(second).toMatchObject({ truncated: true });
  expect(second).not.toHaveProperty('nextPage');
});

it('closes the rows of a network whose agreement ended between two pages, unopened [Access-D.2] [Storage-E]', async () => {
  const { deps, tokens, rows, events } = await started([...five, elsewhere]);
  for (const each of rows) if (each.row.network === 'mclean-county') each.row.sealed.fill(0);
  const { agencies } = deps.configuration;
  const ended = agencies.map((each) =>
    each.id === 'mclean-county-so' ? { ...each, agreedUntil: '2026-11-01' } : each,
  );
  const configuration = { ...deps.configuration, agencies: ended };
  const page = answered(await continueSearch({ ...deps, configuration })(id(1), tokens[0] ?? '', again(2)));
  expect(page.networks).toEqual(['bloomington', 'normal']);
  expect(idsOf(page)).toEqual([id(13), id(12)]);
  expect(events.at(-1)).toMatchObject({ counts: { unreadable: 0 } });
});

it('closes a replayed page likewise [Storage-E]', async () => {
  const { deps, tokens } = await started([...five, elsewhere]);
  const before = answered(await continueSearch(deps)(id(1), tokens[0] ?? '', again(2)));
  expect(idsOf(before)).toEqual([id(13), id(21)]);
  const dispatcher = { ...again(3), person: madePrincipal({ role: 'dispatcher' }) };
  const after = answered(await continueSearch(deps)(id(1), tokens[0] ?? '', dispatcher));
  expect(idsOf(after)).toEqual([id(13)]);
});

it('is refused whole where the policy refuses by now, before a row is read', async () => {
  const { deps, tokens, steps } = await started(five);
  const before = steps.length;
  const denial = { kind: 'deny', clause: 'Storage-E', message: '-', remedy: '-', rules: [] } as const;
  const decide = () => ({ ...denial, policyVersion: 'test' });
  expect(await continueSearch({ ...deps, decide })(id(1), tokens[0] ?? '', again(2))).toMatchObject({
    kind: 'refused',
    denial,
  });
  expect(steps.slice(before)).toEqual([]);
});

describe('what is no page of one’s own search [Access-C]', () => {
  it('is not found: a search of somebody else, with its token, and one that never was', async () => {
    const { deps, tokens, steps } = await started(five);
    const before = steps.length;
    const other = { ...again(2), person: madePrincipal({ username: 'made-up.other' }) };
    expect(await continueSearch(deps)(id(1), tokens[0] ?? '', other)).toEqual({
      kind: 'not-found',
      queried: { searchId: id(1) },
    });
    expect(await continueSearch(deps)(id(9), tokens[0] ?? '', other)).toEqual({
      kind: 'not-found',
      queried: { searchId: id(9) },
    });
    expect(steps.slice(before)).toEqual([]);
  });

  it('is gone: a guess, the token of a page that nobody reached yet, and one of another search', async () => {
    const { deps, tokens } = await started(five);
    await searchReads({ ...deps, randomBytes: (size) => Buffer.alloc(size, 9) })(request, again(8));
    for (const token of ['A'.repeat(43), nextToken(tokens[0] ?? '')])
      expect(await continueSearch(deps)(id(1), token, again(2))).toMatchObject({ kind: 'gone' });
    expect(await continueSearch(deps)(id(8), tokens[0] ?? '', again(2))).toMatchObject({ kind: 'gone' });
  });
});

describe('no audit, no page [Access-E]', () => {
  it.each([3, 4])('answers nothing when its event %s cannot be kept', async (appendAt) => {
    const { deps, tokens, failures, events } = await started(five);
    failures.appendAt = appendAt;
    await expect(continueSearch(deps)(id(1), tokens[0] ?? '', again(2))).rejects.toThrow(AuditUnavailable);
    expect(unclosedPairs(events)).toHaveLength(appendAt - 3);
  });
});

/** A function that dies leaves its promise pending for good: nobody is answered, and the log shows how far it came. */
describe('killed after any step of a page [Access-E]', () => {
  it.each(['forReading', 'byPlate', 'storePage', 'issue'] as const)(
    'at %s: no answer, an unclosed request on record, and the token still good',
    async (step) => {
      const { deps, tokens, events } = await started(five);
      const stuck = () => new Promise<never>(() => {});
      const dying = {
        ...deps,
        ...(step === 'forReading' ? { dayKeys: { ...deps.dayKeys, forReading: stuck } } : {}),
        ...(step === 'byPlate' ? { reads: { byPlate: stuck } } : {}),
        ...(step === 'storePage' ? { records: { ...deps.records, storePage: stuck } } : {}),
        ...(step === 'issue' ? { imageLinks: { ...deps.imageLinks, issue: stuck } } : {}),
      };
      const outcome = await Promise.race([
        continueSearch(dying)(id(1), tokens[0] ?? '', again(2)),
        new Promise((resolve) => setImmediate(() => resolve('dead'))),
      ]);
      expect(outcome).toBe('dead');
      expect(unclosedPairs(events)).toMatchObject([{ requestId: id(2), operation: 'continue-search' }]);
      const page = answered(await continueSearch(deps)(id(1), tokens[0] ?? '', again(3)));
      expect(idsOf(page)).toEqual([id(13), id(12)]);
    },
  );
});

it('makes the way on of the token alone, and keeps only its hash', () => {
  expect(nextToken('A'.repeat(43))).toBe(nextToken('A'.repeat(43)));
  expect(nextToken('A'.repeat(43))).not.toBe(nextToken(`${'A'.repeat(42)}E`));
  expect(pageIdOf('A'.repeat(43))).not.toContain('AAAA');
});

/** A search of pages of two reads, its first page answered. */
async function started(
  reads: Parameters<typeof madeSearch>[0],
  changes: { readonly resultsPerSearch?: number } = {},
) {
  const made = madeSearch(reads);
  const { caps } = madeConfiguration();
  const configuration = madeConfiguration({ caps: { ...caps, resultsPerPage: 2, ...changes } });
  const deps = { ...made.deps, configuration };
  const outcome = await searchReads(deps)(request, caller);
  if (outcome.kind !== 'answered') throw new Error(outcome.kind);
  const { results, nextPage } = outcome.response;
  return { ...made, deps, tokens: { 0: nextPage, ids: results.map((each) => each.readId) } };
}

function answered(outcome: ContinueOutcome) {
  if (outcome.kind !== 'answered') throw new Error(outcome.kind);
  return outcome.response;
}

function idsOf({ results }: { readonly results: readonly { readonly readId: string }[] }): string[] {
  return results.map((each) => each.readId);
}

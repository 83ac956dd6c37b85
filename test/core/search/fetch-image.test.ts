import { AuditUnavailable } from '../../../core/audit/unavailable';
import { captureDay } from '../../../core/retention/day';
import { type FetchImageDeps, fetchImage } from '../../../core/search/fetch-image';
import type { TakenLink } from '../../../core/search/ports';
import { caller, id, madeSearch, nowMs } from './made-search';

const jpeg = Uint8Array.of(255, 216, 255);
const taken: TakenLink = {
  kind: 'taken',
  target: {
    username: 'made-up.officer',
    searchId: id(1),
    readId: id(12),
    image: 'plate',
    day: captureDay(nowMs),
    network: 'bloomington',
  },
};

it('records who saw which image before it opens it, and answers it', async () => {
  const { deps, steps, events } = made(taken);
  expect(await fetchImage(deps)('token', caller)).toEqual({ kind: 'image', jpeg });
  expect(steps).toEqual(['image-fetched', 'opened']);
  expect(events).toMatchObject([
    {
      searchId: id(1),
      readId: id(12),
      image: 'plate',
      network: 'bloomington',
      actor: { username: 'made-up.officer' },
    },
  ]);
});

it('opens nothing when that cannot be recorded', async () => {
  const { deps, steps, failures } = made(taken);
  failures.appendAt = 1;
  await expect(fetchImage(deps)('token', caller)).rejects.toThrow(AuditUnavailable);
  expect(steps).toEqual([]);
});

it.each(['gone', 'not-yours'] as const)('opens nothing for a link that is %s', async (kind) => {
  const { deps, steps } = made({ kind });
  expect(await fetchImage(deps)('token', caller)).toEqual({ kind });
  expect(steps).toEqual([]);
});

it('opens nothing of a network that closed since the search', async () => {
  const { deps, steps } = made(taken);
  const denial = {
    kind: 'deny',
    clause: 'Storage-E',
    message: 'No.',
    remedy: '-',
    rules: [],
    policyVersion: 't',
  } as const;
  expect(await fetchImage({ ...deps, decide: () => denial })('token', caller)).toEqual({
    kind: 'refused',
    denial,
  });
  expect(steps).toEqual([]);
});

it('says so when the image is not there any more', async () => {
  const { deps } = made(taken);
  expect(await fetchImage({ ...deps, images: { get: async () => undefined } })('token', caller)).toEqual({
    kind: 'not-found',
  });
});

function made(link: TakenLink) {
  const { deps: search, steps, events, failures } = madeSearch([]);
  const deps: FetchImageDeps = {
    audit: search.audit,
    events: search.events,
    decide: search.decide,
    imageLinks: { issue: async () => [], take: async () => link },
    images: {
      get: async () => {
        steps.push('opened');
        return jpeg;
      },
    },
  };
  return { deps, steps, events, failures };
}

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

it('records who was shown which image before it leaves, and answers it', async () => {
  const { deps, steps, events } = made(taken);
  expect(await fetchImage(deps)('token', caller)).toEqual({ kind: 'image', jpeg });
  expect(steps).toEqual(['opened', 'image-fetched']);
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

it('answers nothing when that cannot be recorded', async () => {
  const { deps, steps, failures } = made(taken);
  failures.appendAt = 1;
  await expect(fetchImage(deps)('token', caller)).rejects.toThrow(AuditUnavailable);
  expect(steps).toEqual(['opened']);
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

it('says so when the image is not there, and records no image as shown [Policy-G]', async () => {
  const { deps, events } = made(taken);
  expect(await fetchImage({ ...deps, images: { get: async () => undefined } })('token', caller)).toEqual({
    kind: 'not-found',
  });
  expect(events).toEqual([]);
});

it('records no image as shown that does not open [Policy-G]', async () => {
  const { deps, events } = made(taken);
  const images = { get: () => Promise.reject(new Error('made-up failure')) };
  await expect(fetchImage({ ...deps, images })('token', caller)).rejects.toThrow('made-up failure');
  expect(events).toEqual([]);
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

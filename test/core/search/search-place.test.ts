import type { Site } from '../../../core/cameras/site';
import { searchRequest } from '../../../core/contract/search';
import type { SearchPlace } from '../../../core/contract/search-place';
import { areaKm2 } from '../../../core/search/places-of';
import { type SearchOutcome, searchReads } from '../../../core/search/search';
import { madePrincipal } from '../people/made-person';
import { madePlate } from '../plate/made-plate';
import { caller, id, madeSearch, readAt, request } from './made-search';

const { plate: _, ...withoutPlate } = request;
const window = { from: '2026-11-24T08:00:00Z', to: '2026-11-24T10:30:00Z' };
const named = (...cameraIds: readonly string[]): SearchPlace => ({
  kind: 'cameras',
  cameras: cameraIds.map((cameraId) => ({ network: 'bloomington', cameraId })),
});
const asked = (place: SearchPlace) => ({ ...withoutPlate, ...window, place });
const reads = [
  readAt('2026-11-24T07:59:59.999Z', 11),
  readAt('2026-11-24T08:00:00Z', 12),
  readAt('2026-11-24T09:10:00Z', 13, { plate: madePlate('MADEUP1') }),
  readAt('2026-11-24T10:30:00.001Z', 14),
  readAt('2026-11-24T09:00:00Z', 15, { cameraId: 'fixed-2' }),
  readAt('2026-11-24T09:00:00Z', 16, { network: 'mclean-county' }),
];

it('answers whatever a camera read in the window, newest first', async () => {
  const { deps, events } = madeSearch(reads);
  expect(idsOf(await searchReads(deps)(asked(named('fixed-1')), caller))).toEqual([id(13), id(12)]);
  expect(events[0]).toMatchObject({ queried: { place: named('fixed-1'), from: window.from } });
});

it('looks at several cameras at once', async () => {
  const { deps } = madeSearch(reads);
  expect(idsOf(await searchReads(deps)(asked(named('fixed-1', 'fixed-2')), caller))).toEqual([
    id(13),
    id(15),
    id(12),
  ]);
});

it('asks the policy about the networks of the cameras that are named [Access-D]', async () => {
  const { deps, steps } = madeSearch(reads);
  const networks: unknown[] = [];
  const decide: typeof deps.decide = (asking) => {
    networks.push(asking.networks);
    return { kind: 'deny', clause: 'Access-D.1', message: '-', remedy: '-', rules: [], policyVersion: '-' };
  };
  const place: SearchPlace = {
    kind: 'cameras',
    cameras: [{ network: 'mclean-county', cameraId: 'fixed-1' }],
  };
  expect(await searchReads({ ...deps, decide })(asked(place), caller)).toMatchObject({ kind: 'refused' });
  expect(networks).toEqual([['mclean-county']]);
  expect(steps).toEqual([]);
});

describe('an area of the map', () => {
  const circle: SearchPlace = {
    kind: 'circle',
    centre: { latitude: 40, longitude: -89 },
    radiusM: 300,
  };
  const sites = [
    site({ cameraId: 'fixed-1' }),
    site({ cameraId: 'fixed-2', latitude: 40.1 }),
    site({ cameraId: 'fixed-1', network: 'mclean-county' }),
  ];

  it('reaches the fixed cameras whose sites lie inside, of networks in scope [Access-D.1]', async () => {
    const made = madeSearch(reads);
    const deps = { ...made.deps, sites: { list: async () => sites } };
    const dispatcher = { ...caller, person: madePrincipal({ role: 'dispatcher' }) };
    expect(idsOf(await searchReads(deps)(asked(circle), dispatcher))).toEqual([id(13), id(12)]);
    expect(idsOf(await searchReads(deps)(asked(circle), { ...caller, requestId: id(2) }))).toEqual([
      id(13),
      id(16),
      id(12),
    ]);
  });

  it('answers of a camera that moved away only what it read there', async () => {
    const made = madeSearch([
      ...reads,
      readAt('2026-11-24T09:20:00Z', 17, { position: { latitude: 40.2, longitude: -89 } }),
    ]);
    const { cameraId: __, ...left } = site({ cameraId: 'fixed-1', state: 'vacated' });
    const deps = { ...made.deps, sites: { list: async () => [left] } };
    expect(idsOf(await searchReads(deps)(asked(circle), caller))).toEqual([id(13), id(12)]);
  });

  it('may be a polygon', async () => {
    const made = madeSearch(reads);
    const corners = [
      { latitude: 39.999, longitude: -89.001 },
      { latitude: 40.001, longitude: -89.001 },
      { latitude: 40.001, longitude: -88.999 },
      { latitude: 39.999, longitude: -88.999 },
    ];
    const deps = { ...made.deps, sites: { list: async () => sites.slice(0, 2) } };
    expect(idsOf(await searchReads(deps)(asked({ kind: 'polygon', corners }), caller))).toEqual([
      id(13),
      id(12),
    ]);
    expect(areaKm2({ kind: 'polygon', corners })).toBeCloseTo(0.0379, 3);
  });
});

describe('a place or a time that is too large [Storage-A]', () => {
  it.each([
    ['seven hours', { ...asked(named('fixed-1')), from: '2026-11-24T03:00:00Z' }, 'from'],
    ['21 cameras', asked(named(...Array.from({ length: 21 }, (__, at) => `fixed-${at}`))), 'place'],
    [
      'a circle of 1.2 kilometres',
      asked({ kind: 'circle', centre: { latitude: 40, longitude: -89 }, radiusM: 1200 }),
      'place',
    ],
  ])('%s: nothing is read', async (__, body, field) => {
    const { deps, steps } = madeSearch(reads);
    expect(await searchReads(deps)(body, caller)).toMatchObject({
      kind: 'place-unusable',
      fault: { field },
    });
    expect(steps).toEqual([]);
  });

  it('counts each camera for each hour that it is looked at', async () => {
    const { deps } = madeSearch(reads);
    const counted: number[] = [];
    const allowance: typeof deps.allowance = {
      take: async ({ cameraHours }) => {
        counted.push(cameraHours);
        return undefined;
      },
    };
    const search = searchReads({ ...deps, allowance });
    await search(asked(named('fixed-1', 'fixed-2')), caller);
    await search(request, { ...caller, requestId: id(2) });
    expect(counted).toEqual([6, 0]);
  });
});

it('takes a plate or a place, and not both or neither', () => {
  const place = named('fixed-1');
  expect(searchRequest.safeParse({ ...request, place }).success).toBe(false);
  expect(searchRequest.safeParse(withoutPlate).success).toBe(false);
  expect(searchRequest.safeParse(asked(place)).success).toBe(true);
  expect(searchRequest.safeParse({ ...request, plate: 'TES*', lookAlikes: true }).success).toBe(false);
});

function site(changes: Partial<Site>): Site {
  return {
    siteId: id(99),
    name: 'Made-up corner',
    network: 'bloomington',
    latitude: 40,
    longitude: -89,
    analysis: {
      period: { from: '2026-01-01', to: '2026-06-30' },
      source: 'made up',
      incidents: 1,
      history: 'made up',
      violentCrimesPerSquareMile: 1,
      crashes: 1,
    },
    state: 'installed',
    steps: [{ kind: 'installed', by: 'made-up.admin', atMs: 1, cameraId: changes.cameraId ?? 'fixed-1' }],
    revision: 3,
    ...changes,
  };
}

function idsOf(outcome: SearchOutcome): string[] {
  return outcome.kind === 'answered' ? outcome.response.results.map((each) => each.readId) : [outcome.kind];
}

import fc from 'fast-check';
import { approvedSite, type Site } from '../../../core/cameras/site';
import { decideSite, recordInstallation, withoutCamera } from '../../../core/cameras/site-life-cycle';
import { administrator, changeOf, chief, ciau, madeCamera, madeProposal, siteIds } from './made-site';

const approve = { decision: 'approve' } as const;
const goBack = { decision: 'return', words: 'The figures are of another corner.' } as const;
const proposed = madeProposal().sites[0];
const approved = changeOf(decideSite(proposed, approve, chief)).sites[0];
const installed = changeOf(recordInstallation(approved, madeCamera(), administrator)).sites[0];
const relocation = madeProposal({ siteId: siteIds.underpass, from: installed });

describe('a camera site', () => {
  it('is proposed with its analysis, approved by the Chief and then installed, and shows who did what when [Policy-E]', () => {
    expect(installed).toMatchObject({
      state: 'installed',
      cameraId: 'fixed-1',
      analysis: { incidents: 41, crashes: 17, violentCrimesPerSquareMile: 12.5 },
      steps: [
        { kind: 'proposed', by: 'made-up.analyst', atMs: 1_000 },
        { kind: 'approved', by: 'made-up.chief', atMs: 2_000 },
        { kind: 'installed', by: 'made-up.administrator', atMs: 3_000, cameraId: 'fixed-1' },
      ],
      revision: 3,
    });
    expect(approvedSite(installed)).toMatchObject({ approvedBy: 'made-up.chief', approvedAtMs: 2_000 });
  });

  it('tells the registry where the camera may stand only as it is installed [Policy-E]', () => {
    expect(changeOf(decideSite(proposed, approve, chief)).registry).toBeUndefined();
    expect(changeOf(recordInstallation(approved, madeCamera(), administrator)).registry).toEqual({
      kind: 'stands-at',
      cameraId: 'fixed-1',
      site: installed,
    });
  });

  it('is never decided on by who proposed it [Policy-E]', () => {
    expect(decideSite(proposed, approve, ciau)).toMatchObject({
      kind: 'refused',
      clause: 'Policy-E',
      because: 'policy',
    });
  });

  it('that was returned cannot be installed, nor decided on again [Policy-E]', () => {
    const returned = changeOf(decideSite(proposed, goBack, chief)).sites[0];
    expect(returned.steps[1]).toMatchObject({
      kind: 'returned',
      words: 'The figures are of another corner.',
    });
    expect(recordInstallation(returned, madeCamera(), administrator)).toMatchObject({ because: 'state' });
    expect(decideSite(returned, approve, chief)).toMatchObject({ because: 'state' });
  });

  it.each([
    ['nobody enrolled', undefined],
    ['is retired', madeCamera({ status: 'retired' })],
    ['drives', madeCamera({ kind: 'mobile' })],
    ['is of another network', madeCamera({ network: 'normal' })],
    [
      'stands elsewhere',
      madeCamera({
        site: { siteId: 'other', latitude: 1, longitude: 2, approvedBy: 'made-up.chief', approvedAtMs: 1 },
      }),
    ],
  ])('takes no camera that %s [Policy-E]', (_, camera) => {
    expect(recordInstallation(approved, camera, administrator)).toMatchObject({
      kind: 'refused',
      clause: 'Policy-E',
    });
  });

  it('of a retired camera stays approved for the next one', () => {
    const free = withoutCamera(installed, administrator);
    expect(free.state).toBe('approved');
    expect(free.cameraId).toBeUndefined();
    expect(recordInstallation(free, madeCamera({ cameraId: 'fixed-2' }), administrator)).toMatchObject({
      kind: 'changed',
      registry: { cameraId: 'fixed-2' },
    });
  });
});

describe('the relocation of a camera', () => {
  const [there, here] = relocation.sites;
  if (here === undefined) throw new Error('the old site changes too');

  it('is a new proposal that leaves the old place in force [Policy-E]', () => {
    expect(there).toMatchObject({
      state: 'proposed',
      relocates: { siteId: siteIds.courthouse, cameraId: 'fixed-1' },
    });
    expect(here).toMatchObject({ state: 'relocation-proposed', cameraId: 'fixed-1' });
    expect(relocation.registry).toBeUndefined();
  });

  it('takes the approval of the old place away once approved, and gives the new one as it is installed [Policy-E]', () => {
    const moved = changeOf(decideSite(there, approve, { ...chief, nowMs: 5_000 }, here));
    expect(moved.registry).toEqual({ kind: 'left', cameraId: 'fixed-1', siteId: siteIds.courthouse });
    expect(moved.sites.map(({ state }) => state)).toEqual(['approved', 'vacated']);
    expect(recordInstallation(moved.sites[0], madeCamera(), administrator)).toMatchObject({
      registry: { kind: 'stands-at', cameraId: 'fixed-1' },
    });
    expect(
      recordInstallation(moved.sites[0], madeCamera({ cameraId: 'fixed-2' }), administrator),
    ).toMatchObject({
      kind: 'refused',
    });
  });

  it('that is returned leaves the camera where it is', () => {
    const back = changeOf(decideSite(there, goBack, chief, here));
    expect(back.sites.map(({ state }) => state)).toEqual(['returned', 'installed']);
    expect(back.registry).toBeUndefined();
  });

  it('cannot be proposed twice, nor approved once the camera is gone', () => {
    expect(() => madeProposal({ siteId: '00000000-0000-4000-8000-0000000000c3', from: here })).toThrow(
      'refused',
    );
    const retired = withoutCamera(here, administrator);
    expect(decideSite(there, approve, chief, retired)).toMatchObject({ kind: 'refused', because: 'state' });
    expect(changeOf(decideSite(there, goBack, chief, retired)).sites).toHaveLength(1);
  });
});

it('is installed only after an approval by another than its proposer, whatever is tried in whatever order [Policy-E]', () => {
  const people = ['made-up.analyst', 'made-up.chief', 'made-up.designee'];
  const attempt = fc.record({
    act: fc.constantFrom('approve', 'return', 'install', 'retire'),
    who: fc.constantFrom(...people),
  });
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 12 }), (attempts) => {
      let site: Site = proposed;
      for (const { act, who } of attempts) {
        const by = { username: who, nowMs: 9_000 };
        if (act === 'retire') {
          if (site.state === 'installed') site = withoutCamera(site, by);
          continue;
        }
        const outcome =
          act === 'install'
            ? recordInstallation(site, madeCamera(), by)
            : decideSite(site, act === 'approve' ? approve : goBack, by);
        if (outcome.kind === 'changed') site = outcome.sites[0];
      }
      const approval = site.steps.find(({ kind }) => kind === 'approved');
      if (site.cameraId !== undefined) expect(approval).toBeDefined();
      if (approval !== undefined) expect(approval.by).not.toBe('made-up.analyst');
      expect(site.revision).toBe(site.steps.length);
    }),
  );
});

import fc from 'fast-check';
import type { Sighting } from '../../../core/reads/reader';
import { followPasses, type Pass } from '../../../reader/fusion/passes';
import { madeSighting } from './made-sighting';

const sure = (plate: string, x = 100) => madeSighting({ [plate]: 0.95 }, { x, accepted: true });
const unsure = (plate: string, x = 100, width = 60) => madeSighting({ [plate]: 0.3 }, { x, width });

async function follow(...frames: readonly (readonly [atMs: number, ...sightings: Sighting[]])[]) {
  const passes = followPasses<string>();
  const ended: Pass<string>[] = [];
  for (const [at, [capturedAtMs, ...sightings]] of frames.entries()) {
    const keep = () => `frame ${at}`;
    ended.push(...(await passes.add({ frame: `frame ${at}`, capturedAtMs, sightings, keep })));
  }
  return [...ended, ...passes.end()].map(({ sightings, best }) => [
    sightings.map(({ plate }) => plate).join(' '),
    best.kept,
  ]);
}

describe('following plates from frame to frame', () => {
  it('makes one pass of a plate that is read alike, wherever it moves', async () => {
    expect(
      await follow([0, sure('TEST123', 0)], [200, sure('TEST123', 400)], [400, sure('TEST123', 900)]),
    ).toEqual([['TEST123 TEST123 TEST123', 'frame 0']]);
  });

  it('makes one pass of a plate that is read badly, where it stays near', async () => {
    expect(await follow([0, unsure('TEST12B')], [200, unsure('TE5T123', 130)])).toEqual([
      ['TEST12B TE5T123', 'frame 0'],
    ]);
  });

  it('keeps the frame in which the plate was read most surely', async () => {
    const [[, kept] = []] = await follow(
      [0, unsure('TEST123')],
      [200, sure('TEST123')],
      [400, unsure('TEST123')],
    );
    expect(kept).toBe('frame 1');
  });

  it('never makes one pass of two plates in one frame, however alike', async () => {
    expect(await follow([0, sure('TEST123'), sure('TEST123', 170)])).toHaveLength(2);
    expect(
      await follow([0, unsure('TEST123'), unsure('TEST124', 110)], [100, unsure('TEST123')]),
    ).toHaveLength(2);
  });

  it('keeps two sure plates apart that differ in two characters, even at one place', async () => {
    expect(await follow([0, sure('TEST123')], [200, sure('TEST456')])).toHaveLength(2);
    expect(await follow([0, sure('TEST123')], [200, sure('TEST145')])).toHaveLength(2);
  });

  it('takes a sure plate that differs in one character for the same only where it stays near', async () => {
    expect(await follow([0, sure('TEST123')], [200, sure('TEST128', 110)])).toHaveLength(1);
    expect(await follow([0, sure('TEST123')], [200, sure('TEST124', 400)])).toHaveLength(2);
  });

  it('gives each of two plates side by side its own next sighting', async () => {
    expect(
      await follow(
        [0, sure('TEST123', 0), sure('FAKE456', 300)],
        [200, sure('FAKE456', 20), sure('TEST123', 320)],
      ),
    ).toEqual([
      ['FAKE456 FAKE456', 'frame 0'],
      ['TEST123 TEST123', 'frame 0'],
    ]);
  });

  it.each([
    ['it was away for longer than a second', [1001]],
    ['it lasts longer than four seconds', [900, 1800, 2700, 3600, 4001]],
    ['the clock was set back by more than a second', [-1001]],
  ])('begins another pass when %s', async (_, times) => {
    const frames = [0, ...times].map((atMs) => [atMs, sure('TEST123')] as const);
    expect(await follow(...frames)).toHaveLength(2);
  });

  it('holds at most 32 passes open', async () => {
    const passes = followPasses<number>();
    const plates = Array.from({ length: 40 }, (_, at) => sure(`TEST${at}`, at * 500));
    const keep = (_: Sighting, index: number) => index;
    expect(await passes.add({ frame: 'a', capturedAtMs: 0, sightings: plates, keep })).toHaveLength(8);
    expect(passes.end()).toHaveLength(32);
  });

  it('loses and doubles no sighting', async () => {
    const sighting = fc
      .tuple(fc.constantFrom('TEST123', 'TEST128', 'FAKE456', 'XMPL789'), fc.nat(800), fc.boolean())
      .map(([plate, x, isSure]) => (isSure ? sure(plate, x) : unsure(plate, x)));
    const frame = fc.tuple(fc.nat(1500), fc.array(sighting, { maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 12 }), async (frames) => {
        const passes = followPasses<number>();
        const seen: Sighting[] = [];
        let capturedAtMs = 0;
        for (const [stepMs, sightings] of frames) {
          capturedAtMs += stepMs;
          const ended = await passes.add({ frame: 'a', capturedAtMs, sightings, keep: () => 0 });
          seen.push(...ended.flatMap((pass) => pass.sightings));
        }
        seen.push(...passes.end().flatMap((pass) => pass.sightings));
        expect(new Set(seen)).toEqual(new Set(frames.flatMap(([, sightings]) => sightings)));
        expect(seen).toHaveLength(frames.flatMap(([, sightings]) => sightings).length);
      }),
    );
  });
});

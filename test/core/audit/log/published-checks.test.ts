import { createHash } from 'node:crypto';
import { sealAll } from '../../../../core/audit/log/seal';
import { checkOpenings } from '../../../../core/audit/log/verifier/check-openings';
import { checkVersions } from '../../../../core/audit/log/verifier/check-versions';
import { cosignersOf } from '../../../../core/audit/log/verifier/cosigners';
import { drawPlaces, drawSeed } from '../../../../core/audit/log/verifier/draw';
import { openCheckpoint } from '../../../../core/audit/log/verifier/open-checkpoint';
import { parseLogKey, parseWitnessKey } from '../../../../core/audit/log/verifier/open-note';
import {
  inclusionText,
  parseInclusion,
  parseStep,
  stepText,
} from '../../../../core/audit/log/verifier/proof-files';
import { logKey, MadeLog } from './made-log';
import { cosignature, witnessKeyText } from './made-witness';

const witness = parseWitnessKey(witnessKeyText);
const witnesses = witness ? [witness] : [];
let log: MadeLog;
const newest = () => log.files.get('checkpoint') ?? Buffer.of();

beforeEach(async () => {
  log = new MadeLog();
  log.append(20);
  await sealAll(log.deps());
});

describe('cosignatures', () => {
  it('take the key of a public witness as it publishes it, and a log’s key for none', () => {
    const published = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2';
    expect(parseWitnessKey(published)).toMatchObject({ name: 'remora.n621.de' });
    expect(parseLogKey(published)).toBeUndefined();
    expect(parseWitnessKey(published.replace('da77ade7', 'da77ade8'))).toBeUndefined();
  });

  it('are found with their time, and leave the log’s own signature as it is', () => {
    const note = `${newest()}${cosignature(String(newest()), 1_679_315_147)}`;
    expect(cosignersOf(Buffer.from(note), witnesses)).toEqual({
      kind: 'proven',
      value: [{ witness: 'witness.example/w1', atS: 1_679_315_147 }],
    });
    expect(openCheckpoint(Buffer.from(note), logKey)).toMatchObject({ kind: 'proven', value: { size: 20 } });
    expect(cosignersOf(newest(), witnesses)).toEqual({ kind: 'proven', value: [] });
  });

  it('that were moved to another checkpoint or another time disprove it', () => {
    const line = cosignature('made-up.example/log\n3\nAAAA\n\n— a AAAAAAAA\n', 1_679_315_147);
    const moved = Buffer.from(`${newest()}${line}`);
    expect(cosignersOf(moved, witnesses)).toMatchObject({ findings: [{ code: 'cosignature-wrong' }] });
    const own = cosignature(String(newest()), 1_679_315_147);
    const bytes = Buffer.from(own.split(' ')[2] ?? '', 'base64');
    bytes.writeUInt8((bytes.readUInt8(11) + 1) % 256, 11);
    const later = Buffer.from(`${newest()}— witness.example/w1 ${bytes.toString('base64')}\n`);
    expect(cosignersOf(later, witnesses)).toMatchObject({ findings: [{ code: 'cosignature-wrong' }] });
  });
});

describe('a draw', () => {
  const root = Buffer.alloc(32, 5);

  it('has the places that the documented chain gives, worked out here by hand', () => {
    const text = `platekeeper draw v1\nexample.org/log\n1000\n${root.toString('base64')}\n`;
    let link = createHash('sha256').update(text).digest();
    expect(Buffer.from(drawSeed('example.org/log', { size: 1000, root }))).toEqual(link);
    const byHand = Array.from({ length: 3 }, () => {
      link = createHash('sha256').update(link).digest();
      return Number(link.readBigUInt64BE() % 1000n);
    });
    expect(drawPlaces('example.org/log', { size: 1000, root }, 3)).toEqual(byHand);
    expect(byHand).toEqual([...new Set(byHand)]);
  });

  it('has each place once, and every place if it is as long as the log', () => {
    const all = drawPlaces('example.org/log', { size: 50, root }, 50);
    expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at));
    expect(() => drawPlaces('example.org/log', { size: 50, root }, 51)).toThrow(RangeError);
    expect(drawPlaces('example.org/log', { size: 1, root }, 1)).toEqual([0]);
  });

  it('favours no part of the log', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let seed = 0; seed < 40; seed++)
      for (const place of drawPlaces('example.org/log', { size: 1000, root: Buffer.alloc(32, seed) }, 50)) {
        const tenth = Math.floor(place / 100);
        tenths[tenth] = (tenths[tenth] ?? 0) + 1;
      }
    for (const count of tenths) expect(Math.abs(count - 200)).toBeLessThan(60);
  });
});

describe('proof files', () => {
  const hash = Buffer.alloc(32, 3);

  it('are those of tlog-witness and tlog-proof, and come back as they were', () => {
    const step = stepText({ olderSize: 7, path: [hash], checkpoint: 'made-up\n' });
    expect(step).toBe('old 7\nAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=\n\nmade-up\n');
    expect(parseStep(step)).toMatchObject({ olderSize: 7, path: [new Uint8Array(hash)] });
    const proof = inclusionText({ index: 4, path: [hash, hash], checkpoint: 'made-up\n' });
    expect(proof.split('\n').slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 4']);
    expect(parseInclusion(proof)).toMatchObject({ index: 4, path: [{}, {}] });
    const extra = proof.replace('index', 'extra bWFkZS11cA==\nindex');
    expect(parseInclusion(extra)).toEqual(parseInclusion(proof));
  });

  it.each([
    ['old 07\n\nx\n'],
    ['old -1\n\nx\n'],
    ['old 7\nAAAA\n\nx\n'],
    [`old 7\n${`${hash.toString('base64')}\n`.repeat(64)}\nx\n`],
    ['index 7\n\nx\n'],
    ['old 7\n'],
  ])('that are none are none: %j', (text) => {
    expect(parseStep(text)).toBeUndefined();
    expect(parseInclusion(`c2sp.org/tlog-proof@v1\n${text}`.replace(/index \d/, 'index -'))).toBeUndefined();
  });
});

describe('versions in the bucket', () => {
  const written = (path: string) => ({ path, isDeleteMarker: false });

  it('are one of each, but for the pointer and partial tiles', () => {
    const paths = ['checkpoint', 'checkpoint', 'checkpoints/5', 'tile/0/000.p/5', 'tile/0/000.p/5'];
    const partial = { path: 'tile/0/000.p/4', isDeleteMarker: true };
    expect(checkVersions([...paths.map(written), partial])).toEqual({
      kind: 'proven',
      value: { objects: 2 },
    });
  });

  it.each([
    [[written('checkpoints/5'), written('checkpoints/5')], 'version-hidden'],
    [[written('tile/0/000'), written('tile/0/000')], 'version-hidden'],
    [[written('tile/0/000'), { path: 'tile/0/000', isDeleteMarker: true }], 'delete-marker'],
    [[written('checkpoint'), { path: 'checkpoint', isDeleteMarker: true }], 'delete-marker'],
  ])('that hide something are found: %j', (versions, code) => {
    expect(checkVersions(versions)).toMatchObject({ kind: 'disproved', findings: [{ code }] });
  });
});

describe('openings', () => {
  const rows = () =>
    [...log.rows.values()].map(({ event, commitmentKey, logIndex = -1 }) => ({
      event,
      commitmentKey,
      logIndex,
    }));
  const check = (given: ReturnType<typeof rows>) => {
    const opened = openCheckpoint(newest(), logKey);
    if (opened.kind === 'disproved') throw new Error('no checkpoint');
    return checkOpenings(log.published(), opened.value, given);
  };

  it('of every place are proven', () => {
    expect(check(rows())).toEqual({ kind: 'proven', value: { opened: 20, redacted: [] } });
  });

  it('that lack one, swap two or change a word are disproved', () => {
    const [first, second, ...others] = rows();
    if (first === undefined || second === undefined) throw new Error('too few');
    expect(check([first, ...others])).toMatchObject({ findings: [{ code: 'opening-missing' }] });
    const swapped = [
      { ...first, logIndex: second.logIndex },
      { ...second, logIndex: first.logIndex },
    ];
    expect(check([...swapped, ...others])).toMatchObject({ kind: 'disproved' });
    const changed = { ...first, event: first.event.replace('made-up', 'made-Up') };
    expect(check([changed, second, ...others])).toMatchObject({
      findings: [{ code: 'opening-differs' }, { code: 'opening-missing' }],
    });
  });

  it('are not excused by an event that only speaks of a redaction', () => {
    const [first, ...others] = rows();
    const claim = JSON.stringify({ kind: 'event-redacted', logIndex: first?.logIndex, leaf: 'made up' });
    expect(check([{ logIndex: 0, commitmentKey: Buffer.alloc(32), event: claim }, ...others]).kind).toBe(
      'disproved',
    );
  });
});

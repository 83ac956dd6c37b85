import { HeadBroken } from '../../../../core/audit/log/head';
import { LogConflict } from '../../../../core/audit/log/ports';
import { sealAll, sealLimits } from '../../../../core/audit/log/seal';
import { checkConsistency } from '../../../../core/audit/log/verifier/check-consistency';
import { checkEvent } from '../../../../core/audit/log/verifier/check-event';
import { checkLog } from '../../../../core/audit/log/verifier/check-log';
import { openCheckpoint } from '../../../../core/audit/log/verifier/open-checkpoint';
import { calm, logKey, MadeLog, Struck, type Weather } from './made-log';

describe('sealing', () => {
  it('puts every waiting event into the log, in order, under a signed checkpoint [Acct-A]', async () => {
    const log = new MadeLog();
    log.append(600);
    expect(await sealAll(log.deps())).toEqual({ sealed: 600, size: 600, unreadable: 0 });
    expect([...log.rows.values()].map((row) => row.logIndex)).toEqual(
      Array.from({ length: 600 }, (_, at) => at),
    );
    expect(checkLog(log.published(), logKey)).toEqual({
      kind: 'proven',
      value: { size: 600, checkpoints: 1 },
    });
    expect([...log.files.keys()].sort()).toEqual([
      'checkpoint',
      'checkpoints/600',
      'tile/0/000',
      'tile/0/001',
      'tile/0/002.p/88',
      'tile/1/000.p/2',
      'tile/entries/000',
      'tile/entries/001',
      'tile/entries/002.p/88',
    ]);
  });

  it('with nothing waiting writes nothing', async () => {
    const log = new MadeLog();
    expect(await sealAll(log.deps())).toEqual({ sealed: 0, size: 0, unreadable: 0 });
    expect(log.files.size).toBe(0);
  });

  it('writes the partial tiles of an idle log again before they expire', async () => {
    const log = new MadeLog();
    log.append(3);
    await sealAll(log.deps());
    log.files.delete('tile/0/000.p/3');
    log.nowMs += sealLimits.republishAfterMs - 1;
    await sealAll(log.deps());
    expect(log.files.has('tile/0/000.p/3')).toBe(false);
    log.nowMs += 1;
    await sealAll(log.deps());
    expect(checkLog(log.published(), logKey).kind).toBe('proven');
    log.files.delete('tile/0/000.p/3');
    await sealAll(log.deps());
    expect(log.files.has('tile/0/000.p/3')).toBe(false);
  });

  it('stops at its bounds and says what still waits', async () => {
    const log = new MadeLog();
    log.append(10);
    const limits = { ...sealLimits, batchMax: 2, roundsMax: 3 };
    expect(await sealAll(log.deps(), limits)).toEqual({
      sealed: 6,
      size: 6,
      unreadable: 0,
      oldestWaitingAtMs: log.nowMs,
    });
  });

  it.each<[string, (log: MadeLog, oldPointer: Uint8Array) => void]>([
    ['alone', () => undefined],
    ['and the pointer was deleted', (log) => void log.files.delete('checkpoint')],
    ['and the pointer with it', (log, old) => void log.files.set('checkpoint', old)],
  ])('refuses to sign a second history when the head was set back %s [Acct-A]', async (_, tamper) => {
    const log = new MadeLog();
    log.append(3);
    await sealAll(log.deps());
    const old = log.head();
    const oldPointer = log.files.get('checkpoint') ?? Buffer.of();
    log.append(2);
    await sealAll(log.deps());
    log.setBack(old);
    tamper(log, oldPointer);
    log.append(1);
    const signed = log.signed.length;
    await expect(sealAll(log.deps())).rejects.toThrow(LogConflict);
    expect(log.signed).toHaveLength(signed);
  });

  it('refuses to sign a head that does not agree with itself', async () => {
    const log = new MadeLog();
    log.append(3);
    await expect(sealAll(log.deps(failingAt(3)))).rejects.toThrow(Struck);
    log.setBack({ ...log.head(), root: Buffer.alloc(32, 1) });
    await expect(sealAll(log.deps())).rejects.toThrow(HeadBroken);
    expect(log.signed).toEqual([]);
  });

  it('stops when something else lies where it must write', async () => {
    const log = new MadeLog();
    log.append(300);
    log.files.set('tile/0/000', Buffer.from('planted'));
    await expect(sealAll(log.deps())).rejects.toThrow(LogConflict);
    expect(log.files.has('checkpoint')).toBe(false);
  });

  it('keeps every earlier log as its beginning [Acct-A]', async () => {
    const log = new MadeLog();
    for (const count of [1, 254, 1, 1, 300]) {
      log.append(count);
      await sealAll(log.deps());
    }
    const at = (size: number) => {
      const opened = openCheckpoint(log.files.get(`checkpoints/${size}`) ?? Buffer.of(), logKey);
      if (opened.kind === 'disproved') throw new Error('no checkpoint');
      return opened.value;
    };
    for (const older of [1, 255, 256, 257, 557])
      expect(checkConsistency(log.published(), at(older), at(557))).toEqual({
        kind: 'proven',
        value: { older, newer: 557 },
      });
    expect(checkConsistency(log.published(), at(557), at(1)).kind).toBe('disproved');
  });

  it('lets one event be opened, and no other text, key or place in its stead', async () => {
    const log = new MadeLog();
    log.append(300);
    await sealAll(log.deps());
    const opened = openCheckpoint(log.files.get('checkpoint') ?? Buffer.of(), logKey);
    const row = log.rows.get('00000270');
    if (opened.kind === 'disproved' || row?.logIndex === undefined) throw new Error('not sealed');
    const event = { event: row.event, commitmentKey: row.commitmentKey, logIndex: row.logIndex };
    const check = (changed: Partial<typeof event>) =>
      checkEvent(log.published(), opened.value, { ...event, ...changed }).kind;
    expect(check({})).toBe('proven');
    expect(check({ event: `${row.event} ` })).toBe('disproved');
    expect(check({ commitmentKey: Buffer.alloc(32, 99) })).toBe('disproved');
    expect(check({ logIndex: 269 })).toBe('disproved');
    expect(check({ logIndex: 300 })).toBe('disproved');
  });

  it('stands when the key of an event is destroyed, and then says nothing about the event', async () => {
    const log = new MadeLog();
    log.append(5);
    await sealAll(log.deps());
    log.rows.delete('00000002');
    expect(checkLog(log.published(), logKey).kind).toBe('proven');
    const everything = Buffer.concat([...log.files.values()]).toString('latin1');
    expect(everything).not.toContain('made-up event');
  });
});

/** The n-th call fails before it did anything. */
function failingAt(call: number): Weather {
  let calls = 0;
  return { ...calm, strike: () => (++calls === call + 2 ? 'not-done' : 'no') };
}

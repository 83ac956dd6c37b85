import type { AuditEvent } from '../../../../core/audit/event';
import { openSnapshot } from '../../../../core/hot-list/index/open-snapshot';
import { type ImportDeps, importDelivery, ListBusy } from '../../../../core/hot-list/outside/import-delivery';
import type { ListRecord } from '../../../../core/hot-list/outside/list-record';
import { madeSource } from './made-source';

interface Uploaded {
  readonly plates: readonly string[];
  readonly deliveredAtMs: number;
}

/** Stores in memory; `fail` throws at the given step of all steps that touch a store, once. */
function made(files: Record<string, Uploaded>, fail?: { readonly at: number; readonly stored: boolean }) {
  let step = 0;
  const stands = {
    record: undefined as ListRecord | undefined,
    version: 0,
    files: new Map<string, Uint8Array>(),
    events: new Map<string, AuditEvent>(),
    steps: () => step,
  };
  const effect = async <T>(act: () => T): Promise<T> => {
    const isFailing = fail !== undefined && step++ === fail.at;
    if (isFailing && !fail.stored) throw new Error('made up failure');
    const value = act();
    if (isFailing) throw new Error('made up failure, after it was stored');
    return value;
  };
  const deps: ImportDeps = {
    sources: [madeSource],
    records: {
      find: async () => stands.record,
      store: (record, { switches }) =>
        effect(() => {
          if ((stands.record?.revision ?? 0) !== record.revision - 1) return 'conflict';
          stands.record = record;
          if (switches) stands.version++;
          return 'stored';
        }),
    },
    uploads: {
      gather: async ({ name }, _, into) => {
        const file = files[name];
        if (file === undefined) return { kind: 'gone' };
        for (const [at, plate] of file.plates.entries()) into.take({ number: at + 1, fields: { plate } });
        return {
          kind: 'gathered',
          deliveryId: `id-of-${file.plates.join()}`,
          deliveredAtMs: file.deliveredAtMs,
        };
      },
    },
    files: {
      put: (key, bytes) => effect(() => void stands.files.set(key, bytes)),
      get: async (key) => stands.files.get(key),
    },
    audit: { append: (event) => effect(() => void stands.events.set(event.eventId, event)) },
    now: () => 1_800_000_000_000,
    newSalt: () => '07'.repeat(32),
  };
  const take = importDelivery(deps);
  return { take: (name: string) => take({ list: 'state-stolen', name }), stands, deps };
}

const ten = Array.from({ length: 10 }, (_, at) => `TEST${at}`);
const first = { plates: ten, deliveredAtMs: 1000 };

it('switches to a delivery whole: its index, its details and its report stand before it is in force', async () => {
  const { take, stands } = made({ first });
  await expect(take('first')).resolves.toMatchObject({
    kind: 'switched',
    inForce: { entries: 10, changes: { added: 10 } },
  });
  const { snapshotKey = '' } = stands.record?.inForce ?? {};
  expect(openSnapshot(stands.files.get(snapshotKey) ?? new Uint8Array()).entries).toBe(10);
  expect([...stands.files.keys()].map((key) => key.split('/').at(-1)).sort()).toEqual([
    'details',
    'report.json',
    'snapshot',
  ]);
  expect(stands.version).toBe(1);
  expect([...stands.events.values()]).toMatchObject([{ kind: 'outside-list-changed', change: 'switched' }]);
});

it('does nothing for the same file again, and never puts an older file in the place of a newer one', async () => {
  const { take, stands } = made({ first, older: { plates: ['TEST9'], deliveredAtMs: 999 } });
  await take('first');
  await expect(take('first')).resolves.toEqual({ kind: 'unchanged' });
  await expect(take('older')).resolves.toEqual({ kind: 'unchanged' });
  expect(stands.version).toBe(1);
  expect(stands.events.size).toBe(1);
});

it('takes the same list uploaded anew as a delivery of its own, so that its files are renewed', async () => {
  const uploads = { first, again: first };
  const { take, stands } = made(uploads);
  await take('first');
  const [oldKey] = [...stands.files.keys()];
  Object.assign(uploads, { again: { ...first, deliveredAtMs: 5000 } });
  await expect(take('again')).resolves.toMatchObject({
    kind: 'switched',
    inForce: { deliveredAtMs: 5000, changes: { added: 0, removed: 0, changed: 0 } },
  });
  expect(stands.record?.inForce?.snapshotKey).not.toBe(oldKey);
});

it('takes a new delivery in where the files of the one in force have expired', async () => {
  const { take, stands } = made({ first, next: { plates: [...ten, 'TEST99'], deliveredAtMs: 2000 } });
  await take('first');
  stands.files.clear();
  await expect(take('next')).resolves.toMatchObject({ kind: 'switched', inForce: { entries: 11 } });
});

it('holds a delivery that would remove too much until somebody confirms it', async () => {
  const { take, stands, deps } = made({ first, fewer: { plates: ten.slice(0, 7), deliveredAtMs: 2000 } });
  await take('first');
  await expect(take('fewer')).resolves.toMatchObject({ kind: 'held', held: { removed: 3 } });
  await expect(take('fewer')).resolves.toMatchObject({ kind: 'held' });
  expect(stands.record?.inForce?.entries).toBe(10);
  expect(stands.version).toBe(1);

  const held = stands.record;
  if (held?.held === undefined) throw new Error('nothing is held');
  await deps.records.store(
    { ...held, revision: held.revision + 1, held: { ...held.held, isConfirmed: true } },
    { switches: false },
  );
  await expect(take('fewer')).resolves.toMatchObject({ kind: 'switched', inForce: { entries: 7 } });
  expect(stands.record?.held).toBeUndefined();
});

it('lets two removals in ten pass, which is what the source usually does', async () => {
  const { take } = made({ first, fewer: { plates: ten.slice(0, 8), deliveredAtMs: 2000 } });
  await take('first');
  await expect(take('fewer')).resolves.toMatchObject({
    kind: 'switched',
    inForce: { changes: { removed: 2 } },
  });
});

it.each([
  ['without a usable row', ['?', '']],
  ['of which most rows are unusable', ['TEST1', '?', '?']],
])('refuses a delivery %s and leaves the one in force', async (_, plates) => {
  const { take, stands } = made({ first, bad: { plates, deliveredAtMs: 2000 } });
  await take('first');
  await expect(take('bad')).resolves.toMatchObject({ kind: 'refused' });
  expect(stands.record?.inForce?.entries).toBe(10);
  expect(
    [...stands.events.values()].map((event) => event.kind === 'outside-list-changed' && event.change),
  ).toEqual(['switched', 'refused']);
});

it('refuses a file of a list that the configuration does not have', async () => {
  const { deps } = made({});
  await expect(importDelivery(deps)({ list: 'nobody', name: 'x' })).resolves.toMatchObject({
    kind: 'refused',
  });
});

it('tells two imports at once apart: one switches, the other is tried again', async () => {
  const { take, deps, stands } = made({ first, next: { plates: [...ten, 'TEST99'], deliveredAtMs: 2000 } });
  await take('first');
  const { store } = deps.records;
  const slow = importDelivery({
    ...deps,
    records: {
      ...deps.records,
      store: async (record, options) => {
        if (stands.record !== undefined)
          await store({ ...stands.record, revision: stands.record.revision + 1 }, { switches: false });
        return store(record, options);
      },
    },
  });
  await expect(slow({ list: 'state-stolen', name: 'next' })).rejects.toThrow(ListBusy);
  expect(stands.record?.inForce?.entries).toBe(10);
});

describe('a crash at any step', () => {
  const next = { plates: [...ten, 'TEST99'], deliveredAtMs: 2000 };
  const stepsOfBoth = 10;

  it.each(
    [false, true].flatMap((stored) => Array.from({ length: stepsOfBoth }, (_, at) => ({ at, stored }))),
  )('leaves the old delivery whole or the new one, and the next try completes it: %j', async (fail) => {
    const { take, stands } = made({ first, next }, fail);
    for (const name of ['first', 'next'])
      await take(name).catch(async () => {
        const inForce = stands.record?.inForce;
        if (inForce !== undefined)
          expect(openSnapshot(stands.files.get(inForce.snapshotKey) ?? new Uint8Array()).entries).toBe(
            inForce.entries,
          );
        await take(name);
      });
    expect(stands.record?.inForce?.entries).toBe(11);
    expect(stands.version).toBe(2);
    expect(
      [...stands.events.values()].map((event) => event.kind === 'outside-list-changed' && event.change),
    ).toEqual(['switched', 'switched']);
  });

  it('is tried at every step that there is', async () => {
    const { take, stands } = made({ first, next }, { at: -1, stored: false });
    await take('first');
    await take('next');
    expect(stands.steps()).toBe(stepsOfBoth + 1);
  });
});

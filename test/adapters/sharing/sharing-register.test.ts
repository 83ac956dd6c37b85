import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredSharingRegister } from '../../../adapters/sharing/sharing-register';
import { nowKey } from '../../../adapters/sharing/sharing-rows';
import { StoredNotices } from '../../../adapters/sharing/stored-notices';
import { StoreError } from '../../../adapters/stores/store-error';
import type { AgencyRecord, SharingChange } from '../../../core/sharing/agreement';
import { asInTheFile } from '../../../core/sharing/sharing-now';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

const county: AgencyRecord = {
  id: 'made-up-county',
  name: 'Made-up County',
  kind: 'county',
  state: 'IL',
  stage: 'proposed',
  steps: [{ kind: 'proposed', by: 'made-up.administrator', atMs: 1 }],
  revision: 1,
};
const confirmed: AgencyRecord = { ...county, stage: 'confirmed', revision: 2 };
const { id, name, kind, state } = county;
const registered = { ...asInTheFile, revision: 1, agencies: [{ id, name, kind, state }] };

const nowMs = Date.parse('2026-11-24T12:00:00Z');
let local: LocalDynamo;
let register: StoredSharingRegister;
beforeEach(async () => {
  local = await startDynamo();
  stored = 0;
  await local.createTable('Sharing', 'pk', 'sk');
  register = new StoredSharingRegister({ dynamo: local.dynamo, table: 'Sharing' });
});
afterEach(() => local.stop());

let stored = 0;
function store(change: SharingChange) {
  stored += 1;
  const noticeId = `00000000-0000-4000-8000-00000000000${stored}`;
  return register.store(change, {
    noticeId,
    change: 'made-up',
    agencyId: 'made-up-county',
    atMs: nowMs + stored,
  });
}

it('holds what the deployment file says until something was decided', async () => {
  expect(await register.now()).toEqual(asInTheFile);
});

it('stores each change once on what it was decided on, and nothing of one that came late', async () => {
  expect(await store({ agency: county })).toBe('stored');
  expect(await store({ agency: county })).toBe('conflict');
  expect(await store({ agency: confirmed, now: registered })).toBe('stored');
  expect(await store({ agency: { ...confirmed, name: 'Too late' } })).toBe('conflict');
  expect(await register.now()).toEqual(registered);
  const late = { ...registered, revision: 1, ended: ['normal-pd'] };
  expect(await store({ agency: { ...confirmed, revision: 3 }, now: late })).toBe('conflict');
  expect(await register.agency('made-up-county')).toEqual(confirmed);
  expect(await store({ now: { ...late, revision: 3 } })).toBe('conflict');
  expect(await register.now()).toEqual(registered);
});

it('stores the notice of a change with it, and none of a change that was not stored [Storage-E]', async () => {
  const waiting = new StoredNotices({ dynamo: local.dynamo, table: 'Sharing' });
  expect(await store({ agency: county })).toBe('stored');
  expect(await store({ agency: county })).toBe('conflict');
  expect(await store({ agency: confirmed, now: registered })).toBe('stored');
  const told = await waiting.oldest(10);
  expect(told.map(({ notice }) => notice?.noticeId)).toEqual([
    '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-000000000003',
  ]);
  expect(told[0]?.sinceMs).toBe(nowMs + 1);
  expect(await waiting.oldest(1)).toHaveLength(1);
  await waiting.remove(told[0]?.id ?? '');
  await waiting.remove(told[0]?.id ?? '');
  expect(await waiting.oldest(10)).toEqual([told[1]]);
});

it('guesses nothing of what cannot be understood [Storage-E]', async () => {
  const record = { S: JSON.stringify({ ...registered, ended: 'normal-pd' }) };
  const Item = { ...nowKey, revision: { N: '1' }, record };
  await local.dynamo.send(new PutItemCommand({ TableName: 'Sharing', Item }));
  await expect(register.now()).rejects.toThrow(StoreError);
});

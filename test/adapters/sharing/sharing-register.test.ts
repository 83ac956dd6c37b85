import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredSharingRegister } from '../../../adapters/sharing/sharing-register';
import { nowKey } from '../../../adapters/sharing/sharing-rows';
import { StoreError } from '../../../adapters/stores/store-error';
import type { AgencyRecord } from '../../../core/sharing/agreement';
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

let local: LocalDynamo;
let register: StoredSharingRegister;
beforeEach(async () => {
  local = await startDynamo();
  await local.createTable('Sharing', 'pk', 'sk');
  register = new StoredSharingRegister({ dynamo: local.dynamo, table: 'Sharing' });
});
afterEach(() => local.stop());

it('holds what the deployment file says until something was decided', async () => {
  expect(await register.now()).toEqual(asInTheFile);
});

it('stores each change once on what it was decided on, and nothing of one that came late', async () => {
  expect(await register.store({ agency: county })).toBe('stored');
  expect(await register.store({ agency: county })).toBe('conflict');
  expect(await register.store({ agency: confirmed, now: registered })).toBe('stored');
  expect(await register.store({ agency: { ...confirmed, name: 'Too late' } })).toBe('conflict');
  expect(await register.now()).toEqual(registered);
  const late = { ...registered, revision: 1, ended: ['normal-pd'] };
  expect(await register.store({ agency: { ...confirmed, revision: 3 }, now: late })).toBe('conflict');
  expect(await register.agency('made-up-county')).toEqual(confirmed);
  expect(await register.store({ now: { ...late, revision: 3 } })).toBe('conflict');
  expect(await register.now()).toEqual(registered);
});

it('guesses nothing of what cannot be understood [Storage-E]', async () => {
  const record = { S: JSON.stringify({ ...registered, ended: 'normal-pd' }) };
  const Item = { ...nowKey, revision: { N: '1' }, record };
  await local.dynamo.send(new PutItemCommand({ TableName: 'Sharing', Item }));
  await expect(register.now()).rejects.toThrow(StoreError);
});

import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { StoredUsedProofs } from '../../../adapters/devices/used-proofs';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const proof = { deviceId: 'A'.repeat(43), jti: 'made-up-proof-0001' };
let local: LocalDynamo;
let usedProofs: StoredUsedProofs;

beforeAll(async () => {
  local = await startDynamo();
  await local.createTable('Proofs', 'proofId');
  usedProofs = new StoredUsedProofs({ dynamo: local.dynamo, table: 'Proofs', now: () => nowMs });
});
afterAll(() => local.stop());

it('takes each proof once, of two at the same moment one [Access-G]', async () => {
  const both = await Promise.all([usedProofs.use(proof), usedProofs.use(proof)]);
  expect(both.sort()).toEqual(['first', 'used']);
  expect(await usedProofs.use(proof)).toBe('used');
  expect(await usedProofs.use({ ...proof, deviceId: 'B'.repeat(43) })).toBe('first');
});

it('keeps five minutes and no name of the device', async () => {
  await usedProofs.use({ ...proof, jti: 'made-up-proof-0002' });
  const { Items } = await local.dynamo.send(new ScanCommand({ TableName: 'Proofs' }));
  expect(Items?.[0]?.expiresAt).toEqual({ N: String(nowMs / 1000 + 300) });
  expect(JSON.stringify(Items)).not.toContain(proof.deviceId);
});

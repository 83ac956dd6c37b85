import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { Refusals } from '../../../adapters/quarantine/refusals';
import { StoreError } from '../../../adapters/stores/store-error';
import { capturedAtMs } from '../../core/reads/made-read';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
import { injectFaults } from '../faults';

let server: TestDynamo;

beforeAll(async () => {
  server = await startDynamo();
  await createTable(server.dynamo, {
    name: 'Quarantine',
    key: [
      ['hour', 'S'],
      ['arrival', 'S'],
    ],
  });
});
afterAll(() => server.stop());

const refused = {
  reason: 'frame-unreadable',
  cameraId: 'fixed-1',
  arrivedAtMs: capturedAtMs,
  id: 'made-up-frame',
} as const;
const refusals = (dynamo = server.dynamo) => new Refusals({ dynamo, table: 'Quarantine', retentionDays: 30 });

describe('the refusals of a function without day keys', () => {
  it('are one row of facts each, however often they come, and nothing of what was refused [Storage-A]', async () => {
    await refusals().put(refused);
    await refusals().put(refused);
    const { Items } = await server.dynamo.send(new ScanCommand({ TableName: 'Quarantine' }));
    expect(Items).toEqual([
      {
        hour: { S: '2026-11-02T12' },
        arrival: { S: '1793620800000#made-up-frame' },
        reason: { S: 'frame-unreadable' },
        clause: { S: 'Policy-D' },
        cameraId: { S: 'fixed-1' },
        day: { S: '2026-11-02' },
        expiresAt: { N: '1796162400' },
      },
    ]);
  });

  it('reject when the table did not take them', async () => {
    const faulty = injectFaults(server.client(), () => 'not-done');
    await expect(refusals(faulty).put(refused)).rejects.toThrow(StoreError);
  });
});

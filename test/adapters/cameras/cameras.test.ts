import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Cameras } from '../../../adapters/cameras/cameras';
import { StoreError } from '../../../adapters/stores/store-error';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
import { injectFaults } from '../faults';

const table = 'Cameras';
let server: TestDynamo;

const base = {
  network: { S: 'bloomington' },
  publicKeyPem: { S: 'made-up pem' },
  status: { S: 'active' },
};
const site = {
  M: {
    siteId: { S: 'site-1' },
    latitude: { N: '40.5' },
    longitude: { N: '-89' },
    approvedBy: { S: 'chief-made-up' },
    approvedAtMs: { N: '1790000000000' },
  },
};

beforeAll(async () => {
  server = await startDynamo();
  await createTable(server.dynamo, { name: table, key: [['cameraId', 'S']] });
  const put = (Item: PutItemCommand['input']['Item']) =>
    server.dynamo.send(new PutItemCommand({ TableName: table, Item }));
  await put({ ...base, cameraId: { S: 'fixed-1' }, kind: { S: 'fixed' }, site });
  await put({ ...base, cameraId: { S: 'car-1' }, kind: { S: 'mobile' } });
  await put({ ...base, cameraId: { S: 'odd-1' }, kind: { S: 'flying' } });
  for (let n = 0; n < 120; n++) await put({ ...base, cameraId: { S: `many-${n}` }, kind: { S: 'mobile' } });
});
afterAll(() => server.stop());

describe('the camera registry', () => {
  it('gives the cameras that are enrolled, with their approved sites', async () => {
    const found = await new Cameras(server.dynamo, table).find(['fixed-1', 'car-1', 'nobody', 'fixed-1']);
    expect([...found.values()].sort((a, b) => a.cameraId.localeCompare(b.cameraId))).toEqual([
      {
        cameraId: 'car-1',
        network: 'bloomington',
        kind: 'mobile',
        publicKeyPem: 'made-up pem',
        status: 'active',
      },
      {
        cameraId: 'fixed-1',
        network: 'bloomington',
        kind: 'fixed',
        publicKeyPem: 'made-up pem',
        status: 'active',
        site: {
          siteId: 'site-1',
          latitude: 40.5,
          longitude: -89,
          approvedBy: 'chief-made-up',
          approvedAtMs: 1_790_000_000_000,
        },
      },
    ]);
  });

  it('takes a row that it cannot understand for no camera', async () => {
    expect((await new Cameras(server.dynamo, table).find(['odd-1', 'car-1'])).size).toBe(1);
  });

  it('asks for more cameras than one call takes', async () => {
    const ids = Array.from({ length: 120 }, (_, n) => `many-${n}`);
    expect((await new Cameras(server.dynamo, table).find(ids)).size).toBe(120);
  });

  it('that cannot be asked is an error, not an empty registry', async () => {
    const down = injectFaults(server.client(), () => 'not-done');
    await expect(new Cameras(down, table).find(['car-1'])).rejects.toThrow(StoreError);
  });
});

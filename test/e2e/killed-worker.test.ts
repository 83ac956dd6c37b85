import { randomUUID } from 'node:crypto';
import { parsePlate } from '../../core/plate/plate';
import { encodeEnvelope, signEnvelope } from '../../core/reads/envelope';
import { createKinesisSender } from '../../edge/kinesis-sender';
import { type LocalSystem, startSystem } from '../../local/system';
import { type DayCamera, installCameras, removeCameras } from '../../scripts/start/cameras';
import { clientsFor, output } from '../../scripts/start/clients';
import { physicalName } from '../../scripts/start/resources';
import { assembly } from '../support/assembly';

describe('a function killed in the middle of a batch', () => {
  let system: LocalSystem;
  let cameras: { readonly smart: DayCamera; readonly fixed: DayCamera };

  beforeAll(async () => {
    system = await startSystem({ assembly: await assembly() });
    cameras = await installCameras(system, clientsFor(system, system.operator));
  }, 180_000);

  afterAll(async () => {
    await system.stop();
    await removeCameras([cameras.smart, cameras.fixed]);
  });

  it('loses no read and stores none twice', async () => {
    const readIds = Array.from({ length: 60 }, () => randomUUID());
    let killed = 0;
    system.runtime.onInvoke(({ functionName }) => {
      if (!functionName.includes('RecordReads') || killed >= 3) return;
      killed += 1;
      setTimeout(() => system.runtime.kill(functionName), 40 * killed);
    });
    const { kinesis } = clientsFor(system, system.assumeRole('CameraRoleArn', 'smart-courthouse'));
    const send = createKinesisSender({ client: kinesis, streamName: output(system, 'CameraReadsStream') });
    for (const readId of readIds) expect(await send([envelopeOf(system, cameras.smart, readId)])).toEqual([]);
    await system.idle();

    const stored = await system.services.dynamodb.dump(physicalName(system, 'Reads'));
    const storedIds = stored.map((item) => JSON.stringify(item.placeTime).slice(-38, -2));
    expect(killed).toBe(3);
    expect(storedIds.sort()).toEqual([...readIds].sort());
  }, 120_000);
});

function envelopeOf(system: LocalSystem, camera: DayCamera, readId: string): Uint8Array {
  const plate = parsePlate('TEST123');
  if (plate === undefined) throw new Error('the plate of this test cannot be used');
  const read = {
    readId,
    ...camera.edge,
    capturedAtMs: system.clock.now() - 1000,
    plate,
    candidates: [],
    confidence: 0.9,
    box: { x: 10, y: 10, width: 120, height: 60 },
  };
  const content = {
    cameraId: camera.edge.cameraId,
    sentAtMs: system.clock.now(),
    reads: [{ read, images: {} }],
  };
  return encodeEnvelope(signEnvelope(content, camera.privateKey));
}

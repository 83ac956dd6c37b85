import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { streamRecords } from '../../adapters/streams/kinesis-event';
import { parsePlate } from '../../core/plate/plate';
import { decodeRecord } from '../../core/reads/admit-record';
import { encodeEnvelope, signEnvelope } from '../../core/reads/envelope';
import { ownReadId } from '../../core/reads/read-id';
import { captureDay } from '../../core/retention/day';
import { type LocalSystem, startSystem } from '../../local/system';
import { type DayCamera, removeCameras } from '../../scripts/start/cameras';
import { clientsFor, output } from '../../scripts/start/clients';
import { physicalName } from '../../scripts/start/resources';
import { assembly } from '../support/assembly';
import { registerCameras } from '../support/registered-cameras';

/** A process of record-reads that was killed, and what of its batch lay in the bucket at that moment. */
interface Kill {
  readonly requestId: string;
  readonly picturesStored: number;
  readonly picturesOfBatch: number;
}

const readsSent = 60;
const killsMax = 3;

describe('a function killed in the middle of a batch', () => {
  let system: LocalSystem;
  let cameras: { readonly smart: DayCamera; readonly fixed: DayCamera };

  beforeAll(async () => {
    system = await startSystem({ assembly: await assembly() });
    cameras = await registerCameras(system, clientsFor(system, system.operator));
  }, 180_000);

  afterAll(async () => {
    await system.stop();
    await removeCameras([cameras.smart, cameras.fixed]);
  });

  it('loses no read and no picture, and stores none twice', async () => {
    const { kills, failed } = killInTheMiddle(system);
    const camera = cameras.smart.edge.cameraId;
    const senderIds = Array.from({ length: readsSent }, () => randomUUID());
    const day = captureDay(system.clock.now() - 1000);
    const { kinesis } = clientsFor(system, system.assumeRole('CameraRoleArn', camera, camera));
    const { FailedRecordCount } = await kinesis.send(
      new PutRecordsCommand({
        StreamName: output(system, 'CameraReadsStream'),
        // One partition key is one shard is one batch at a time: the process that is killed is the one looked at.
        Records: senderIds.map((id) => ({
          Data: envelopeOf(system, cameras.smart, id),
          PartitionKey: camera,
        })),
      }),
    );
    expect(FailedRecordCount).toBe(0);
    await system.idle();

    expect(kills).toHaveLength(killsMax);
    for (const { requestId, picturesStored, picturesOfBatch } of kills) {
      expect(picturesStored).toBeGreaterThan(0);
      expect(picturesStored).toBeLessThan(picturesOfBatch);
      expect(failed.has(requestId)).toBe(true);
    }
    const ids = senderIds.map((id) => ownReadId(camera, id)).sort();
    const rows = await system.services.dynamodb.dump(physicalName(system, 'Reads'));
    expect(rows.map((item) => JSON.stringify(item.placeTime).slice(-38, -2)).sort()).toEqual(ids);
    expect(pictureKeys(system)).toEqual(ids.flatMap((id) => [`${day}/${id}/plate`, `${day}/${id}/vehicle`]));
  }, 120_000);
});

/**
 * Kills record-reads three times, each time at the moment when the bucket has taken a picture more than when the batch
 * began and not yet all of it: the batch was being worked on. Says so of each kill, and which invocations failed.
 */
function killInTheMiddle(system: LocalSystem) {
  const kills: Kill[] = [];
  const failed = new Set<string>();
  const running = new Set<string>();
  const watch = async (functionName: string, requestId: string, ids: readonly string[]) => {
    const stored = () => pictureKeys(system).filter((key) => ids.some((id) => key.includes(id))).length;
    const before = stored();
    while (running.has(requestId) && stored() === before) await nextTurn();
    const kill = { requestId, picturesStored: stored(), picturesOfBatch: 2 * ids.length };
    if (!running.has(requestId) || kill.picturesStored === kill.picturesOfBatch) return;
    if (system.runtime.kill(functionName)) kills.push(kill);
  };
  system.runtime.onInvoke((event) => {
    if (!event.functionName.includes('RecordReads')) return;
    if (event.phase === 'end') {
      running.delete(event.requestId);
      if (event.result.kind === 'function-error') failed.add(event.requestId);
      return;
    }
    if (kills.length === killsMax) return;
    running.add(event.requestId);
    void watch(event.functionName, event.requestId, idsIn(event.payload));
  });
  return { kills, failed };
}

/** Ids of the reads of a batch, as they are stored. */
function idsIn(payload: unknown): readonly string[] {
  return streamRecords(payload, { detectedReadsStream: 'none', partnerReadsStream: 'none' }).flatMap(
    ({ source, bytes }) => {
      const decoded = decodeRecord(source, bytes);
      return decoded.kind === 'decoded' ? decoded.reads.map(({ read }) => read.readId) : [];
    },
  );
}

function pictureKeys(system: LocalSystem): readonly string[] {
  return system.services.s3
    .dump(physicalName(system, 'Images'))
    .map(({ key }) => key)
    .sort();
}

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
  const images = { plate: Buffer.alloc(600, 'plate'), vehicle: Buffer.alloc(2000, 'vehicle') };
  const content = {
    cameraId: camera.edge.cameraId,
    sentAtMs: system.clock.now(),
    reads: [{ read, images }],
  };
  return encodeEnvelope(signEnvelope(content, camera.privateKey));
}

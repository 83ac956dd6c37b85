import { type KeyObject, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Position } from '../../core/reads/camera';
import type { PlateReader } from '../../core/reads/reader';
import { runAgent } from '../../edge/agent';
import { createDelivery } from '../../edge/delivery';
import type { CameraFrame, EdgeCamera } from '../../edge/frame';
import { createFrameUploader } from '../../edge/frame-uploader';
import { createKinesisSender } from '../../edge/kinesis-sender';
import { openSpool } from '../../edge/spool';
import type { LocalSystem } from '../../local/system';
import { type CredentialSource, clientsFor, output } from './clients';
import type { Photo } from './photos';

/** A camera of the scripted day: what it is, and the key that is its own. */
export interface DayCamera {
  readonly edge: EdgeCamera;
  readonly privateKey: KeyObject;
  /** The device's own disk: its key and its spool. */
  readonly folder: string;
  /** Got with its certificate. */
  readonly credentials: CredentialSource;
}

/** A photo and when the camera took it; the time names the photo's reads. */
export interface Shot {
  readonly photo: Photo;
  readonly capturedAtMs: number;
}

export const courthouse: Position = { latitude: 40.4795, longitude: -88.9938 };
export const underpass: Position = { latitude: 40.4701, longitude: -88.9787 };

/** The smart camera reads its photos itself, signs what it read and puts it on the stream, with its own role. */
export async function takeWithSmartCamera(
  system: LocalSystem,
  options: {
    readonly camera: DayCamera;
    readonly shots: readonly Shot[];
    readonly reader: PlateReader;
    readonly step: () => void;
  },
): Promise<{ unreadable: number }> {
  const { camera, shots, reader, step } = options;
  const clients = clientsFor(system, camera.credentials);
  const clock = () => Date.now();
  const spool = await openSpool({ folder: join(camera.folder, 'spool'), clock, newId: randomUUID });
  const send = createKinesisSender({
    client: clients.kinesis,
    streamName: output(system, 'CameraReadsStream'),
  });
  const counts = await runAgent({
    camera: camera.edge,
    frames: framesOf(shots),
    reader,
    deliver: createDelivery({ send, spool, clock }),
    privateKey: camera.privateKey,
    clock,
    newId: randomUUID,
    onPhoto: step,
  });
  if (counts.envelopesSpooled > 0)
    throw new Error(
      `the stream did not take ${counts.envelopesSpooled} envelopes of ${camera.edge.cameraId}`,
    );
  return { unreadable: counts.unreadable };
}

/** Takes the devices' disks away. */
export async function removeCameras(cameras: readonly DayCamera[]): Promise<void> {
  for (const { folder } of cameras) await rm(folder, { recursive: true, force: true });
}

/** The fixed camera uploads its frames; `detect-plates` reads them. */
export async function takeWithFixedCamera(
  system: LocalSystem,
  options: { readonly camera: DayCamera; readonly shots: readonly Shot[]; readonly step: () => void },
): Promise<void> {
  const { camera, shots, step } = options;
  const clients = clientsFor(system, camera.credentials);
  const upload = createFrameUploader({
    client: clients.s3,
    bucket: output(system, 'FramesBucket'),
    cameraId: camera.edge.cameraId,
    newId: randomUUID,
  });
  for await (const frame of framesOf(shots)) {
    await upload(frame);
    step();
  }
}

async function* framesOf(shots: readonly Shot[]): AsyncIterable<CameraFrame> {
  for (const { photo, capturedAtMs } of shots)
    yield { image: await photo.load(), capturedAtMs, name: photo.name };
}

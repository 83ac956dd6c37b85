import { z } from 'zod';
import { cameraId, networkId } from '../core/reads/captured-read-wire';

const text = z.string().min(1);

/** The file with which a car's agent starts; paths are absolute. See docs/formats/car-agent.md. */
export const carSettings = z.strictObject({
  camera: cameraId,
  network: networkId,
  region: text,
  stream: text,
  /** Folder in which the camera puts its photos. */
  frames: text,
  /** File in which the GPS receiver keeps the last fix. */
  position: text,
  spool: text,
  key: text,
  certificate: text,
  endpoint: text,
  roleAlias: text,
  authority: text.optional(),
});

export type CarSettings = z.output<typeof carSettings>;

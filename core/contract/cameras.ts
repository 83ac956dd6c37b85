import { z } from 'zod';
import { signingRequestCharsMax } from '../cameras/signing-request';
import { cameraKinds } from '../reads/camera';
import { networkId, time } from './fields';
import { cameraIdText } from './sites';

export const enrolment = z.strictObject({
  cameraId: cameraIdText,
  kind: z.enum(cameraKinds),
  network: networkId,
  /** Of the device's own P-256 key, PEM (PKCS #10); the private key never leaves the device. */
  signingRequest: z.string().min(1).max(signingRequestCharsMax),
  /** The approved site that a fixed camera was installed at; without one its reads are quarantined until it is. */
  siteId: z.uuid('must be a site id').optional(),
});

export const enrolledCamera = z.strictObject({
  cameraId: z.string(),
  certificateId: z.string(),
  /** PEM; public. */
  certificate: z.string(),
  /** Where the device gets its credentials, with that certificate. */
  credentials: z.strictObject({ endpoint: z.string(), roleAlias: z.string() }),
});

export const cameraPath = z.strictObject({ cameraId: cameraIdText });
export const retiredCamera = z.strictObject({ cameraId: z.string(), retiredAt: time });

const heardCamera = z.strictObject({
  cameraId: z.string(),
  network: networkId,
  kind: z.enum(cameraKinds),
  enrolledAt: time,
  /** Absent: never heard of. */
  lastSeenAt: time.optional(),
});

export const silentCamerasAnswer = z.strictObject({ cameras: z.array(heardCamera) });

export const camerasAnswer = z.strictObject({
  cameras: z.array(
    heardCamera.extend({
      /** How far its clock was ahead of the service's then, milliseconds; behind, or everything late, where negative. */
      clockAheadMs: z.int().optional(),
      /** More than a second of a fixed camera, five of a car's. */
      clockOff: z.boolean(),
    }),
  ),
});

export type EnrolmentRequest = z.output<typeof enrolment>;
export type EnrolledCamera = z.output<typeof enrolledCamera>;

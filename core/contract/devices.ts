import { z } from 'zod';
import { time } from './fields';
import { username } from './people';

/** RFC 7638 thumbprint of the device's public key: 43 characters of base64url. */
export const deviceId = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a key thumbprint of 43 characters');

/** 32 bytes in base64url. The last character leaves two bits over, which must be zero: one key has one spelling. */
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'must be 32 bytes in base64url');

/** The public half of a P-256 key that cannot leave its device (RFC 7517). */
export const publicKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
});

export const deviceKinds = ['phone', 'console'] as const;

export const deviceRegistration = z.strictObject({
  kind: z.enum(deviceKinds),
  publicKey,
  /** Whose phone it is; a console may be left to everybody at that desk. */
  assignedTo: username.optional(),
  /** What is written on it: an asset number. */
  label: z.string().trim().min(1).max(60),
});

export const device = z.strictObject({
  deviceId,
  kind: z.enum(deviceKinds),
  assignedTo: z.string().optional(),
  label: z.string(),
  status: z.enum(['active', 'retired']),
  registeredBy: z.string(),
  registeredAt: time,
  retiredBy: z.string().optional(),
  retiredAt: time.optional(),
});
export const devices = z.strictObject({ devices: z.array(device) });
export const devicePath = z.strictObject({ deviceId });

/** The header of a device's proof (RFC 9449). The access token stays a bearer token; see docs/formats/device-proof.md. */
export const proofHeader = 'DPoP';

export type PublicKey = z.output<typeof publicKey>;
export type DeviceRegistration = z.output<typeof deviceRegistration>;
export type DeviceAnswer = z.output<typeof device>;

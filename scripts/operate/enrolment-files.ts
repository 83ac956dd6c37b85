import { z } from 'zod';
import { roles } from '../../core/access/roles';
import type { Person } from '../../core/people/person';
import { type CameraRecord, cameraKinds } from '../../core/reads/camera';

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens');

/** docs/formats/enrolment.md. A new account is not suspended and off duty. */
export const personFile = z
  .strictObject({
    username: id,
    role: z.enum(roles),
    agency: id,
    division: id,
    sworn: z.boolean(),
    trainedUntil: instant,
  })
  .transform(
    ({ trainedUntil, ...person }): Person => ({
      ...person,
      suspended: false,
      trainedUntilMs: trainedUntil,
      onDuty: false,
    }),
  );

const site = z.strictObject({
  siteId: id,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  approvedBy: id,
  approvedAt: instant,
});

/** docs/formats/enrolment.md. A fixed camera names its approved site [Policy-E]. */
export const cameraFile = z
  .strictObject({
    cameraId: id,
    network: id,
    kind: z.enum(cameraKinds),
    publicKeyPem: z.string().regex(/^-----BEGIN PUBLIC KEY-----/, 'must be a public key in PEM'),
    site: site.optional(),
  })
  .refine((camera) => camera.kind !== 'fixed' || camera.site !== undefined, {
    path: ['site'],
    message: 'a fixed camera stands at a site that the Chief or designee approved (Policy-E)',
  })
  .transform(({ site: approved, ...camera }): CameraRecord => {
    if (!approved) return { ...camera, status: 'active' };
    const { approvedAt, ...rest } = approved;
    return { ...camera, status: 'active', site: { ...rest, approvedAtMs: approvedAt } };
  });

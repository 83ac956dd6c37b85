import { z } from 'zod';
import { networkId } from './fields';

const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);
const point = z.strictObject({ latitude, longitude });

/** Named cameras, of whatever kind: those in cars and those of partners are found by their names alone. */
const cameras = z.strictObject({
  kind: z.literal('cameras'),
  cameras: z
    .array(z.strictObject({ network: networkId, cameraId: z.string().min(1).max(64) }))
    .min(1)
    .max(100),
});

/** The fixed cameras whose approved sites lie inside. */
const circle = z.strictObject({
  kind: z.literal('circle'),
  centre: point,
  /** Metres. */
  radiusM: z.number().min(10).max(20_000),
});

const polygon = z.strictObject({
  kind: z.literal('polygon'),
  /** In order; the last is joined to the first. */
  corners: z.array(point).min(3).max(50),
});

/** Where to search: the deployment's caps say how many cameras and how large an area at most. */
export const searchPlace = z.discriminatedUnion('kind', [cameras, circle, polygon]);

export type SearchPlace = z.output<typeof searchPlace>;
export type SearchArea = Exclude<SearchPlace, { readonly kind: 'cameras' }>;

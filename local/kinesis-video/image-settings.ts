import { z } from 'zod';

/** Both APIs of images share these. */
export const imageShape = {
  Format: z.enum(['JPEG', 'PNG']),
  FormatConfig: z
    .strictObject({
      JPEGQuality: z
        .string()
        .regex(/^([1-9]\d?|100)$/)
        .optional(),
    })
    .optional(),
  WidthPixels: z.number().int().min(1).max(3840).optional(),
  HeightPixels: z.number().int().min(1).max(2160).optional(),
} as const;

/** `s3://<bucket>` or `s3://<bucket>/<prefix>`. */
const destination = /^s3:\/\/([^/]+)\/?(.*)$/;

export const imageGenerationInput = z.strictObject({
  ...imageShape,
  Status: z.enum(['ENABLED', 'DISABLED']),
  ImageSelectorType: z.enum(['PRODUCER_TIMESTAMP', 'SERVER_TIMESTAMP']),
  DestinationConfig: z.strictObject({
    Uri: z.string().regex(destination).max(255),
    DestinationRegion: z.string().regex(/^[a-z]+(-[a-z]+)?-[a-z]+-\d$/),
  }),
  SamplingInterval: z.number().int().min(200).max(20_000),
});

export type ImageGeneration = z.output<typeof imageGenerationInput>;

export type ImageFormat = Pick<ImageGeneration, 'Format' | 'FormatConfig' | 'WidthPixels' | 'HeightPixels'>;

/** Bucket and key prefix of a destination that `imageGenerationInput` accepted. */
export function bucketAndPrefix(uri: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = '', prefix = ''] = destination.exec(uri) ?? [];
  return { bucket, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}

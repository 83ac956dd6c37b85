import { AwsError } from '../aws/errors';

/** The service's limit for an image in the request itself. */
const imageBytesMax = 5 * 1024 * 1024;

/**
 * The picture of a `DetectText` request. Throws `AwsError`: `ValidationException`, `InvalidParameterException`; for
 * what is not modelled here (pictures in S3, filters) it says so.
 */
export function pictureOf(input: Readonly<Record<string, unknown>>): Buffer {
  for (const name of Object.keys(input)) {
    if (name !== 'Image') throw unmodelled(name);
  }
  const image = input.Image;
  if (typeof image !== 'object' || image === null)
    throw new AwsError('InvalidParameterException', 'Image is missing');
  for (const name of Object.keys(image)) {
    if (name !== 'Bytes') throw unmodelled(`Image.${name}`);
  }
  const text: unknown = 'Bytes' in image ? image.Bytes : undefined;
  if (typeof text !== 'string' || text === '')
    throw new AwsError('InvalidParameterException', 'Image.Bytes is missing');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length > imageBytesMax) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'image.bytes' failed to satisfy constraint: Member must have length less than or equal to ${imageBytesMax}`,
    );
  }
  return bytes;
}

const unmodelled = (name: string) =>
  new AwsError('InvalidParameterException', `the local rekognition does not model ${name}`);

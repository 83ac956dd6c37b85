/** What the key of a raw frame says: whose it is and when it was taken. */
export interface FrameName {
  readonly cameraId: string;
  readonly capturedAtMs: number;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const camera = '(?<cameraId>[A-Za-z0-9][A-Za-z0-9_-]{0,63})';

/** What a camera uploads, and what Kinesis Video samples from a stream that is named like its camera. */
const shapes = [
  new RegExp(`^${camera}/(?<time>\\d{13})-${uuid}\\.jpg$`),
  new RegExp(`^${camera}/\\d{12}_\\k<cameraId>_(?<time>\\d{13})_${uuid}\\.jpg$`),
];

/**
 * Reads `<cameraId>/<capturedAtMs>-<uuid>.jpg` or, of sampled video, `<cameraId>/<account>_<cameraId>_<capturedAtMs>_<uuid>.jpg`;
 * `undefined` for any other key.
 */
export function parseFrameName(key: string): FrameName | undefined {
  for (const shape of shapes) {
    const { cameraId, time } = shape.exec(key)?.groups ?? {};
    if (cameraId !== undefined && time !== undefined) return { cameraId, capturedAtMs: Number(time) };
  }
  return undefined;
}

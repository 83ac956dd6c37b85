/** What the key of a raw frame says: whose it is and when it was taken. */
export interface FrameName {
  readonly cameraId: string;
  readonly capturedAtMs: number;
}

const shape =
  /^([A-Za-z0-9][A-Za-z0-9_-]{0,63})\/(\d{13})-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.jpg$/;

/** Reads `<cameraId>/<capturedAtMs>-<uuid>.jpg`; `undefined` for any other key. */
export function parseFrameName(key: string): FrameName | undefined {
  const [, cameraId, time] = shape.exec(key) ?? [];
  if (cameraId === undefined || time === undefined) return undefined;
  return { cameraId, capturedAtMs: Number(time) };
}

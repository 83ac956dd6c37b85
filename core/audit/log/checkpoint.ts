import type { Hash } from './hash';

export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** The text that is signed: origin, size, root hash, a line each (C2SP tlog-checkpoint). No extension lines. */
export function checkpointText(origin: string, { size, root }: TreeHead): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/**
 * The size that a checkpoint names, unverified: good for not moving the pointer backwards, never for trusting it.
 * `undefined` for what is no checkpoint.
 */
export function sizeNamedBy(checkpoint: string): number | undefined {
  const size = Number(/^[^\n]+\n(0|[1-9]\d{0,15})\n/.exec(checkpoint)?.[1]);
  return Number.isSafeInteger(size) ? size : undefined;
}

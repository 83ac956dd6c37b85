import { writeTags } from './matroska';
import type { KeptFragment } from './stream';

/** A fragment as readers get it: its own tags and the service's behind it, its header before it where that is new. */
export function chunkOf(fragment: KeptFragment, previousHeader: Buffer | undefined): readonly Buffer[] {
  const tags = new Map([
    ...fragment.tags,
    ['AWS_KINESISVIDEO_FRAGMENT_NUMBER', fragment.number],
    ['AWS_KINESISVIDEO_SERVER_TIMESTAMP', secondsOf(fragment.serverMs)],
    ['AWS_KINESISVIDEO_PRODUCER_TIMESTAMP', secondsOf(fragment.producerMs)],
  ]);
  const isNew = previousHeader === undefined || !previousHeader.equals(fragment.header);
  return [...(isNew ? [fragment.header] : []), fragment.cluster, writeTags(tags)];
}

const secondsOf = (ms: number) => (ms / 1000).toFixed(3);

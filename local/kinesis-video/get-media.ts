import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Caller } from '../aws/caller';
import { chunkOf } from './chunk';
import { parseInput, streamReference } from './input';
import type { KinesisVideo } from './kinesis-video';
import type { KeptFragment } from './stream';

const getMediaInput = z.object({
  StartSelector: z.discriminatedUnion(
    'StartSelectorType',
    [
      z.object({ StartSelectorType: z.literal('EARLIEST') }),
      z.object({ StartSelectorType: z.literal('NOW') }),
      z.object({ StartSelectorType: z.literal('FRAGMENT_NUMBER'), AfterFragmentNumber: z.string() }),
    ],
    { error: 'the local kinesis-video starts at EARLIEST, NOW or FRAGMENT_NUMBER' },
  ),
});

/** Sends the kept fragments from the start asked for, and then each new one, until the reader goes. */
export function getMedia(
  service: KinesisVideo,
  { input, caller, res }: { readonly input: unknown; readonly caller: Caller; readonly res: ServerResponse },
): void {
  const name = streamReference(input);
  service.authorize(caller, 'kinesisvideo:GetMedia', service.streamArn(name));
  const stream = service.stream(name);
  const { StartSelector: start } = parseInput(getMediaInput, input);
  service.requireKey(caller, 'kms:Decrypt', stream);
  res.writeHead(200, { 'content-type': 'video/webm' });
  let header: Buffer | undefined;
  const write = (fragment: KeptFragment) => {
    for (const part of chunkOf(fragment, header)) res.write(part);
    header = fragment.header;
  };
  if (start.StartSelectorType !== 'NOW') {
    const after = start.StartSelectorType === 'EARLIEST' ? '' : start.AfterFragmentNumber;
    for (const fragment of stream.fragments) if (fragment.number > after) write(fragment);
  }
  res.flushHeaders();
  res.once('close', service.onFragment(name, write));
}

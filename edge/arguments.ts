import { parseArgs } from 'node:util';
import { z } from 'zod';
import { cameraId, networkId } from '../core/reads/captured-read-wire';
import { parseCameraAddress } from './video/rtsp/address';

export const usage = `The Platekeeper camera agent.

  edge key --key FILE
      Makes the device's key and prints the public key for the registry.
  edge read --folder DIR --camera ID --network ID --latitude N --longitude N --key FILE --stream NAME --spool DIR [--fuse]
      Reads the plates of each photo and puts signed reads on the stream; what the stream does not
      take waits in the spool for at most 7 days. --fuse: the photos are frames in sequence, and a
      vehicle that passes through several is one read.
  edge upload --folder DIR --camera ID --bucket NAME
      Puts each photo into the raw-frames bucket, where the cloud reads it.
  edge stream --video FILE --stream NAME
      Puts a video file (H.264 in MP4, QuickTime, Matroska or raw) on the Kinesis Video stream, as having
      ended now.
  edge stream --video rtsp://HOST[:PORT]/PATH --stream NAME
      Puts a camera's live H.264 video on the Kinesis Video stream until SIGTERM, and connects again to
      camera and stream whenever they were away. What the stream does not take waits in memory, at most
      128 MiB; beyond that the oldest that was not yet sent is dropped. Says one JSON object a line of what
      happens. The camera's user and password come from CAMERA_USERNAME and CAMERA_PASSWORD; in the
      address (rtsp://USER:PASSWORD@HOST) every process on the machine can read them.

Credentials and region come from the environment, as in every AWS SDK. A device that has a certificate
names \`identity credentials\` as credential_process in its AWS configuration file (edge/identity.ts --help).`;

const text = z.string().min(1);

/** No problem quotes the address: a password may be in it. */
const videoSource = text.transform((source, context) => {
  const camera = parseCameraAddress(source);
  if (camera !== undefined) return { kind: 'camera' as const, camera };
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) return { kind: 'file' as const, path: source };
  context.addIssue({ code: 'custom', message: 'neither a file nor an address rtsp://HOST[:PORT]/PATH' });
  return z.NEVER;
});

const degrees = (max: number) => z.coerce.number().min(-max).max(max);

const commands = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('key'), key: text }),
  z.strictObject({
    command: z.literal('read'),
    folder: text,
    camera: cameraId,
    network: networkId,
    latitude: degrees(90),
    longitude: degrees(180),
    key: text,
    stream: text,
    spool: text,
    fuse: z.boolean().optional(),
  }),
  z.strictObject({ command: z.literal('upload'), folder: text, camera: cameraId, bucket: text }),
  z.strictObject({ command: z.literal('stream'), video: videoSource, stream: text }),
]);

export type Command = z.output<typeof commands>;

export type Arguments =
  | { readonly kind: 'run'; readonly command: Command }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly problems: readonly string[] };

const option = { type: 'string' } as const;
const options = {
  help: { type: 'boolean', short: 'h' },
  fuse: { type: 'boolean' },
  folder: option,
  camera: option,
  network: option,
  latitude: option,
  longitude: option,
  key: option,
  stream: option,
  spool: option,
  bucket: option,
  video: option,
} as const;

/** What the command line asks for. A mistake names each option that is wrong or missing. */
export function parseArguments(argv: readonly string[]): Arguments {
  const given = split(argv);
  if (given === undefined) return { kind: 'mistake', problems: ['an option is unknown or has no value'] };
  const { positionals, values } = given;
  const { help, ...rest } = values;
  if (help === true) return { kind: 'help' };
  if (positionals.length !== 1)
    return { kind: 'mistake', problems: ['name one command: key, read, upload or stream'] };
  const parsed = commands.safeParse({ command: positionals[0], ...rest });
  if (parsed.success) return { kind: 'run', command: parsed.data };
  return {
    kind: 'mistake',
    problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'command'}: ${message}`),
  };
}

function split(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch {
    return undefined;
  }
}

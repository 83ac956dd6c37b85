import { parseArgs } from 'node:util';
import { z } from 'zod';
import { cameraId, networkId } from '../core/reads/captured-read-wire';

export const usage = `The Platekeeper camera agent.

  edge key --key FILE
      Makes the device's key and prints the public key for the registry.
  edge read --folder DIR --camera ID --network ID --latitude N --longitude N --key FILE --stream NAME --spool DIR
      Reads the plates of each photo and puts signed reads on the stream; what the stream does not
      take waits in the spool for at most 7 days.
  edge upload --folder DIR --camera ID --bucket NAME
      Puts each photo into the raw-frames bucket, where the cloud reads it.

Credentials and region come from the environment, as in every AWS SDK.`;

const text = z.string().min(1);
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
  }),
  z.strictObject({ command: z.literal('upload'), folder: text, camera: cameraId, bucket: text }),
]);

export type Command = z.output<typeof commands>;

export type Arguments =
  | { readonly kind: 'run'; readonly command: Command }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly problems: readonly string[] };

const option = { type: 'string' } as const;
const options = {
  help: { type: 'boolean', short: 'h' },
  folder: option,
  camera: option,
  network: option,
  latitude: option,
  longitude: option,
  key: option,
  stream: option,
  spool: option,
  bucket: option,
} as const;

/** What the command line asks for. A mistake names each option that is wrong or missing. */
export function parseArguments(argv: readonly string[]): Arguments {
  const given = split(argv);
  if (given === undefined) return { kind: 'mistake', problems: ['an option is unknown or has no value'] };
  const { positionals, values } = given;
  const { help, ...rest } = values;
  if (help === true) return { kind: 'help' };
  if (positionals.length !== 1)
    return { kind: 'mistake', problems: ['name one command: key, read or upload'] };
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

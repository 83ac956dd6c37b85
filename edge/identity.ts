import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { makeSigningRequest } from '../core/cameras/signing-request';
import { cameraId } from '../core/reads/captured-read-wire';
import { deviceCredentials } from './credentials';
import { loadDeviceKey } from './device-key';

export const usage = `The identity of a Platekeeper device.

  identity request --key FILE --camera ID
      Prints the signing request for the enrolment (PKCS #10, PEM), signed with the device's key.
  identity credentials --key FILE --camera ID --certificate FILE --endpoint HOST --role-alias NAME [--authority FILE]
      Prints temporary credentials in the form of the SDKs' credential_process, got by the certificate
      of the enrolment. Put it into the agent's AWS configuration file:
          [default]
          credential_process = node --import tsx edge/identity.ts credentials ...
      The SDK then asks again by itself before they run out.

Exit status: 0 done, 1 no credentials, 2 a mistake in the command line.`;

const text = z.string().min(1);

const commands = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('request'), key: text, camera: cameraId }),
  z.strictObject({
    command: z.literal('credentials'),
    key: text,
    camera: cameraId,
    certificate: text,
    endpoint: text,
    'role-alias': text,
    authority: text.optional(),
  }),
]);

type Command = z.output<typeof commands>;

export interface Outcome {
  readonly exitCode: 0 | 1 | 2;
  readonly out?: string;
  readonly problems?: string;
}

const option = { type: 'string' } as const;
const options = {
  help: { type: 'boolean', short: 'h' },
  key: option,
  camera: option,
  certificate: option,
  endpoint: option,
  'role-alias': option,
  authority: option,
} as const;

/** Does what the command line asks; nothing secret is in `problems`. */
export async function runIdentity(argv: readonly string[]): Promise<Outcome> {
  const given = split(argv);
  if (given?.values.help === true) return { exitCode: 0, out: `${usage}\n` };
  const parsed = commands.safeParse({ command: given?.positionals[0], ...given?.values });
  if (given === undefined || given.positionals.length !== 1 || !parsed.success)
    return { exitCode: 2, problems: `${parsed.error ? z.prettifyError(parsed.error) : ''}\n\n${usage}\n` };
  try {
    return { exitCode: 0, out: await run(parsed.data) };
  } catch (error) {
    return {
      exitCode: 1,
      problems: `${error instanceof Error ? `${error.name}: ${error.message}` : 'failed'}\n`,
    };
  }
}

async function run(command: Command): Promise<string> {
  const privateKey = await loadDeviceKey(command.key);
  if (command.command === 'request') return makeSigningRequest({ cameraId: command.camera, privateKey });
  const { camera, certificate, endpoint, authority } = command;
  const get = deviceCredentials({
    cameraId: camera,
    certificate: await readFile(certificate, 'utf8'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    endpoint,
    roleAlias: command['role-alias'],
    ...(authority === undefined ? {} : { authority: await readFile(authority, 'utf8') }),
  });
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = await get();
  return `${JSON.stringify({
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration.toISOString(),
  })}\n`;
}

function split(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch {
    return undefined;
  }
}

if (require.main === module)
  runIdentity(process.argv.slice(2)).then(({ exitCode, out, problems }) => {
    if (out !== undefined) process.stdout.write(out);
    if (problems !== undefined) process.stderr.write(problems);
    process.exitCode = exitCode;
  });

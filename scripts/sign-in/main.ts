import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { outputOf, readOutputs } from '../operate/stack-outputs';
import { describeDevice, deviceKeyIn } from './device-proof';
import { signIn } from './sign-in';

const help = `Usage: npm run -s sign-in -- --user NAME [options]

Signs in as a user does (the password never leaves this machine) and prints an access token for the API.
Asks for what it needs: password, a new password at the first sign-in, the authenticator's six digits.

Options:
  --user NAME        the account
  --client CLIENT    console (default), mobile, or a client id
  --device-key FILE  a key that stands for a department phone or console: made there at the first use; prints what the
                     registry needs, and a proof for one call
  --outputs FILE     written by: cdk deploy --all --outputs-file FILE (default outputs.json)
  --user-pool ID     instead of --outputs, with a client id; npm start -- --serve prints both
  --api URL          instead of --outputs, with --device-key
  --endpoint URL     the local sign-in endpoint, as npm start -- --serve prints it
  --help             this text
`;

const clientOutputs: Readonly<Record<string, string | undefined>> = {
  console: 'ConsoleClientId',
  mobile: 'MobileClientId',
};

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      user: { type: 'string' },
      outputs: { type: 'string', default: 'outputs.json' },
      'user-pool': { type: 'string' },
      client: { type: 'string', default: 'console' },
      'device-key': { type: 'string' },
      api: { type: 'string' },
      endpoint: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help || values.user === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const userPoolId = values['user-pool'] ?? outputOf(readOutputs(values.outputs), 'UserPoolId');
  const clientOutput = clientOutputs[values.client];
  const clientId =
    clientOutput === undefined ? values.client : outputOf(readOutputs(values.outputs), clientOutput);
  const keyFile = values['device-key'];
  const privateKey = keyFile === undefined ? undefined : await deviceKeyIn(keyFile);
  const api = privateKey && (values.api ?? outputOf(readOutputs(values.outputs), 'ApiUrl'));
  // Questions go to the error output, so that the token alone can be piped on.
  const prompt = createInterface({ input: stdin, output: process.stderr, terminal: stdout.isTTY });
  const ask = (question: string) => prompt.question(`${question}: `);
  try {
    const tokens = await signIn({
      cognito: new CognitoIdentityProviderClient({
        region: userPoolId.split('_')[0] ?? '',
        ...(values.endpoint === undefined ? {} : { endpoint: values.endpoint }),
      }),
      userPoolId,
      clientId,
      username: values.user,
      password: await ask('Password'),
      newPassword: () => ask('New password'),
      keepSecret: async (secret) => {
        process.stderr.write(`Add this secret to your authenticator app: ${secret}\n`);
      },
      code: () => ask('Six digits'),
    });
    if (privateKey !== undefined && api !== undefined) {
      const url = new URL('v1/me', api.replace(/\/?$/, '/')).href;
      const { accessToken } = tokens;
      process.stderr.write(describeDevice(privateKey, { url, accessToken, nowMs: Date.now() }));
    }
    console.log(tokens.accessToken);
    return 0;
  } finally {
    prompt.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);

import type { LocalSystem } from '../../local/system';
import { output } from './clients';
import type { Day } from './day';
import { searchBody } from './investigation';
import { codeOf } from './members';

/** Keeps the system up until it is interrupted, and says how to use it. */
export async function serve(system: LocalSystem, { staff, accounting }: Day): Promise<void> {
  const apiUrl = output(system, 'ApiUrl').replace(/\/$/, '');
  const body = searchBody(system, accounting.arrived[0]?.plate ?? 'TEST101');
  console.log(`
Platekeeper is up. It forgets everything when you stop it (Ctrl-C).

  API           ${apiUrl}
  User pool     ${output(system, 'UserPoolId')}, client ${output(system, 'ConsoleClientId')}
  Sign-in       ${system.endpointsFor(system.operator).AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER}

  user                    role            password                TOTP secret`);
  for (const { username, role, password, totpSecret } of Object.values(staff))
    console.log(`  ${username.padEnd(22)}  ${role.padEnd(14)}  ${password.padEnd(22)}  ${totpSecret}`);
  console.log(`
A search, good for a quarter of an hour (the officer's code right now: ${codeOf(staff.officer.totpSecret)}):

  curl -s ${apiUrl}/v1/searches \\
    -H 'content-type: application/json' \\
    -H 'authorization: Bearer ${await staff.officer.accessToken()}' \\
    -d '${JSON.stringify(body)}'

Another token, for any of these users: npm run -s sign-in -- --help
`);
  await new Promise<void>((stopped) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal);
    process.once('SIGINT', stopped);
    process.once('SIGTERM', stopped);
  });
}

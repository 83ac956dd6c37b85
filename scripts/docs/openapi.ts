import { openApiDocument } from '../../core/contract/openapi';
import { version } from '../../package.json';

/** Where a deployment answers differs; its own address is an output of the stack PlatekeeperApi. */
const serverUrl = 'https://alpr.example.org/live';

/** `docs/openapi.json`: the API of the contract, for whoever writes a client. */
export function openApiPage(): string {
  return `${JSON.stringify(openApiDocument({ version, serverUrl }), null, 2)}\n`;
}

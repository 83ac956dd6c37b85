import { apiVersion, exampleServerUrl, openApiDocument } from '../../core/contract/openapi';

/** `docs/openapi.json`: the API of the contract, for whoever writes a client. */
export function openApiPage(): string {
  return `${JSON.stringify(openApiDocument({ version: apiVersion, serverUrl: exampleServerUrl }), null, 2)}\n`;
}

import { readFileSync, writeFileSync } from 'node:fs';

/** Where calls of a local run come from, as the local gateway sees them. */
const thisMachine = {
  addresses: '127.0.0.0/8',
  name: 'This machine',
  latitude: 40.4842,
  longitude: -88.9937,
};

/**
 * Writes a copy of a deployment file to `target` that counts this machine among the department's own networks, as its
 * station would be: else the console could be opened on registered devices alone (Access-G). What cannot be read is
 * copied as it is, so that the app itself says what is wrong with it.
 */
export function writeLocalConfiguration(source: string, target: string): void {
  const text = readFileSync(source, 'utf8');
  writeFileSync(target, withThisMachine(text));
}

function withThisMachine(text: string): string {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return text;
  }
  if (!isRecord(file)) return text;
  const clients = isRecord(file.clients) ? file.clients : {};
  const networks = Array.isArray(clients.consoleNetworks) ? clients.consoleNetworks : [];
  return JSON.stringify({ ...file, clients: { ...clients, consoleNetworks: [...networks, thisMachine] } });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

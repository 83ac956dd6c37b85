import http from 'node:http';
import type { Duplex } from 'node:stream';
import type { RawData } from 'ws';
import { ConnectionRefused } from './authorizer';

/** `$request.body.<path>` of a JSON message; a message that has none goes to `$default`. */
export function selectedRoute(expression: string, body: string): string | undefined {
  try {
    let value: unknown = JSON.parse(body);
    for (const name of expression.replace('$request.body.', '').split('.'))
      value =
        typeof value === 'object' && value !== null
          ? Object.entries(value).find(([key]) => key === name)?.[1]
          : undefined;
    return typeof value === 'string' && !value.startsWith('$') ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Answers an upgrade that does not come about. */
export function refuse(socket: Duplex, error: unknown): void {
  const { statusCode, message } =
    error instanceof ConnectionRefused ? error : new ConnectionRefused(500, 'Internal server error');
  const body = JSON.stringify({ message });
  socket.end(
    `HTTP/1.1 ${statusCode} ${http.STATUS_CODES[statusCode] ?? ''}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

export function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}

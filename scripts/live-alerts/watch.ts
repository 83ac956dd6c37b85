import { once } from 'node:events';
import WebSocket from 'ws';
import type { Alert } from '../../core/contract/alerts';
import type { Client } from '../../core/contract/client';
import {
  keepAliveEveryMs,
  keepAliveMessage,
  liveMessage,
  ticketParameter,
} from '../../core/contract/live-alerts';

export interface AlertWatch {
  /** All that came, each alert once, in order of arrival. */
  readonly alerts: readonly Alert[];
  /** Resolves with the next alert that comes; rejects when none came in time or the connection ended. */
  next(withinMs: number): Promise<Alert>;
  /** Resolves with the code with which the connection ended. */
  readonly ended: Promise<number>;
  close(): void;
}

/**
 * Opens a live connection for a signed-in user: a ticket from the API, then the socket. `url`: the `LiveUrl` output.
 * Throws when the ticket is refused, with the clause, or when the connection is not opened.
 */
export async function watchAlerts({ api, url }: { api: Client; url: string }): Promise<AlertWatch> {
  const issued = await api('issue-ticket', {});
  if (issued.kind !== 'answered')
    throw new Error(`the ticket was refused: ${issued.problem.clause ?? issued.problem.detail}`);
  const socket = new WebSocket(`${url}?${ticketParameter}=${issued.body.ticket}`);
  await once(socket, 'open');
  const alerts = new Map<string, Alert>();
  const waiting: ((alert: Alert) => void)[] = [];
  socket.on('message', (data) => {
    const { alert } = liveMessage.parse(JSON.parse(String(data)));
    if (alerts.has(alert.alertId)) return;
    alerts.set(alert.alertId, alert);
    for (const resolve of waiting.splice(0)) resolve(alert);
  });
  const keepAlive = setInterval(() => socket.send(keepAliveMessage), keepAliveEveryMs);
  keepAlive.unref();
  const ended = new Promise<number>((resolve) =>
    socket.once('close', (code) => {
      clearInterval(keepAlive);
      resolve(code);
    }),
  );
  return {
    get alerts() {
      return [...alerts.values()];
    },
    next: (withinMs) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no alert within ${withinMs} ms`)), withinMs);
        waiting.push((alert) => {
          clearTimeout(late);
          resolve(alert);
        });
        void ended.then(() => reject(new Error('the live connection ended')));
      }),
    ended,
    close: () => socket.close(),
  };
}

import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { Sockets } from '../../core/alerts/ports';
import { fromStore } from '../stores/store-error';

/** The gateway's open sockets, by its management API. */
export class GatewaySockets implements Sockets {
  constructor(readonly gateway: ApiGatewayManagementApiClient) {}

  async send(connectionId: string, text: string): Promise<'sent' | 'gone'> {
    const Data = Buffer.from(text, 'utf8');
    return this.#unlessGone(() =>
      this.gateway.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data })),
    );
  }

  async close(connectionId: string): Promise<void> {
    await this.#unlessGone(() =>
      this.gateway.send(new DeleteConnectionCommand({ ConnectionId: connectionId })),
    );
  }

  async #unlessGone(call: () => Promise<unknown>): Promise<'sent' | 'gone'> {
    try {
      await call();
      return 'sent';
    } catch (error) {
      if (error instanceof GoneException) return 'gone';
      return fromStore('sockets', () => Promise.reject(error));
    }
  }
}

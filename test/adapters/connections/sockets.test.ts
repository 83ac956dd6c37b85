import { GatewaySockets } from '../../../adapters/connections/sockets';
import {
  closed,
  message,
  type RunningSockets,
  startSockets,
} from '../../local/api-gateway-websocket/socket-fixture';

let running: RunningSockets;
let sockets: GatewaySockets;

beforeEach(async () => {
  running = await startSockets();
  sockets = new GatewaySockets(running.client);
});
afterEach(() => running.close());

it('sends text to an open socket', async () => {
  const { socket, connectionId } = await running.connect();
  const heard = message(socket);
  expect(await sockets.send(connectionId, '{"kind":"alert"}')).toBe('sent');
  expect(await heard).toBe('{"kind":"alert"}');
});

it('closes a socket; then it is gone, and closing it again is no fault', async () => {
  const { socket, connectionId } = await running.connect();
  const ended = closed(socket);
  await sockets.close(connectionId);
  expect(await ended).toBe(1000);
  await running.gateway.idle();
  expect(await sockets.send(connectionId, 'late')).toBe('gone');
  await sockets.close(connectionId);
});

it('fails for whatever else the gateway says', async () => {
  const { connectionId } = await running.connect();
  running.authorizer.refuse('*');
  await expect(sockets.send(connectionId, 'x')).rejects.toMatchObject({
    code: 'unavailable',
    store: 'sockets',
  });
});

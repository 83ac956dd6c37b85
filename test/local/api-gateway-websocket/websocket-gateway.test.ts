import {
  DeleteConnectionCommand,
  ForbiddenException,
  GetConnectionCommand,
  GoneException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import {
  closed,
  message,
  ok,
  policy,
  type RunningSockets,
  refusedStatus,
  startSockets,
} from './socket-fixture';

let sockets: RunningSockets;
afterEach(() => sockets.close());

const events = () => sockets.invocations.map(({ asked }) => asked.type ?? asked.requestContext.eventType);

describe('opening a connection', () => {
  it('asks the authorizer, then tells $connect who it is', async () => {
    sockets = await startSockets();
    const { connectionId } = await sockets.connect();
    expect(sockets.invocations).toMatchObject([
      {
        principal: 'apigateway.amazonaws.com',
        sourceArn: expect.stringMatching(
          /^arn:aws:execute-api:us-east-2:000000000000:\w{10}\/authorizers\/\w{7}$/,
        ),
        asked: {
          type: 'REQUEST',
          methodArn: `arn:aws:execute-api:us-east-2:000000000000:${sockets.apiId}/live/$connect`,
          queryStringParameters: { ticket: 'made-up' },
          requestContext: { eventType: 'CONNECT', connectionId, identity: { sourceIp: '127.0.0.1' } },
        },
      },
      {
        sourceArn: `arn:aws:execute-api:us-east-2:000000000000:${sockets.apiId}/live/$connect`,
        asked: {
          requestContext: {
            routeKey: '$connect',
            eventType: 'CONNECT',
            connectionId,
            connectedAt: sockets.clock.now(),
            authorizer: { principalId: 'made-up.officer', shift: 'day' },
          },
        },
      },
    ]);
    expect(sockets.lines).toEqual([
      { route: '$connect', event: 'CONNECT', status: '200', who: 'made-up.officer' },
    ]);
  });

  it('hands over parameters that are called as what every object has', async () => {
    sockets = await startSockets();
    await sockets.connect('/live?ticket=made-up&constructor=a&__proto__=b&constructor=c');
    expect(JSON.stringify(sockets.invocations[0]?.asked)).toContain(
      '"multiValueQueryStringParameters":{"ticket":["made-up"],"constructor":["a","c"],"__proto__":["b"]}',
    );
  });

  it('refuses without the identity source, and asks nobody', async () => {
    sockets = await startSockets();
    expect(await refusedStatus(sockets.open('/live'))).toBe(401);
    expect(sockets.invocations).toEqual([]);
    expect(sockets.lines).toMatchObject([{ status: '401' }]);
  });

  it.each([
    ['denies', policy('Deny'), 403],
    ['allows something else', policy('Allow', 'arn:aws:execute-api:*:*:other/*'), 403],
    ['answers nonsense', ok('yes'), 500],
    ['fails', { kind: 'function-error', errorType: 'Error', errorMessage: '' } as const, 500],
  ])('refuses when the authorizer %s', async (_, answer, status) => {
    sockets = await startSockets(() => answer);
    expect(await refusedStatus(sockets.open())).toBe(status);
    expect(events()).toEqual(['REQUEST']);
  });

  it('refuses when $connect does not answer 2xx', async () => {
    sockets = await startSockets(({ type }) =>
      type === 'REQUEST' ? policy('Allow') : ok({ statusCode: 503 }),
    );
    expect(await refusedStatus(sockets.open())).toBe(503);
    expect(sockets.gateway.connections).toEqual([]);
  });

  it('refuses an unknown stage', async () => {
    sockets = await startSockets();
    expect(await refusedStatus(sockets.open('/other?ticket=made-up'))).toBe(403);
  });

  it('says that a connection is gone as long as it is opening', async () => {
    const asked: unknown[] = [];
    sockets = await startSockets(async ({ type, requestContext: { connectionId, eventType } }) => {
      if (type === 'REQUEST') return policy('Allow');
      if (eventType === 'CONNECT')
        asked.push(
          await sockets.client
            .send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'early' }))
            .catch((error: unknown) => error),
        );
      return ok({ statusCode: 200 });
    });
    await sockets.connect();
    expect(asked).toEqual([expect.any(GoneException)]);
  });
});

describe('messages', () => {
  it('go to the route that they name, else to $default', async () => {
    sockets = await startSockets();
    const { socket } = await sockets.connect();
    socket.send('{"action":"ask","what":1}');
    socket.send('{"kind":"keep-alive"}');
    socket.send('no JSON');
    await until(() => sockets.lines.length === 4);
    expect(sockets.invocations.slice(2).map(({ asked }) => asked.body)).toEqual([
      '{"action":"ask","what":1}',
    ]);
    expect(sockets.lines.slice(1)).toEqual(
      expect.arrayContaining([
        { route: 'ask', event: 'MESSAGE', status: '200', who: 'made-up.officer' },
        { route: '$default', event: 'MESSAGE', status: '200', who: 'made-up.officer' },
        { route: '$default', event: 'MESSAGE', status: '200', who: 'made-up.officer' },
      ]),
    );
  });

  it('are answered with an error when the function fails', async () => {
    sockets = await startSockets(({ type, requestContext }) => {
      if (type === 'REQUEST') return policy('Allow');
      if (requestContext.eventType !== 'MESSAGE') return ok({ statusCode: 200 });
      return { kind: 'function-error', errorType: 'Error', errorMessage: '' };
    });
    const { socket } = await sockets.connect();
    const heard = message(socket);
    socket.send('{"action":"ask"}');
    expect(JSON.parse(await heard)).toMatchObject({ message: 'Internal server error' });
  });

  it('in binary end the connection', async () => {
    sockets = await startSockets();
    const { socket } = await sockets.connect();
    socket.send(Buffer.of(1));
    expect(await closed(socket)).toBe(1003);
  });
});

describe('the management API, by the official client', () => {
  it('sends to a connection, checked on the connection’s own resource', async () => {
    sockets = await startSockets();
    const { socket, connectionId } = await sockets.connect();
    const heard = message(socket);
    await sockets.client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'hello' }));
    expect(await heard).toBe('hello');
    expect(sockets.authorizer.calls).toMatchObject([
      {
        action: 'execute-api:ManageConnections',
        resource: `arn:aws:execute-api:us-east-2:000000000000:${sockets.apiId}/live/POST/@connections/${connectionId}`,
      },
    ]);
  });

  it('tells since when a connection is open and when it was last active', async () => {
    sockets = await startSockets();
    const { connectionId } = await sockets.connect();
    const told = await sockets.client.send(new GetConnectionCommand({ ConnectionId: connectionId }));
    expect(told.ConnectedAt?.getTime()).toBe(sockets.clock.now());
    expect(told.Identity).toMatchObject({ SourceIp: '127.0.0.1' });
  });

  it('closes a connection: $disconnect hears of it, and then it is gone', async () => {
    sockets = await startSockets();
    const { socket, connectionId } = await sockets.connect();
    const ended = closed(socket);
    await sockets.client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    expect(await ended).toBe(1000);
    await until(() => events().includes('DISCONNECT'));
    expect(sockets.invocations.at(-1)?.asked.requestContext).toMatchObject({
      routeKey: '$disconnect',
      connectionId,
      disconnectStatusCode: 1000,
      authorizer: { principalId: 'made-up.officer' },
    });
    for (const ConnectionId of [connectionId, 'neverOpened='])
      await expect(
        sockets.client.send(new PostToConnectionCommand({ ConnectionId, Data: 'late' })),
      ).rejects.toThrow(GoneException);
  });

  it('refuses whoever the policy does not allow', async () => {
    sockets = await startSockets();
    const { connectionId } = await sockets.connect();
    sockets.authorizer.refuse('execute-api:ManageConnections');
    await expect(
      sockets.client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'x' })),
    ).rejects.toThrow(ForbiddenException);
  });

  it('refuses a message of more than 128 KiB', async () => {
    sockets = await startSockets();
    const { connectionId } = await sockets.connect();
    const Data = Buffer.alloc(128 * 1024 + 1, 'x');
    await expect(
      sockets.client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data })),
    ).rejects.toThrow(PayloadTooLargeException);
  });
});

describe('limits, on the virtual clock', () => {
  it('ends a connection that is silent for 10 minutes, and not one that says something', async () => {
    sockets = await startSockets();
    const silent = await sockets.connect();
    const talking = await sockets.connect();
    sockets.clock.advance(6 * 60_000);
    talking.socket.send('{"kind":"keep-alive"}');
    await until(() => sockets.lines.length === 3);
    const ended = closed(silent.socket);
    sockets.clock.advance(4 * 60_000);
    sockets.gateway.sweep(sockets.clock.now());
    expect(await ended).toBe(1001);
    expect(talking.socket.readyState).toBe(talking.socket.OPEN);
  });

  it('ends every connection after 2 hours', async () => {
    sockets = await startSockets();
    const { socket } = await sockets.connect();
    const ended = closed(socket);
    for (let minutes = 0; minutes < 120; minutes += 5) {
      expect(socket.readyState).toBe(socket.OPEN);
      socket.send('{"kind":"keep-alive"}');
      await until(() => sockets.lines.length === 2 + minutes / 5);
      sockets.clock.advance(5 * 60_000);
      sockets.gateway.sweep(sockets.clock.now());
    }
    expect(await ended).toBe(1001);
  });
});

describe('the template', () => {
  it.each([
    ['Api', { Name: 'x', ProtocolType: 'HTTP' }, /ProtocolType/],
    ['Stage', { StageName: 'x', DeploymentId: 'none' }, /no such deployment/],
    ['Route', { RouteKey: 'x', RouteResponseSelectionExpression: '$default' }, /RouteResponseSelection/],
  ])('stops the start where it asks %s for what is not modelled', async (type, properties, fault) => {
    sockets = await startSockets();
    await expect(sockets.make(type, 'Odd', properties)).rejects.toThrow(fault);
  });

  it('serves the picture that a deployment took', async () => {
    sockets = await startSockets();
    const deployment = await sockets.make('Deployment', 'Deployment', {});
    await sockets.make('Route', 'Late', { RouteKey: 'late' });
    await sockets.make('Stage', 'Old', { StageName: 'old', DeploymentId: deployment.physicalId });
    const { socket } = await sockets.connect('/old?ticket=made-up');
    expect(sockets.gateway.connections[0]?.snapshot.routes.has('late')).toBe(false);
    expect(socket.readyState).toBe(socket.OPEN);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !isSo(); turn++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isSo()).toBe(true);
}

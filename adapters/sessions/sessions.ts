import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Sessions, Touched } from '../../core/sessions/ports';
import type { Session, SessionUse } from '../../core/sessions/session';
import { fromStore } from '../stores/store-error';
import { type Row, sessionKey, sessionOf, sessionPrefix } from './session-row';

/** A refresh token lives a shift, so a sign-in of which this long nothing was seen can make no more tokens. */
const rememberedS = 2 * 24 * 3600;

/** The table Sessions, but for its rows `LAST`. */
export class StoredSessions implements Sessions {
  constructor(
    readonly options: {
      readonly dynamo: DynamoDBClient;
      readonly table: string;
      /** Told of each row of others that cannot be understood and is left out. */
      readonly onMalformed: (error: unknown) => void;
    },
  ) {}

  /** Throws `StoreError` `malformed` when what stood cannot be understood. */
  async touch(use: SessionUse, idleMs: number): Promise<Touched> {
    const { dynamo, table } = this.options;
    try {
      const { Attributes } = await dynamo.send(new UpdateItemCommand(touchOf(table, use, idleMs)));
      // Of a new row some stores answer with its keys, where DynamoDB answers with nothing.
      const isNew = Attributes?.lastSeenMs === undefined;
      return { kind: 'live', before: isNew ? undefined : sessionOf(Attributes) };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return { kind: 'ended' };
      return fromStore('sessions', () => Promise.reject(error));
    }
  }

  /** One page of at most 1 MB, which holds thousands of sign-ins of two days; more are not compared. */
  async others({ username, sessionId }: Pick<SessionUse, 'username' | 'sessionId'>, sinceMs: number) {
    const { dynamo, table } = this.options;
    const { Items } = await fromStore('sessions', () =>
      dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'username = :username AND begins_with(#session, :prefix)',
          FilterExpression: 'lastSeenMs >= :since AND attribute_not_exists(endedAtMs)',
          ExpressionAttributeNames: { '#session': 'session' },
          ExpressionAttributeValues: {
            ':username': { S: username },
            ':prefix': { S: sessionPrefix },
            ':since': { N: String(sinceMs) },
          },
          ConsistentRead: true,
        }),
      ),
    );
    const own = sessionKey(username, sessionId).session?.S;
    return (Items ?? []).filter(({ session }) => session?.S !== own).flatMap((row) => this.#understood(row));
  }

  async find(username: string, sessionId: string): Promise<Session | undefined> {
    const { dynamo, table } = this.options;
    const { Item } = await fromStore('sessions', () =>
      dynamo.send(
        new GetItemCommand({ TableName: table, Key: sessionKey(username, sessionId), ConsistentRead: true }),
      ),
    );
    return Item === undefined ? undefined : sessionOf(Item);
  }

  #understood(row: Row): Session[] {
    try {
      return [sessionOf(row)];
    } catch (error) {
      this.options.onMalformed(error);
      return [];
    }
  }
}

function touchOf(table: string, use: SessionUse, idleMs: number) {
  const liveSinceMs = use.atMs - idleMs;
  const isFreshSignIn = use.signedInAtMs > liveSinceMs;
  const optional = Object.entries({ deviceId: use.deviceId, place: use.place });
  const set = optional.flatMap(([name, value]) => (value === undefined ? [] : [`${name} = :${name}`]));
  const removed = optional.flatMap(([name, value]) => (value === undefined ? [name] : []));
  return {
    TableName: table,
    Key: sessionKey(use.username, use.sessionId),
    UpdateExpression: [
      'SET startedAtMs = if_not_exists(startedAtMs, :started), lastSeenMs = :now, address = :address, ' +
        '#client = :client, device = :device, expiresAt = :expires',
      ...set.map((each) => `, ${each}`),
      ...(removed.length === 0 ? [] : [` REMOVE ${removed.join(', ')}`]),
    ].join(''),
    ConditionExpression: `attribute_not_exists(endedAtMs) AND (lastSeenMs > :liveSince${
      isFreshSignIn ? ' OR attribute_not_exists(lastSeenMs)' : ''
    })`,
    ExpressionAttributeNames: { '#client': 'client' },
    ExpressionAttributeValues: {
      ':started': { N: String(use.signedInAtMs) },
      ':now': { N: String(use.atMs) },
      ':liveSince': { N: String(liveSinceMs) },
      ':address': { S: use.address },
      ':client': { S: use.client },
      ':device': { S: use.device },
      ':expires': { N: String(Math.ceil(use.atMs / 1000) + rememberedS) },
      ...Object.fromEntries(
        optional.flatMap(([name, value]) => (value === undefined ? [] : [[`:${name}`, { S: value }]])),
      ),
    },
    ReturnValues: 'ALL_OLD' as const,
  };
}

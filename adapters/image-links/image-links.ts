import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { imageKinds } from '../../core/reads/read';
import { parseCaptureDay } from '../../core/retention/day';
import { mapBounded } from '../../core/search/bounded';
import type { ImageLinks, ImageLinkTarget, TakenLink } from '../../core/search/ports';
import { fromStore, StoreError } from '../stores/store-error';

export interface ImageLinksOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
}

const tokenBytes = 32;
const lifetimeMs = 15 * 60_000;
const putsAtOnce = 16;

/** The table ImageLinks: rows under the hash of their token, so that reading the table opens no image. */
export class StoredImageLinks implements ImageLinks {
  constructor(readonly options: ImageLinksOptions) {}

  /** Throws `StoreError` unless every link is stored. */
  async issue(targets: readonly ImageLinkTarget[]): Promise<readonly string[]> {
    const expiresAtMs = this.options.now() + lifetimeMs;
    return mapBounded(targets, putsAtOnce, async (target) => {
      const token = Buffer.from(this.options.randomBytes(tokenBytes)).toString('base64url');
      await fromStore('image links', () =>
        this.options.dynamo.send(
          new PutItemCommand({ TableName: this.options.table, Item: rowOf(token, target, expiresAtMs) }),
        ),
      );
      return token;
    });
  }

  /** A conditional delete uses the link up: of two takers at once, one has it. */
  async take(token: string, username: string): Promise<TakenLink> {
    try {
      const { Attributes } = await this.options.dynamo.send(
        new DeleteItemCommand({
          TableName: this.options.table,
          Key: { linkId: { S: linkIdOf(token) } },
          ConditionExpression: 'username = :user AND expiresAt > :now',
          ExpressionAttributeValues: {
            ':user': { S: username },
            ':now': { N: String(Math.floor(this.options.now() / 1000)) },
          },
          ReturnValues: 'ALL_OLD',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { kind: 'taken', target: targetOf(Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException))
        return fromStore('image links', () => Promise.reject(error));
      const owner = error.Item?.username?.S;
      return { kind: owner !== undefined && owner !== username ? 'not-yours' : 'gone' };
    }
  }
}

function linkIdOf(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('base64url');
}

function rowOf(token: string, target: ImageLinkTarget, expiresAtMs: number): Record<string, AttributeValue> {
  return {
    linkId: { S: linkIdOf(token) },
    username: { S: target.username },
    searchId: { S: target.searchId },
    readId: { S: target.readId },
    image: { S: target.image },
    day: { S: target.day },
    network: { S: target.network },
    expiresAt: { N: String(Math.floor(expiresAtMs / 1000)) },
  };
}

function targetOf(row: Record<string, AttributeValue> | undefined): ImageLinkTarget {
  const day = parseCaptureDay(row?.day?.S ?? '');
  const image = imageKinds.find((kind) => kind === row?.image?.S);
  const { username, searchId, readId, network } = row ?? {};
  if (!day || !image || !username?.S || !searchId?.S || !readId?.S || !network?.S)
    throw new StoreError('malformed', 'image links');
  return { username: username.S, searchId: searchId.S, readId: readId.S, image, day, network: network.S };
}

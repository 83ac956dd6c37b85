import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { imageKinds } from '../../core/reads/read';
import { parseCaptureDay } from '../../core/retention/day';
import type { ImageLinks, ImageLinkTarget, TakenLink } from '../../core/search/ports';
import { backOff } from '../stores/retry';
import { fromStore, StoreError } from '../stores/store-error';

export interface ImageLinksOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
}

const tokenBytes = 32;
const lifetimeMs = 15 * 60_000;
const rowsPerCall = 25;
const attemptsMax = 5;

/** The table ImageLinks: rows under the hash of their token, so that reading the table opens no image. */
export class StoredImageLinks implements ImageLinks {
  constructor(readonly options: ImageLinksOptions) {}

  /** Throws `StoreError` unless every link is stored. */
  async issue(targets: readonly ImageLinkTarget[]): Promise<readonly string[]> {
    const links = targets.map((target) => {
      const token = Buffer.from(this.options.randomBytes(tokenBytes)).toString('base64url');
      return { token, item: rowOf(token, target, this.options.now() + lifetimeMs) };
    });
    const calls: Promise<void>[] = [];
    for (let at = 0; at < links.length; at += rowsPerCall)
      calls.push(this.#put(links.slice(at, at + rowsPerCall).map((link) => link.item)));
    await Promise.all(calls);
    return links.map((link) => link.token);
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

  async #put(items: readonly Record<string, AttributeValue>[]): Promise<void> {
    let left: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const request = new BatchWriteItemCommand({ RequestItems: { [this.options.table]: left } });
      const { UnprocessedItems } = await fromStore('image links', () => this.options.dynamo.send(request));
      left = UnprocessedItems?.[this.options.table] ?? [];
      if (left.length === 0) return;
      await backOff(attempt);
    }
    throw new StoreError('unprocessed', 'image links');
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

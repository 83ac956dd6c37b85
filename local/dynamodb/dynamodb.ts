import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorize, Caller, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { type Listening, listen, readBody, stampDate } from '../aws/http';
import { answerError, operationName, parseInput } from '../aws/json-protocol';
import { authenticate } from '../aws/sigv4';
import type { Clock } from '../clock';
import { accessesOf, type TableAccess, touchesItems, writes } from './access';
import { Engine, type EngineReply } from './engine';

export interface DynamoDbOptions {
  readonly clock: Clock;
  readonly authorize: Authorize;
  readonly credentials: CredentialSource;
  readonly region: string;
  readonly accountId: string;
  /** `aws` unless given. */
  readonly partition?: string;
  /** A running store to use; Dynoxide is started otherwise. */
  readonly endpoint?: string;
}

/** A table as the template declares it, with the facts that matter for how long anything is kept. */
export interface Table {
  readonly name: string;
  readonly keys: readonly string[];
  /** The attribute that holds an item's last second, epoch seconds. */
  readonly ttlAttribute: string | undefined;
  /** ARN of the customer's key; `undefined` for DynamoDB's own. */
  readonly kmsKeyArn: string | undefined;
  readonly hasPointInTimeRecovery: boolean;
  readonly hasStream: boolean;
}

/** An item as it goes over the wire: `{ day: { S: … }, sealed: { B: <base64> } }`. */
export type WireItem = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** DynamoDB's largest request is 16 MB. */
const bodyLimitBytes = 16 * 1024 * 1024;

/** DynamoDB: signatures, IAM and the tables' customer keys are checked here; items are kept by the engine behind. */
export class DynamoDb {
  readonly #options: DynamoDbOptions;
  readonly #tables = new Map<string, Table>();
  /** When a table's next item expires, epoch seconds; absent after a write, which may have brought any time. */
  readonly #nextExpiry = new Map<string, number>();
  #engine: Promise<Engine> | undefined;

  constructor(options: DynamoDbOptions) {
    this.#options = options;
  }

  async listen(): Promise<Listening> {
    await this.#started();
    const listening = await listen((req, res) => {
      this.#answer(req).then(
        (reply) => send(res, this.#options.clock, reply),
        (error: unknown) => answerError(res, { version: '1.0', clock: this.#options.clock }, error),
      );
    });
    return {
      url: listening.url,
      close: async () => {
        await listening.close();
        await (await this.#started()).stop();
      },
    };
  }

  /** Makes a table. `declaration` is the input of DynamoDB's CreateTable. */
  async createTable(table: Table, declaration: Readonly<Record<string, unknown>>): Promise<void> {
    await (await this.#started()).call('CreateTable', { ...declaration, TableName: table.name });
    this.#tables.set(table.name, table);
  }

  tables(): readonly Table[] {
    return [...this.#tables.values()];
  }

  tableArn(name: string): string {
    const { partition = 'aws', region, accountId } = this.#options;
    return `arn:${partition}:dynamodb:${region}:${accountId}:table/${name}`;
  }

  /** Every item of a table as it is stored, expired or not. */
  async dump(tableName: string): Promise<WireItem[]> {
    return this.#scan({ TableName: tableName });
  }

  /** Deletes the items whose TTL lies before `nowMs`, as DynamoDB does some time after. Returns how many. */
  async expire(nowMs: number): Promise<number> {
    const now = Math.floor(nowMs / 1000);
    let deleted = 0;
    for (const table of this.#tables.values()) {
      const { ttlAttribute } = table;
      if (ttlAttribute === undefined || (this.#nextExpiry.get(table.name) ?? 0) >= now) continue;
      this.#nextExpiry.set(table.name, Number.POSITIVE_INFINITY);
      const names = Object.fromEntries([...table.keys, ttlAttribute].map((name, i) => [`#a${i}`, name]));
      const items = await this.#scan({
        TableName: table.name,
        ProjectionExpression: Object.keys(names).join(', '),
        ExpressionAttributeNames: names,
      });
      for (const item of items) {
        const endsAt = Number(item[ttlAttribute]?.N);
        if (endsAt < now)
          deleted += await this.#deleteExpired(table.name, ttlAttribute, keyOf(table, item), now);
        else if (endsAt >= now) this.#expectExpiry(table.name, endsAt);
      }
    }
    return deleted;
  }

  async #answer(req: IncomingMessage): Promise<EngineReply> {
    const body = await readBody(req, bodyLimitBytes);
    const caller = authenticate(
      { method: req.method ?? 'GET', url: req.url ?? '/', headers: req.headers, body },
      this.#options.credentials,
      this.#options.clock,
    );
    const operation = operationName(req);
    const accesses = this.#authorize(operation, parseInput(body), caller);
    const reply = await (await this.#started()).forward(operation, body);
    for (const { action, table } of accesses) if (writes(action)) this.#nextExpiry.delete(table);
    return reply;
  }

  #authorize(operation: string, input: Record<string, unknown>, caller: Caller): readonly TableAccess[] {
    const accesses = accessesOf(operation, input);
    const { authorize, region } = this.#options;
    if (operation === 'ListTables') authorize({ caller, action: 'dynamodb:ListTables', resource: '*' });
    for (const { action, table, index } of accesses) {
      const arn = this.tableArn(table);
      authorize({ caller, action, resource: index === undefined ? arn : `${arn}/index/${index}` });
    }
    if (!touchesItems(operation)) return accesses;
    for (const name of new Set(accesses.map(({ table }) => table))) {
      const key = this.#tables.get(name)?.kmsKeyArn;
      if (key === undefined) continue;
      const context = {
        'kms:ViaService': `dynamodb.${region}.amazonaws.com`,
        'kms:EncryptionContext:aws:dynamodb:tableName': name,
        'kms:EncryptionContext:aws:dynamodb:subscriberId': this.#options.accountId,
      };
      authorize({ caller, action: 'kms:Decrypt', resource: key, context });
    }
    return accesses;
  }

  async #scan(request: Record<string, unknown>): Promise<WireItem[]> {
    const engine = await this.#started();
    const items: WireItem[] = [];
    let from: unknown;
    do {
      const page = await engine.call('Scan', {
        ...request,
        ConsistentRead: true,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      });
      if (Array.isArray(page.Items)) items.push(...page.Items);
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return items;
  }

  /** 0 when the item was renewed or deleted meanwhile. */
  async #deleteExpired(TableName: string, ttl: string, Key: WireItem, now: number): Promise<number> {
    try {
      await (await this.#started()).call('DeleteItem', {
        TableName,
        Key,
        ConditionExpression: '#ttl < :now',
        ExpressionAttributeNames: { '#ttl': ttl },
        ExpressionAttributeValues: { ':now': { N: String(now) } },
      });
      return 1;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ConditionalCheckFailedException') return 0;
      throw error;
    }
  }

  #expectExpiry(table: string, endsAt: number): void {
    this.#nextExpiry.set(table, Math.min(this.#nextExpiry.get(table) ?? 0, endsAt));
  }

  #started(): Promise<Engine> {
    this.#engine ??= Engine.start(this.#options.endpoint);
    return this.#engine;
  }
}

function send(res: ServerResponse, clock: Clock, reply: EngineReply): void {
  stampDate(res, clock);
  res.writeHead(reply.statusCode, { 'content-type': reply.contentType, 'content-length': reply.body.length });
  res.end(reply.body);
}

function keyOf({ keys }: Table, item: WireItem): WireItem {
  return Object.fromEntries(Object.entries(item).filter(([name]) => keys.includes(name)));
}

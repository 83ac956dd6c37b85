import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Device } from '../../core/devices/device';
import type { DeviceRegistry, Devices } from '../../core/devices/ports';
import { fromStore, StoreError } from '../stores/store-error';
import { activeRow, deviceKey, deviceOf, type Row } from './device-row';

/** A department has hundreds of devices. Beyond so many nothing is listed, rather than a part of it. */
const devicesMax = 10_000;

export interface StoredDevicesOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
}

/** The table Devices, read strongly consistently on each call, so that a retirement binds the next request. */
export class StoredDevices implements Devices {
  constructor(readonly options: StoredDevicesOptions) {}

  async find(deviceId: string): Promise<Device | undefined> {
    const { dynamo, table } = this.options;
    const { Item } = await fromStore('devices', () =>
      dynamo.send(new GetItemCommand({ TableName: table, Key: deviceKey(deviceId), ConsistentRead: true })),
    );
    return Item === undefined ? undefined : deviceOf(Item);
  }
}

/** As above, for the function that changes and lists the registry. */
export class StoredDeviceRegistry extends StoredDevices implements DeviceRegistry {
  constructor(
    override readonly options: StoredDevicesOptions & {
      /** Told of each row that cannot be understood and is left out of the list. */
      readonly onMalformed: (error: unknown) => void;
    },
  ) {
    super(options);
  }

  async register(device: Device): Promise<Device> {
    const { dynamo, table } = this.options;
    const standing = await standingOrUndefined(() =>
      dynamo.send(
        new PutItemCommand({
          TableName: table,
          Item: activeRow(device),
          ConditionExpression: 'attribute_not_exists(deviceId)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
    return standing.kind === 'done' || standing.row === undefined ? device : deviceOf(standing.row);
  }

  async retire(deviceId: string, { by, atMs }: NonNullable<Device['retired']>): Promise<Device | undefined> {
    const { dynamo, table } = this.options;
    const standing = await standingOrUndefined(() =>
      dynamo.send(
        new UpdateItemCommand({
          TableName: table,
          Key: deviceKey(deviceId),
          UpdateExpression: 'SET #status = :retired, retiredBy = :by, retiredAtMs = :at',
          ConditionExpression: 'attribute_exists(deviceId) AND attribute_not_exists(retiredAtMs)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':retired': { S: 'retired' },
            ':by': { S: by },
            ':at': { N: String(atMs) },
          },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
    const row = standing.kind === 'done' ? standing.output.Attributes : standing.row;
    return row === undefined ? undefined : deviceOf(row);
  }

  async list(): Promise<readonly Device[]> {
    const rows: Row[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await fromStore('devices', () => this.options.dynamo.send(this.#scan(start)));
      rows.push(...(page.Items ?? []));
      if (rows.length > devicesMax) throw new StoreError('unprocessed', 'devices');
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return rows.flatMap((row) => this.#understood(row));
  }

  #scan(start: Record<string, AttributeValue> | undefined): ScanCommand {
    return new ScanCommand({
      TableName: this.options.table,
      ConsistentRead: true,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
  }

  #understood(row: Row): Device[] {
    try {
      return [deviceOf(row)];
    } catch (error) {
      this.options.onMalformed(error);
      return [];
    }
  }
}

/** A conditional write: done, or the row that stood in its way (absent where there is none). */
async function standingOrUndefined<Output>(
  write: () => Promise<Output>,
): Promise<
  | { readonly kind: 'done'; readonly output: Output }
  | { readonly kind: 'stood'; readonly row: Row | undefined }
> {
  try {
    return { kind: 'done', output: await write() };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { kind: 'stood', row: error.Item };
    return fromStore('devices', () => Promise.reject(error));
  }
}

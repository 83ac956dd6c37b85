import { type DynamoDBClient, GetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Sites } from '../../core/cameras/ports';
import { approvedSite, type Site } from '../../core/cameras/site';
import type { RegistryChange, SiteChange } from '../../core/cameras/site-life-cycle';
import { fromStore } from '../stores/store-error';
import { writeTogether } from './all-or-nothing';
import { itemsOf } from './partition';
import { partitions, registrySite, siteKey, siteOf, sitePut } from './site-rows';

export interface StoredSitesOptions {
  readonly dynamo: DynamoDBClient;
  readonly sitesTable: string;
  readonly camerasTable: string;
}

/** Camera sites (table Sites) and, in the same step, what they mean for the registry (table Cameras). */
export class StoredSites implements Sites {
  constructor(readonly options: StoredSitesOptions) {}

  async find(siteId: string): Promise<Site | undefined> {
    const { Item } = await fromStore('sites', () =>
      this.options.dynamo.send(
        new GetItemCommand({
          TableName: this.options.sitesTable,
          Key: siteKey(siteId),
          ConsistentRead: true,
        }),
      ),
    );
    return Item === undefined ? undefined : siteOf(Item);
  }

  async list(): Promise<readonly Site[]> {
    const { dynamo, sitesTable } = this.options;
    return (await itemsOf(dynamo, sitesTable, partitions.sites)).map(siteOf);
  }

  /** No camera is ever admitted at a site that the registry of sites does not show as its own, nor the reverse. */
  store({ sites, registry }: SiteChange): Promise<'stored' | 'conflict'> {
    const { dynamo, sitesTable, camerasTable } = this.options;
    return writeTogether(dynamo, [
      ...sites.map((site) => sitePut(sitesTable, site)),
      ...(registry === undefined ? [] : [registryUpdate(camerasTable, registry)]),
    ]);
  }
}

function registryUpdate(table: string, change: RegistryChange): TransactWriteItem {
  const key = { TableName: table, Key: { cameraId: { S: change.cameraId } } };
  if (change.kind === 'left')
    return {
      Update: {
        ...key,
        UpdateExpression: 'REMOVE site',
        ConditionExpression: 'site.siteId = :siteId',
        ExpressionAttributeValues: { ':siteId': { S: change.siteId } },
      },
    };
  const site = approvedSite(change.site);
  if (site === undefined) throw new Error('a camera stands only at an approved site');
  return {
    Update: {
      ...key,
      UpdateExpression: 'SET site = :site',
      ConditionExpression:
        'attribute_not_exists(site) AND #status = :active AND kind = :fixed AND network = :network',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':site': registrySite(site),
        ':active': { S: 'active' },
        ':fixed': { S: 'fixed' },
        ':network': { S: change.site.network },
      },
    },
  };
}

import { type AttributeValue, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type {
  AgencyRecord,
  AgreementRecord,
  SharingChange,
  SharingNotice,
  SharingRegister,
} from '../../core/sharing/agreement';
import type { SharingNow } from '../../core/sharing/sharing-now';
import { writeTogether } from '../sites/all-or-nothing';
import { itemsOf } from '../sites/partition';
import { fromStore } from '../stores/store-error';
import { agencyOf, agreementOf, nowKey, partitions, readSharingNow, recordPut } from './sharing-rows';
import { noticePut } from './stored-notices';

/** The table of the register. A record, what holds because of it and the notice of it change in one step. */
export class StoredSharingRegister implements SharingRegister {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  now(): Promise<SharingNow> {
    return readSharingNow(this.options.dynamo, this.options.table);
  }

  async agency(agencyId: string): Promise<AgencyRecord | undefined> {
    const row = await this.#row(partitions.agencies, agencyId);
    return row && agencyOf(row);
  }

  async agreement(agreementId: string): Promise<AgreementRecord | undefined> {
    const row = await this.#row(partitions.agreements, agreementId);
    return row && agreementOf(row);
  }

  async agencies(): Promise<readonly AgencyRecord[]> {
    return (await itemsOf(this.options.dynamo, this.options.table, partitions.agencies)).map(agencyOf);
  }

  async agreements(): Promise<readonly AgreementRecord[]> {
    return (await itemsOf(this.options.dynamo, this.options.table, partitions.agreements)).map(agreementOf);
  }

  store(
    { agency, agreements = [], now }: SharingChange,
    notice: SharingNotice,
  ): Promise<'stored' | 'conflict'> {
    const { dynamo, table } = this.options;
    return writeTogether(dynamo, [
      ...(agency === undefined
        ? []
        : [recordPut(table, { pk: partitions.agencies, sk: { S: agency.id } }, agency)]),
      ...agreements.map((each) =>
        recordPut(table, { pk: partitions.agreements, sk: { S: each.agreementId } }, each),
      ),
      ...(now === undefined ? [] : [recordPut(table, nowKey, now)]),
      noticePut(table, notice),
    ]);
  }

  async #row(pk: AttributeValue, sk: string): Promise<Record<string, AttributeValue> | undefined> {
    const { dynamo, table } = this.options;
    const Key = { pk, sk: { S: sk } };
    const { Item } = await fromStore('sharing', () =>
      dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
    );
    return Item;
  }
}

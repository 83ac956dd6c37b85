import { Construct } from 'constructs';
import { env as fetchImageEnv } from '../../lambdas/fetch-image/env';
import { env as searchReadsEnv } from '../../lambdas/search-reads/env';
import { environmentOf } from '../environment';
import { ApiFunction, type ApiSetting } from './api-function';
import type { ProductFunction } from './product-function';

/** Searches and the images of what they found, behind the REST API [Access-C] [Access-E]. */
export class Searching extends Construct {
  readonly searchReads: ProductFunction;
  readonly fetchImage: ProductFunction;

  constructor(scope: Construct, id: string, setting: ApiSetting) {
    super(scope, id);
    this.searchReads = this.makeSearchReads(setting);
    this.fetchImage = this.makeFetchImage(setting);
  }

  private makeSearchReads({ data, configuration, consoleClients }: ApiSetting): ProductFunction {
    const made = new ApiFunction(this, 'SearchReads', {
      name: 'search-reads',
      description: 'Answers searches that policy permits, after recording them',
      environment: environmentOf(searchReadsEnv, {
        ...data.apiNames(consoleClients),
        ...data.dayKeyNames,
        usageTable: data.usage.table.tableName,
        readsTable: data.reads.table.tableName,
        imageLinksTable: data.imageLinks.table.tableName,
        plateIndexBucket: data.plateIndex.bucket.bucketName,
        searchesTable: data.searches.table.tableName,
        searchAnswersTable: data.searchAnswers.table.tableName,
        sitesTable: data.sites.table.tableName,
        camerasTable: data.cameras.table.tableName,
      }),
      data,
      configuration,
      opensDays: true,
      memoryMiB: 1769,
    });
    data.usage.grant(made, ['UpdateItem']);
    data.reads.grant(made, ['Query'], { index: 'by-place' });
    data.searches.grant(made, ['GetItem', 'PutItem']);
    data.searchAnswers.grant(made, ['GetItem', 'Query', 'PutItem']);
    data.sites.grant(made, ['Query']);
    data.imageLinks.grant(made, ['PutItem']);
    data.plateIndex.grant(made, 'get', 'Index segments are named by day and network at run time.');
    data.plateIndex.grantList(made);
    return made;
  }

  private makeFetchImage({ data, configuration, consoleClients }: ApiSetting): ProductFunction {
    const made = new ApiFunction(this, 'FetchImage', {
      name: 'fetch-image',
      description: 'Answers one image for a link that works once',
      environment: environmentOf(fetchImageEnv, {
        ...data.apiNames(consoleClients),
        ...data.dayKeyNames,
        imageLinksTable: data.imageLinks.table.tableName,
        imagesBucket: data.images.bucket.bucketName,
      }),
      data,
      configuration,
      opensDays: true,
    });
    data.imageLinks.grant(made, ['GetItem', 'DeleteItem']);
    data.images.grant(made, 'get', 'Images are named by day and read at run time.');
    // S3 says that an object is not there only to those who may list.
    data.images.grantList(made);
    return made;
  }
}

import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env } from '../../lambdas/compact-plate-index/env';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import { ProductFunction } from './product-function';
import type { Timetable } from './timetable';

export interface PlateIndexCompactionProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly timetable: Timetable;
}

/** Puts the segments of the partial-plate index together, so that a search loads few. */
export class PlateIndexCompaction extends Construct {
  /** A keyholder: to be recycled when a day is forgotten. */
  readonly compactPlateIndex: ProductFunction;

  constructor(scope: Construct, id: string, { configuration, data, timetable }: PlateIndexCompactionProps) {
    super(scope, id);
    const made = new ProductFunction(this, 'CompactPlateIndex', {
      name: 'compact-plate-index',
      description: 'Puts together the segments of the partial-plate index of each day and network',
      environment: environmentOf(env, {
        ...data.dayKeyNames,
        plateIndexBucket: data.plateIndex.bucket.bucketName,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      memoryMiB: 1769,
      timeout: Duration.minutes(5),
      isKeyholder: true,
      deadLetters: timetable.missed,
    });
    data.grantDayKeys(made, 'open');
    data.plateIndex.grantList(made);
    for (const use of ['get', 'put', 'delete'] as const)
      data.plateIndex.grant(made, use, 'Index segments are named by day and network at run time.');
    timetable.grantMissed(made);
    timetable.run('CompactPlateIndex', made, 'rate(15 minutes)');
    this.compactPlateIndex = made;
  }
}

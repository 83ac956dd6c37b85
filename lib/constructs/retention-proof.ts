import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env as proveRetentionEnv } from '../../lambdas/prove-retention/env';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import { ProductFunction } from './product-function';
import type { Timetable } from './timetable';

export interface RetentionProofProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly timetable: Timetable;
}

/** Proves each day, and records, that nothing older than the limit can be read. No keyholder, and it gets no object. */
export class RetentionProof extends Construct {
  readonly proveRetention: ProductFunction;

  constructor(scope: Construct, id: string, { configuration, data, timetable }: RetentionProofProps) {
    super(scope, id);
    const { dayKeys, reads, alerts, suppressions, quarantine, searchAnswers } = data;
    const made = new ProductFunction(this, 'ProveRetention', {
      name: 'prove-retention',
      description: 'Records how old the oldest readable read is, and whether an old copy could be had',
      environment: environmentOf(proveRetentionEnv, {
        dayKeysTable: dayKeys.table.tableName,
        auditEventsTable: data.auditEvents.table.tableName,
        imagesBucket: data.images.bucket.bucketName,
        plateIndexBucket: data.plateIndex.bucket.bucketName,
        recovery: Object.entries({ dayKeys, reads, alerts, suppressions, quarantine, searchAnswers })
          .map(([name, { recovery }]) => `${name}=${recovery}`)
          .join(','),
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      timeout: Duration.minutes(5),
      deadLetters: timetable.missed,
    });
    dayKeys.grant(made, ['BatchGetItem']);
    data.auditEvents.grant(made, ['GetItem', 'PutItem']);
    data.images.grantList(made);
    data.plateIndex.grantList(made);
    timetable.grantMissed(made);
    // Twice, so that each span of a day has a proof although runs come a little early or late.
    timetable.run('ProveRetention', made, 'rate(12 hours)');
    this.proveRetention = made;
  }
}

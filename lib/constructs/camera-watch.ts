import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { env as reviewCamerasEnv } from '../../lambdas/review-cameras/env';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import type { Alarms } from './alarms';
import { productMetric } from './metrics';
import { ProductFunction } from './product-function';
import type { Timetable } from './timetable';

export interface CameraWatchProps {
  readonly data: DataStack;
  readonly timetable: Timetable;
  readonly alarms: Alarms;
}

/** Notices cars and cameras that went quiet (Policy-E), and clocks that are off. */
export class CameraWatch extends Construct {
  readonly reviewCameras: ProductFunction;

  constructor(scope: Construct, id: string, { data, timetable, alarms }: CameraWatchProps) {
    super(scope, id);
    const made = new ProductFunction(this, 'ReviewCameras', {
      name: 'review-cameras',
      description: 'Counts cameras that went quiet, and clocks that are off',
      environment: environmentOf(reviewCamerasEnv, {
        sitesTable: data.sites.table.tableName,
        camerasTable: data.cameras.table.tableName,
      }),
      logsKey: data.logsKey.key,
      timeout: Duration.minutes(1),
      deadLetters: timetable.missed,
    });
    data.sites.grant(made, ['Query']);
    timetable.grantMissed(made);
    timetable.run('ReviewCameras', made, 'rate(1 hour)');
    this.reviewCameras = made;

    const gauge = (name: string) =>
      productMetric('review-cameras', name, { period: Duration.hours(2), statistic: Stats.MAXIMUM });
    alarms.add('CamerasSilent', {
      metric: gauge('CamerasSilent'),
      from: 1,
      meaning: 'A car or a camera was not heard of for a day, or nobody looked for two hours.',
      isMissingBad: true,
    });
    alarms.add('CameraClocksOff', {
      metric: gauge('CameraClocksOff'),
      from: 1,
      meaning: 'The clock of a camera is off by more than a second, or of a car by more than five.',
    });
  }
}

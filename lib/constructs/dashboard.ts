import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { productMetric } from './metrics';

const width = 8;
const hour = Duration.hours(1);

/** How a deployment does, in one picture: reads and alerts, what the thirty days rest on, and what waits. */
export class OperatorDashboard extends Construct {
  constructor(scope: Construct, id: string, { retentionDays }: { readonly retentionDays: number }) {
    super(scope, id);
    const limit = { value: retentionDays * 24, label: `the limit, ${retentionDays} days`, color: '#b00020' };
    new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(7),
      widgets: [
        [
          graph('Reads an hour', [sum('record-reads', 'ReadsStored'), sum('record-reads', 'ReadsForgotten')]),
          graph('Alerts an hour', [byGrade('AlertsRaised'), byGrade('AlertsSuppressed')]),
          graph('Users that an alert did not reach', [sum('deliver-alerts', 'UsersUnserved')]),
        ],
        [
          graph(
            'Age of the oldest readable read, hours',
            [
              most('prove-retention', 'OldestReadHours', Duration.days(1)),
              most('forget-day', 'OldestDayKeyAgeHours'),
            ],
            [limit],
          ),
          graph('Faults of the proof of retention', [
            most('prove-retention', 'RetentionFaults', Duration.days(1)),
          ]),
          graph('Purge: objects deleted, calls that cost', [
            sum('purge-expired', 'ObjectsPurged', Duration.days(1)),
            sum('purge-expired', 'PurgeListings', Duration.days(1)),
          ]),
        ],
        [
          graph(
            'Oldest audit event not yet sealed, seconds',
            [most('seal-audit-log', 'OldestUnsealedAgeSeconds', Duration.minutes(5))],
            [{ value: 120, label: 'the limit, two minutes', color: '#b00020' }],
          ),
          graph('Cameras', [
            most('review-cameras', 'CamerasSilent'),
            most('review-cameras', 'CameraClocksOff'),
          ]),
          graph('Policy and facts that could not be evaluated', [
            sum('api', 'PolicyUndecidable'),
            sum('api', 'MalformedFacts'),
            sum('api', 'FindingsUnraised'),
          ]),
        ],
      ],
    });
  }
}

function graph(
  title: string,
  left: IMetric[],
  leftAnnotations: { value: number; label: string; color: string }[] = [],
) {
  return new GraphWidget({ title, left, leftAnnotations, width, leftYAxis: { min: 0 } });
}

function sum(service: string, name: string, period = hour): IMetric {
  return productMetric(service, name, { period, statistic: Stats.SUM });
}

function most(service: string, name: string, period = hour): IMetric {
  return productMetric(service, name, { period, statistic: Stats.MAXIMUM });
}

/** One line for each grade of match that occurred. */
function byGrade(name: string): IMetric {
  const expression = `SEARCH('{Platekeeper,service,grade} MetricName="${name}"', 'Sum', ${hour.toSeconds()})`;
  return new MathExpression({ expression, period: hour, label: name });
}

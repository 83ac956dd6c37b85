import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';

/** A figure that a function writes itself, in the namespace `Platekeeper`. */
export function productMetric(
  service: string,
  metricName: string,
  options: { readonly period: Duration; readonly statistic?: string },
): Metric {
  return new Metric({
    namespace: 'Platekeeper',
    metricName,
    dimensionsMap: { service },
    statistic: options.statistic ?? Stats.SUM,
    period: options.period,
  });
}

/** The sum of metrics, of which some may have nothing to say. */
export function sumOf(metrics: readonly Metric[], period: Duration): IMetric {
  const named = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const filled = Object.keys(named).map((name) => `FILL(${name}, 0)`);
  return new MathExpression({ expression: `SUM([${filled.join(', ')}])`, usingMetrics: named, period });
}

import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Figures that alarms and dashboards are made of. Dimensions are codes, never anything about a vehicle or person. */
export interface Counters {
  count(name: string, value: number, dimensions?: Readonly<Record<string, string>>): void;
  gauge(name: string, value: number): void;
}

/** CloudWatch metrics in the namespace `Platekeeper` with the dimension `service`, written to the log (EMF). */
export function emfCounters(service: string): Counters {
  const metrics = new Metrics({ namespace: 'Platekeeper', serviceName: service });
  return {
    count(name, value, dimensions = {}) {
      if (value === 0) return;
      const single = metrics.singleMetric();
      for (const [dimension, code] of Object.entries(dimensions)) single.addDimension(dimension, code);
      single.addMetric(name, MetricUnit.Count, value);
    },
    gauge(name, value) {
      metrics.singleMetric().addMetric(name, MetricUnit.NoUnit, value);
    },
  };
}

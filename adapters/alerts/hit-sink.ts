import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { HitSink } from '../../core/alerts/ports';
import { recordHits } from '../../core/alerts/record-hit';
import type { OnceAuditLog } from '../../core/audit/ports';
import type { Configuration } from '../../core/contract/configuration';
import type { DayKeys } from '../../core/retention/ports';
import { StoredAlertRecords } from './alert-records';
import { AlertsStore } from './alerts';
import { InvokedAnnouncements } from './announcements';
import { StoredSuppressions } from './suppressions';

export interface HitSinkOptions {
  readonly dynamo: DynamoDBClient;
  readonly alertsTable: string;
  readonly suppressionsTable: string;
  readonly dayKeys: DayKeys;
  readonly audit: OnceAuditLog;
  readonly lambda: LambdaClient;
  /** Told of each alert that is new, or seen at another camera. */
  readonly deliverAlertsFunction: string;
  readonly configuration: Configuration;
  readonly counters: {
    count(name: string, value: number, dimensions?: Readonly<Record<string, string>>): void;
  };
  readonly now: () => number;
}

/** What becomes of confirmed hits, over the tables Alerts, Suppressions and AuditEvents. */
export function makeHitSink(options: HitSinkOptions): HitSink {
  const { dynamo, dayKeys, audit, counters, now, configuration } = options;
  const { retentionDays, matching } = configuration;
  const alertsTable = { dynamo, table: options.alertsTable, dayKeys };
  const records = new StoredAlertRecords(alertsTable);
  const store = new AlertsStore({ ...alertsTable, retentionDays });
  return recordHits({
    dayKeys,
    alerts: {
      find: (alertId) => records.find(alertId),
      raise: (alert) => store.raise(alert),
      sight: (alert, sighting) => store.sight(alert, sighting),
    },
    suppressions: new StoredSuppressions({ dynamo, table: options.suppressionsTable, dayKeys }),
    announcements: new InvokedAnnouncements({
      lambda: options.lambda,
      deliverFunction: options.deliverAlertsFunction,
    }),
    audit,
    counters,
    now,
    windowMs: matching.alertWindowMinutes * 60_000,
  });
}

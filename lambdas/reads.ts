import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Cameras } from '../adapters/cameras/cameras';
import type { StoredDayKeys } from '../adapters/day-keys/day-keys';
import { AgreedCameras } from '../adapters/sharing/agreed-cameras';
import { readSharingNow } from '../adapters/sharing/sharing-rows';
import { admitBatch, type DecidedRecord } from '../adapters/streams/read-stream';
import type { Configuration } from '../core/contract/configuration';
import { admissionLimits } from '../core/reads/admission-limits';
import { loadConfiguration } from './configuration';
import { openDayKeys } from './day-keys';

export interface ReadsParts {
  readonly configuration: Configuration;
  readonly dynamo: DynamoDBClient;
  readonly dayKeys: StoredDayKeys;
  readonly admitBatch: (event: unknown) => Promise<readonly DecidedRecord[]>;
}

/** What every consumer of the streams of reads starts with: all of them admit by the same limits and registry. */
export function startReads(options: {
  readonly camerasTable: string;
  readonly sharingTable: string;
  readonly dayKeysTable: string;
  readonly dayWrappingKey: string;
  readonly detectedReadsStream: string;
  readonly partnerReadsStream: string;
}): ReadsParts {
  const configuration = loadConfiguration();
  const dynamo = new DynamoDBClient({});
  const now = () => Date.now();
  const cameras = new AgreedCameras({
    cameras: new Cameras(dynamo, options.camerasTable),
    sharing: () => readSharingNow(dynamo, options.sharingTable),
    configuration,
    now,
  });
  const { detectedReadsStream, partnerReadsStream } = options;
  const limits = admissionLimits(configuration);
  return {
    configuration,
    dynamo,
    dayKeys: openDayKeys({ ...options, dynamo, retentionDays: configuration.retentionDays }),
    admitBatch: (event) =>
      admitBatch(event, { cameras, detectedReadsStream, partnerReadsStream, limits, now }),
  };
}

import { IoTClient } from '@aws-sdk/client-iot';
import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { Cameras } from '../../adapters/cameras/cameras';
import { StoredEnrolments } from '../../adapters/enrolment/enrolments';
import { IotIdentities } from '../../adapters/enrolment/iot-identities';
import { StoredVideoIntake } from '../../adapters/enrolment/video-intake';
import { StoredSites } from '../../adapters/sites/sites';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'enrol-camera', ...env });
const tables = { dynamo, sitesTable: env.sitesTable, camerasTable: env.camerasTable };
const limits = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 4000, throwOnRequestTimeout: true },
} as const;
/** A vehicle at 30 mph is within a camera's view for two seconds and more. */
const sampledEveryMs = 500;

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  cameras: new Cameras(dynamo, env.camerasTable),
  enrolments: new StoredEnrolments(tables),
  sites: new StoredSites(tables),
  identities: new IotIdentities({
    iot: new IoTClient(limits),
    cameras: { policyName: env.devicePolicy, roleAlias: env.roleAlias },
    partners: { policyName: env.partnerPolicy, roleAlias: env.partnerRoleAlias },
  }),
  video: new StoredVideoIntake({
    video: new KinesisVideoClient(limits),
    videoKey: env.videoKey,
    framesBucket: env.framesBucket,
    region: configuration.stage.region,
    everyMs: sampledEveryMs,
  }),
});

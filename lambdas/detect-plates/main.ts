import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { Cameras } from '../../adapters/cameras/cameras';
import { Frames } from '../../adapters/frames/frames';
import { Refusals } from '../../adapters/quarantine/refusals';
import { DetectedReads } from '../../adapters/streams/detected-reads';
import { cropJpeg } from '../../reader/crop';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { readEnv } from './env';
import { type DetectPlatesDeps, makeHandler } from './handler';
import { plateReader } from './plate-reader';

const env = readEnv(process.env);
const configuration = loadConfiguration();
const { retentionDays } = configuration;
const dynamo = new DynamoDBClient({});

const crops = { plate: { maxWidth: 400, quality: 85 }, vehicle: { maxWidth: 1024, quality: 75 } } as const;

async function deps(): Promise<DetectPlatesDeps> {
  return {
    cameras: new Cameras(dynamo, env.camerasTable),
    frames: new Frames(new S3Client({})),
    /** The models lie beside the bundle. */
    reader: await plateReader(configuration, join(__dirname, 'models')),
    crop: (image, box, use) => cropJpeg(image, box, crops[use]),
    detected: new DetectedReads(new KinesisClient({}), env.detectedReadsStream),
    refusals: new Refusals({ dynamo, table: env.quarantineTable, retentionDays }),
    counters: emfCounters('detect-plates'),
    log: new Logger({ serviceName: 'detect-plates' }),
  };
}

/** The models load while the environment starts; a load that fails ends it, so that the next one loads anew. */
const ready = deps().then(makeHandler);
ready.catch(() => process.exit(1));

export const handler = async (event: unknown) => (await ready)(event);

import { z } from 'zod';
import { type KnownProperties, requireKnownProperties } from '../lambda/known-properties';
import type { Resource } from '../template/resource-model';
import { type Pattern, parsePattern } from './filter';

interface MappingBase {
  /** The mapping's UUID. */
  readonly id: string;
  readonly logicalId: string;
  readonly functionName: string;
  /** Records that match none are skipped; none: every record passes. */
  readonly patterns: readonly Pattern[];
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportsItemFailures: boolean;
}

export interface KinesisMapping extends MappingBase {
  readonly kind: 'kinesis';
  readonly streamName: string;
  /** Enhanced fan-out: records are pushed at once instead of polled each second. */
  readonly consumerArn: string | undefined;
  readonly start:
    | { readonly kind: 'TRIM_HORIZON' | 'LATEST' }
    | { readonly kind: 'AT_TIMESTAMP'; readonly atMs: number };
  readonly parallelizationFactor: number;
  readonly bisects: boolean;
  /** Infinity: until the records leave the stream. */
  readonly retriesMax: number;
  readonly ageMsMax: number;
  readonly onFailureArn: string | undefined;
}

export interface SqsMapping extends MappingBase {
  readonly kind: 'sqs';
  readonly queueArn: string;
  readonly concurrencyMax: number;
}

export type Mapping = KinesisMapping | SqsMapping;

const properties: KnownProperties = {
  understood: [
    'BatchSize',
    'BisectBatchOnFunctionError',
    'DestinationConfig',
    'Enabled',
    'EventSourceArn',
    'FilterCriteria',
    'FunctionName',
    'FunctionResponseTypes',
    'MaximumBatchingWindowInSeconds',
    'MaximumRecordAgeInSeconds',
    'MaximumRetryAttempts',
    'ParallelizationFactor',
    'ScalingConfig',
    'StartingPosition',
    'StartingPositionTimestamp',
  ],
  ignored: {
    KmsKeyArn: 'encrypts the filter at rest, which here is in memory only',
    MetricsConfig: 'the counters of a mapping are always there',
    Tags: 'no effect',
  },
};

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const common = {
  Enabled: flag.default(true),
  EventSourceArn: z.string(),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) }).optional(),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: z.coerce.number().int().min(0).max(300).default(0),
};
/** -1 stands for no limit. */
const limit = (max: number) => z.coerce.number().int().min(-1).max(max).default(-1);
const kinesisSchema = z.strictObject({
  ...common,
  BatchSize: z.coerce.number().int().min(1).max(10_000).default(100),
  BisectBatchOnFunctionError: flag.default(false),
  DestinationConfig: z
    .strictObject({ OnFailure: z.object({ Destination: z.string() }).optional() })
    .optional(),
  MaximumRecordAgeInSeconds: limit(604_800),
  MaximumRetryAttempts: limit(10_000),
  ParallelizationFactor: z.coerce.number().int().min(1).max(10).default(1),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']),
  StartingPositionTimestamp: z.coerce.number().optional(),
});
const sqsSchema = z.strictObject({
  ...common,
  BatchSize: z.coerce.number().int().min(1).max(10_000).default(10),
  ScalingConfig: z
    .object({ MaximumConcurrency: z.coerce.number().int().min(2).max(1_000).optional() })
    .optional(),
});

/** Pollers that Lambda starts with on a standard queue. */
const sqsConcurrencyDefault = 5;

/** Reads a mapping from the template; `undefined` when it is switched off. Throws on what is not modelled. */
export function parseMapping(resource: Resource, id: string): Mapping | undefined {
  requireKnownProperties(resource, properties);
  const arn = z.string().parse(resource.properties.EventSourceArn);
  const [, , service] = arn.split(':');
  const given = Object.fromEntries(
    Object.entries(resource.properties).filter(([name]) => properties.understood.includes(name)),
  );
  switch (service) {
    case 'kinesis':
      return kinesisMapping(parse(kinesisSchema, given, resource), id, resource.logicalId);
    case 'sqs':
      return sqsMapping(parse(sqsSchema, given, resource), id, resource.logicalId);
    default:
      throw new Error(`${resource.type} ${resource.logicalId}: the local system has no event source ${arn}`);
  }
}

function kinesisMapping(
  given: z.infer<typeof kinesisSchema>,
  id: string,
  logicalId: string,
): KinesisMapping | undefined {
  if (!given.Enabled) return undefined;
  const [streamName = '', consumer] = given.EventSourceArn.split(':stream/')[1]?.split('/consumer/') ?? [];
  const unlimited = (value: number) => (value === -1 ? Number.POSITIVE_INFINITY : value);
  return {
    kind: 'kinesis',
    ...base(given, id, logicalId),
    streamName,
    consumerArn: consumer === undefined ? undefined : given.EventSourceArn,
    start:
      given.StartingPosition === 'AT_TIMESTAMP'
        ? { kind: 'AT_TIMESTAMP', atMs: (given.StartingPositionTimestamp ?? 0) * 1000 }
        : { kind: given.StartingPosition },
    parallelizationFactor: given.ParallelizationFactor,
    bisects: given.BisectBatchOnFunctionError,
    retriesMax: unlimited(given.MaximumRetryAttempts),
    ageMsMax: unlimited(given.MaximumRecordAgeInSeconds) * 1000,
    onFailureArn: given.DestinationConfig?.OnFailure?.Destination,
  };
}

function sqsMapping(given: z.infer<typeof sqsSchema>, id: string, logicalId: string): SqsMapping | undefined {
  if (given.BatchSize > 10 && given.MaximumBatchingWindowInSeconds < 1) {
    throw new Error(`${logicalId}: a batch size above 10 needs MaximumBatchingWindowInSeconds of at least 1`);
  }
  if (!given.Enabled) return undefined;
  return {
    kind: 'sqs',
    ...base(given, id, logicalId),
    queueArn: given.EventSourceArn,
    concurrencyMax: given.ScalingConfig?.MaximumConcurrency ?? sqsConcurrencyDefault,
  };
}

function base(
  given: z.infer<typeof sqsSchema> | z.infer<typeof kinesisSchema>,
  id: string,
  logicalId: string,
): MappingBase {
  return {
    id,
    logicalId,
    functionName: given.FunctionName,
    patterns: (given.FilterCriteria?.Filters ?? []).map((filter) => parsePattern(filter.Pattern)),
    batchSize: given.BatchSize,
    windowSeconds: given.MaximumBatchingWindowInSeconds,
    reportsItemFailures: given.FunctionResponseTypes.length > 0,
  };
}

function parse<T>(schema: z.ZodType<T>, given: unknown, { type, logicalId }: Resource): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(`${type} ${logicalId}: ${z.prettifyError(parsed.error)}`);
}

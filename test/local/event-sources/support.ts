import { EventSources, type EventSourcesOptions } from '../../../local/event-sources/event-sources';
import { eventSourceModels } from '../../../local/event-sources/models';
import { Kinesis } from '../../../local/kinesis/kinesis';
import type { Delivery } from '../../../local/lambda/deliveries';
import type { InvocationResult } from '../../../local/lambda/invoke';
import { defaultQueueSettings } from '../../../local/sqs/queue';
import { Sqs } from '../../../local/sqs/sqs';
import { provisionWith } from '../lambda/support';
import { accountId, fixedClock, recordingAuthorizer, region, testCredentials } from '../support';

export const { roleArn } = testCredentials.caller;
export const streamArn = `arn:aws:kinesis:${region}:${accountId}:stream/reads`;
export const queueArn = `arn:aws:sqs:${region}:${accountId}:frames`;
export const functionArn = `arn:aws:lambda:${region}:${accountId}:function:consumer`;

export interface StreamEvent {
  readonly Records: { readonly kinesis: { readonly data: string; readonly sequenceNumber: string } }[];
}

export interface QueueEvent {
  readonly Records: { readonly messageId: string; readonly body: string }[];
}

type Answer<Event> = (event: Event) => unknown;

/** Real streams and queues, and a function that is a call in this process: `answer` throws to fail. */
export function testSources<Event = StreamEvent>(
  answer: Answer<Event>,
  options: {
    stream?: { shardCount?: number; keyId?: string };
    overrides?: Partial<EventSourcesOptions>;
  } = {},
) {
  const clock = fixedClock();
  const iam = recordingAuthorizer();
  const shared = { clock, authorize: iam.authorize, region, accountId, credentials: testCredentials.source };
  const kinesis = new Kinesis(shared);
  const sqs = new Sqs({ ...shared, iam: { setResourcePolicy: () => undefined, allowsService: () => true } });
  const stream = kinesis.createStream({
    name: 'reads',
    mode: 'PROVISIONED',
    shardCount: 1,
    retentionHours: 24,
    ...options.stream,
  });
  const deadQueueArn = sqs.createQueue({ ...defaultQueueSettings, name: 'dead' }).arn;
  sqs.createQueue({
    ...defaultQueueSettings,
    name: 'frames',
    redrive: { deadLetterQueueArn: deadQueueArn, maxReceiveCount: 2 },
  });

  const events: Event[] = [];
  const delivered: Delivery[] = [];
  const sources = new EventSources({
    clock,
    region,
    kinesis,
    sqs,
    iam: { authorize: iam.authorize, issueCredentials: () => testCredentials.keys },
    functions: {
      configuration: () => ({ arn: functionArn, roleArn, timeoutSeconds: 3 }),
      invokeUnchecked: async (_, payload): Promise<InvocationResult> => {
        // JSON, as it would cross into a function's process.
        const event = JSON.parse(JSON.stringify(payload)) as Event;
        events.push(event);
        try {
          return { kind: 'ok', payload: (await answer(event)) ?? null };
        } catch (error) {
          return { kind: 'function-error', errorType: 'Error', errorMessage: String(error) };
        }
      },
    },
    deliveries: async (delivery) => void delivered.push(delivery),
    timing: { pollIntervalMs: 50, retryDelayMs: 1, retryDelayMsMax: 5, windowMsMax: 100 },
    ...options.overrides,
  });
  const map = (properties: Record<string, unknown>) =>
    provisionWith(eventSourceModels(sources), 'AWS::Lambda::EventSourceMapping', 'Mapping', {
      FunctionName: 'consumer',
      ...properties,
    });
  /** A mapping of the stream with what is in every test the same. */
  const mapStream = (properties: Record<string, unknown> = {}) =>
    map({ EventSourceArn: streamArn, StartingPosition: 'TRIM_HORIZON', ...properties });
  const mapQueue = (properties: Record<string, unknown> = {}) =>
    map({ EventSourceArn: queueArn, ...properties });
  const put = (...texts: string[]) =>
    texts.map((text) =>
      kinesis.put(stream, {
        data: Buffer.from(text).toString('base64'),
        partitionKey: text.split(':')[0] ?? '',
      }),
    );
  const send = (...bodies: string[]) =>
    bodies.map((body) => sqs.send(queueArn, body, { principal: 's3.amazonaws.com' }));
  return {
    clock,
    iam,
    kinesis,
    sqs,
    sources,
    events,
    delivered,
    deadQueueArn,
    map,
    mapStream,
    mapQueue,
    put,
    send,
  };
}

/** The texts of a stream event, in its order. */
export const textsOf = ({ Records }: StreamEvent) =>
  Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString());

/** An answer that reports the records whose text fails, all of them (as a batch processor does). */
export const reportingFailures = (isBad: (text: string) => boolean) => (event: StreamEvent) => ({
  batchItemFailures: event.Records.filter(({ kinesis }) =>
    isBad(Buffer.from(kinesis.data, 'base64').toString()),
  ).map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })),
});

import type { Caller } from '../aws/caller';
import type { Version } from './version';

export interface NotificationRule {
  readonly id: string;
  /** `s3:ObjectCreated:*`, `s3:ObjectRemoved:Delete`, … */
  readonly event: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly target: { readonly kind: 'queue' | 'function'; readonly arn: string };
}

/**
 * Where S3 hands its notifications on. Both return (or resolve) once the target has accepted the event, not once it
 * has been worked on, and throw when the target's policy does not let S3 in.
 */
export interface NotificationPort {
  toQueue(queueArn: string, body: string, source: NotificationSource): void | Promise<void>;
  toFunction(functionArn: string, payload: unknown, source: NotificationSource): void | Promise<void>;
}

export interface NotificationSource {
  readonly principal: 's3.amazonaws.com';
  /** The bucket's ARN. */
  readonly sourceArn: string;
}

export interface ObjectEvent {
  /** `ObjectCreated:Put`, without the `s3:` that rules write before it. */
  readonly name: string;
  readonly version: Version;
  readonly caller: Caller | undefined;
  readonly atMs: number;
  /** Grows with each event, so that two events of one key can be told apart in time. */
  readonly sequence: number;
}

export function isWanted(
  { event, prefix, suffix }: NotificationRule,
  { name, version }: ObjectEvent,
): boolean {
  const wanted = event.replace(/^s3:/, '');
  const isNamed = wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
  return isNamed && version.key.startsWith(prefix) && version.key.endsWith(suffix);
}

/** The message of event version 2.1 as S3 sends it, with one record. */
export function notification(
  event: ObjectEvent,
  bucket: { readonly name: string; readonly arn: string; readonly region: string; readonly ruleId: string },
) {
  const principalId = `AWS:${event.caller?.roleArn ?? 's3-lifecycle'}`;
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: bucket.region,
        eventTime: new Date(event.atMs).toISOString(),
        eventName: event.name,
        userIdentity: { principalId },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': sequencer(event), 'x-amz-id-2': 'local' },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: bucket.ruleId,
          bucket: { name: bucket.name, ownerIdentity: { principalId: 'LOCAL' }, arn: bucket.arn },
          object: {
            key: formEncoded(event.version.key),
            ...contentOf(event),
            ...(event.version.versionId === 'null' ? {} : { versionId: event.version.versionId }),
            sequencer: sequencer(event),
          },
        },
      },
    ],
  };
}

/** What S3 sends to a queue when the notification is set up; a consumer meets it first. */
export function testEvent(bucketName: string, atMs: number) {
  return {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(atMs).toISOString(),
    Bucket: bucketName,
    RequestId: 'LOCAL',
    HostId: 'local',
  };
}

function contentOf({ version, name }: ObjectEvent) {
  if (version.kind === 'delete-marker' || !name.startsWith('ObjectCreated:')) return {};
  return { size: version.body.length, eTag: version.etag.replaceAll('"', '') };
}

/** Keys come form-encoded: a space is `+`, a slash stays. */
const formEncoded = (key: string) =>
  encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replace(/[!'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const sequencer = ({ sequence }: ObjectEvent) => sequence.toString(16).toUpperCase().padStart(18, '0');

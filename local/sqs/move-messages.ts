import type { Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { Sqs } from './sqs';

/**
 * Brings what waits in a dead-letter queue back to where it came from, or to `destinationArn`. The caller needs the
 * permissions that `StartMessageMoveTask` needs in AWS, on both ends, before anything moves.
 */
export function moveMessages(
  sqs: Sqs,
  caller: Caller,
  { sourceArn, destinationArn }: { sourceArn: string; destinationArn: string | undefined },
): number {
  const source = sqs.authorized(caller, 'sqs:StartMessageMoveTask', sourceArn);
  for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
    sqs.authorized(caller, action, sourceArn);
  }
  const origins = sqs
    .queues()
    .filter(({ settings }) => settings.redrive?.deadLetterQueueArn === source.arn)
    .map(({ arn }) => arn);
  const [firstOrigin] = origins;
  if (firstOrigin === undefined) {
    throw new AwsError('UnsupportedOperation', `${source.arn} is no queue's dead-letter queue`);
  }
  const targets = destinationArn === undefined ? origins : [destinationArn];
  for (const target of targets) sqs.authorized(caller, 'sqs:SendMessage', target);
  return sqs.move(source, (message) => sqs.queue(destinationArn ?? message.deadLetteredFrom ?? firstOrigin));
}

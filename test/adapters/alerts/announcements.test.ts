import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { InvokedAnnouncements } from '../../../adapters/alerts/announcements';
import { TopicNotices } from '../../../adapters/alerts/notices';
import { madeAlert } from '../../core/alerts/made-alert';

const lambda = mockClient(LambdaClient);
const sns = mockClient(SNSClient);
beforeEach(() => {
  lambda.reset();
  sns.reset();
});

const { alertId } = madeAlert();
const region = 'us-east-2';
const announcements = new InvokedAnnouncements({
  lambda: new LambdaClient({ region }),
  deliverFunction: 'deliver-alerts',
});
const notices = new TopicNotices({ sns: new SNSClient({ region }), topicArn: 'made-up-topic' });
const notice = {
  kind: 'alert-raised',
  alertId,
  priority: 'caution',
  network: 'bloomington',
  told: [],
} as const;

it('announces an alert by its id alone, to a queue that is durable once it answers', async () => {
  lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
  await announcements.announce(alertId, 'raised');
  const [call] = lambda.commandCalls(InvokeCommand);
  expect(call?.args[0].input).toMatchObject({ FunctionName: 'deliver-alerts', InvocationType: 'Event' });
  expect(JSON.parse(String(call?.args[0].input.Payload))).toEqual({
    alertIds: [madeAlert().alertId],
    because: 'raised',
  });
});

it('rejects when the announcement failed, so that the record comes again', async () => {
  lambda.on(InvokeCommand).rejects(new Error('throttled'));
  await expect(announcements.announce(alertId, 'changed')).rejects.toMatchObject({ code: 'unavailable' });
});

it('tells the topic that an alert waits, and nothing of vehicle or place [Storage-A]', async () => {
  sns.on(PublishCommand).resolves({ MessageId: '1' });
  await notices.publish({ ...notice, ...madeAlert() });
  const [call] = sns.commandCalls(PublishCommand);
  expect(call?.args[0].input).toEqual({
    TopicArn: 'made-up-topic',
    Message: JSON.stringify({ kind: 'alert-raised', alertId, priority: 'caution', network: 'bloomington' }),
  });
});

it('addresses a notice to whom the entry names, so that their subscriptions can pick it out', async () => {
  sns.on(PublishCommand).resolves({ MessageId: '1' });
  await notices.publish({ ...notice, told: ['made-up.officer', 'made-up.detective'] });
  const [call] = sns.commandCalls(PublishCommand);
  expect(call?.args[0].input.MessageAttributes).toEqual({
    told: { DataType: 'String.Array', StringValue: '["made-up.officer","made-up.detective"]' },
  });
});

it('rejects when the topic cannot be reached', async () => {
  sns.on(PublishCommand).rejects(new Error('throttled'));
  await expect(notices.publish(notice)).rejects.toMatchObject({ code: 'unavailable', store: 'notices' });
});

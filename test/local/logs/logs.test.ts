import { LogSink } from '../../../local/logs/log-sink';
import { logsModels } from '../../../local/logs/models';
import { provisionWith } from '../lambda/support';

const write = (logs: LogSink, line: string, atMs = 1_000, group = 'g') =>
  logs.write({ group, stream: 's', atMs, line });

describe('metrics in log lines', () => {
  it('are read from the embedded format, one for each metric and set of dimensions', () => {
    const logs = new LogSink();
    const line = {
      _aws: {
        Timestamp: 5_000,
        CloudWatchMetrics: [
          {
            Namespace: 'Platekeeper',
            Dimensions: [['service'], ['service', 'reason']],
            Metrics: [{ Name: 'Quarantined', Unit: 'Count' }, { Name: 'AgeMs' }],
          },
        ],
      },
      service: 'record-reads',
      reason: 'forged',
      Quarantined: 2,
      AgeMs: [10, 20],
    };
    write(logs, JSON.stringify(line));
    expect(logs.metrics).toEqual([
      {
        namespace: 'Platekeeper',
        name: 'Quarantined',
        unit: 'Count',
        values: [2],
        dimensions: { service: 'record-reads' },
        atMs: 5_000,
      },
      {
        namespace: 'Platekeeper',
        name: 'Quarantined',
        unit: 'Count',
        values: [2],
        dimensions: { service: 'record-reads', reason: 'forged' },
        atMs: 5_000,
      },
      {
        namespace: 'Platekeeper',
        name: 'AgeMs',
        unit: 'None',
        values: [10, 20],
        dimensions: { service: 'record-reads' },
        atMs: 5_000,
      },
      {
        namespace: 'Platekeeper',
        name: 'AgeMs',
        unit: 'None',
        values: [10, 20],
        dimensions: { service: 'record-reads', reason: 'forged' },
        atMs: 5_000,
      },
    ]);
  });

  it.each([
    'plain text',
    '{"CloudWatchMetrics":1}',
    '{"CloudWatchMetrics":',
    '{"_aws":{"CloudWatchMetrics":[{}]}}',
  ])('are none in %s, which stays a line', (line) => {
    const logs = new LogSink();
    write(logs, line);
    expect(logs.metrics).toEqual([]);
    expect(logs.lines('g')).toEqual([{ group: 'g', stream: 's', atMs: 1_000, line }]);
  });
});

describe('a log group', () => {
  it('drops lines past its retention on the virtual clock, and keeps them for ever without one', () => {
    const logs = new LogSink();
    provisionWith(logsModels(logs), 'AWS::Logs::LogGroup', 'Short', {
      LogGroupName: 'short',
      RetentionInDays: 7,
    });
    provisionWith(logsModels(logs), 'AWS::Logs::LogGroup', 'Endless', {});
    const dayMs = 86_400_000;
    for (const group of ['short', 'Test-Endless']) {
      write(logs, 'old', 0, group);
      write(logs, 'new', dayMs, group);
    }
    expect(logs.sweep(7 * dayMs)).toBe(1);
    expect(logs.lines('short').map(({ line }) => line)).toEqual(['new']);
    expect(logs.lines('Test-Endless').map(({ line }) => line)).toEqual(['old', 'new']);
    expect(logs.groups()).toEqual([
      { name: 'short', retentionDays: 7, kmsKeyArn: undefined },
      { name: 'Test-Endless', retentionDays: undefined, kmsKeyArn: undefined },
    ]);
  });

  it('has the ARN that CloudFormation gives it', () => {
    const group = provisionWith(logsModels(new LogSink()), 'AWS::Logs::LogGroup', 'G', {
      LogGroupName: 'name',
    });
    expect(group.physicalId).toBe('name');
    expect(group.attribute('Arn')).toBe('arn:aws:logs:us-east-2:000000000000:log-group:name:*');
  });

  it('refuses a property that nobody thought about', () => {
    expect(() => provisionWith(logsModels(new LogSink()), 'AWS::Logs::LogGroup', 'G', { Colour: 1 })).toThrow(
      'AWS::Logs::LogGroup G: the local system does not model property Colour',
    );
  });
});

it('a listener hears each line until it leaves', () => {
  const logs = new LogSink();
  const heard: string[] = [];
  const leave = logs.onLine(({ line }) => heard.push(line));
  write(logs, 'one');
  leave();
  write(logs, 'two');
  expect(heard).toEqual(['one']);
});

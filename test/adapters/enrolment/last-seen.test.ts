import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { StoredEnrolments } from '../../../adapters/enrolment/enrolments';
import { LastSeen } from '../../../adapters/enrolment/last-seen';
import { madeCamera } from '../../core/cameras/made-site';
import type { LocalDynamo } from '../local-dynamo';
import { cameraRow, startTables, tables } from '../sites/made-tables';

const enrolment = {
  cameraId: 'fixed-1',
  network: 'bloomington',
  kind: 'fixed',
  certificateId: 'made-up',
  enrolledBy: 'made-up.administrator',
  enrolledAtMs: 1_000,
} as const;
const minuteMs = 60_000;

let local: LocalDynamo;
let enrolments: StoredEnrolments;
let failures: unknown[];
beforeEach(async () => {
  local = await startTables();
  enrolments = new StoredEnrolments({ dynamo: local.dynamo, ...tables });
  failures = [];
  await enrolments.enrol({ camera: madeCamera(), enrolment });
});
afterEach(() => local.stop());

it('notes when a camera was last heard of, and never an earlier time', async () => {
  await lastSeen().note([{ cameraId: 'fixed-1' }], 50 * minuteMs);
  await lastSeen().note([{ cameraId: 'fixed-1' }], 40 * minuteMs);
  expect(await enrolments.find('fixed-1')).toEqual({ ...enrolment, lastSeenMs: 50 * minuteMs });
  expect(failures).toEqual([]);
});

it('writes once a quarter of an hour, however much a camera sends', async () => {
  const dynamo = new DynamoDBClient({ region: 'us-east-2' });
  const calls = mockClient(dynamo).on(UpdateItemCommand).resolves({});
  const seen = new LastSeen({ dynamo, sitesTable: 'Sites', onFailure: (error) => failures.push(error) });
  for (let minute = 0; minute < 45; minute++)
    await seen.note([{ cameraId: 'fixed-1' }, { cameraId: 'fixed-1' }], minute * minuteMs);
  expect(calls.calls()).toHaveLength(3);
});

it('notes what the clock said in the envelope that came fastest, and keeps it where a camera signs nothing', async () => {
  const seen = lastSeen();
  await seen.note([{ cameraId: 'fixed-1', clockAheadMs: -900 }], 0);
  expect(await enrolments.find('fixed-1')).toMatchObject({ clockAheadMs: -900 });
  const ways = [-40_000, 1_700, -900];
  for (const [minute, clockAheadMs] of ways.entries())
    await seen.note([{ cameraId: 'fixed-1', clockAheadMs }], (1 + minute) * minuteMs);
  await seen.note([{ cameraId: 'fixed-1' }], 16 * minuteMs);
  expect(await enrolments.find('fixed-1')).toMatchObject({ lastSeenMs: 16 * minuteMs, clockAheadMs: 1_700 });
  await seen.note([{ cameraId: 'fixed-1' }], 40 * minuteMs);
  expect(await enrolments.find('fixed-1')).toMatchObject({ lastSeenMs: 40 * minuteMs, clockAheadMs: 1_700 });
});

it('leaves cameras alone that were never enrolled', async () => {
  await lastSeen().note([{ cameraId: 'by-hand' }], 50 * minuteMs);
  expect(await enrolments.find('by-hand')).toBeUndefined();
  expect(failures).toEqual([]);
});

it('lets reads go on when it cannot note, and tries again with the next batch', async () => {
  const dynamo = new DynamoDBClient({ region: 'us-east-2' });
  const calls = mockClient(dynamo).on(UpdateItemCommand).rejects(new Error('made-up outage'));
  const seen = new LastSeen({ dynamo, sitesTable: 'Sites', onFailure: (error) => failures.push(error) });
  await seen.note([{ cameraId: 'fixed-1' }], 0);
  await seen.note([{ cameraId: 'fixed-1' }], minuteMs);
  expect(calls.calls()).toHaveLength(2);
  expect(failures).toHaveLength(2);
});

it('enrols no camera twice, and retires it in registry and enrolment at once', async () => {
  expect(await enrolments.enrol({ camera: madeCamera({ publicKeyPem: 'other' }), enrolment })).toBe(
    'conflict',
  );
  const retirement = { cameraId: 'fixed-1', by: 'made-up.administrator', atMs: 9_000 };
  expect(await enrolments.retire(retirement)).toBe('stored');
  expect(await enrolments.retire({ ...retirement, atMs: 10_000 })).toBe('conflict');
  expect(await cameraRow(local, 'fixed-1')).toMatchObject({
    status: { S: 'retired' },
    publicKeyPem: { S: 'made-up key' },
  });
  expect(await enrolments.list()).toEqual([
    { ...enrolment, retiredBy: 'made-up.administrator', retiredAtMs: 9_000 },
  ]);
});

function lastSeen(): LastSeen {
  return new LastSeen({
    dynamo: local.dynamo,
    sitesTable: 'Sites',
    onFailure: (error) => failures.push(error),
  });
}

/** @jest-environment ./test/reader/onnx-environment.cjs */
import { parseEvent } from '../../core/audit/event';
import { unclosedPairs } from '../../core/audit/unclosed';
import { loadConfiguration } from '../../lib/config';
import { type LocalSystem, startSystem } from '../../local/system';
import { clientsFor } from '../../scripts/start/clients';
import { type Day, liveOneDay } from '../../scripts/start/day';
import { textOf } from '../../scripts/start/items';
import type { Progress } from '../../scripts/start/progress';
import { physicalName } from '../../scripts/start/resources';
import { summary } from '../../scripts/start/summary';
import { assembly } from '../support/assembly';

const quiet: Progress = {
  stage: () => undefined,
  bar: () => ({ step: () => undefined, done: () => undefined }),
};

describe('the scripted day, from the synthesised template', () => {
  let system: LocalSystem;
  let day: Day;
  let auditEvents: readonly ReturnType<typeof parseEvent>[];
  const lines: string[] = [];

  beforeAll(async () => {
    system = await startSystem({ assembly: await assembly() });
    system.sinks.logs.onLine((line) => lines.push(line.line));
    day = await liveOneDay({
      system,
      operator: clientsFor(system, system.operator),
      configuration: loadConfiguration('config/bloomington.json'),
      progress: quiet,
      args: { isHelp: false, isServing: false },
    });
    const items = await system.services.dynamodb.dump(physicalName(system, 'AuditEvents'));
    auditEvents = items.map((item) => parseEvent(JSON.parse(textOf(item, 'event') ?? '')));
  }, 240_000);

  afterAll(() => system.stop());

  it('goes as the policy says', () => {
    expect(day.faults).toEqual([]);
    expect(summary(day)).toContain('Everything went as the policy says.');
  });

  it('ends every photo as a read, an abstention or a quarantine record, and loses none [Def]', () => {
    const { photos, withReads, abstained, quarantined } = day.accounting;
    expect(photos).toBe(12);
    expect(withReads + abstained + quarantined).toBe(12);
    expect(withReads).toBeGreaterThanOrEqual(10);
    expect(day.accounting.smartReads).toBeGreaterThan(0);
    expect(day.accounting.fixedReads).toBeGreaterThan(0);
  });

  it('quarantines a forged signature, a moved camera and a site nobody approved [Policy-E]', () => {
    expect(day.impostors.quarantined).toEqual({ 'forged-signature': 1, moved: 1, 'no-approved-site': 1 });
  });

  it('alerts on the next read of a plate that a lieutenant approved [Policy-H.d]', () => {
    expect(day.investigation.alerts).toBe(1);
  });

  it('tells the officer on an open connection, and lets the stop be recorded only after verification [Policy-F, Policy-G]', () => {
    expect(day.investigation.verification).toMatchObject({ state: 'verified', disposition: 'stopped' });
  });

  it('names the clause of each refusal [Access-D.1, Access-E, Policy-C, Policy-G, Policy-H.a, Policy-H.d]', () => {
    expect(day.investigation.refusals.map((each) => each.clause)).toEqual([
      'Access-E',
      'Policy-C',
      'Access-D.1',
      'Policy-H.a',
      'Policy-H.d',
      'Access-C',
      'Policy-G',
      'Policy-G',
    ]);
  });

  it('keeps a dispatcher within the local networks [Access-D.1]', () => {
    expect(day.investigation.dispatcherNetworks).toEqual(['bloomington', 'normal']);
  });

  it('answers nothing without its request on record before it [Access-E]', () => {
    const answered = auditEvents.filter((event) => event.kind === 'answered');
    expect(answered.length).toBeGreaterThanOrEqual(6);
    expect(unclosedPairs(auditEvents)).toEqual([]);
  });

  it('recovers nothing of any read after 31 days [Storage-A]', () => {
    expect(day.forgetting?.attempts.map(({ recovered }) => recovered)).toEqual(Array(11).fill(0));
    const forgotten = auditEvents.filter((event) => event.kind === 'day-forgotten');
    expect(forgotten.length).toBeGreaterThanOrEqual(1);
  });

  it('keeps one read as evidence, which alone remains after 31 days, and releases it on a law’s word alone [Access-F] [Storage-B]', () => {
    expect(day.evidence.files).toBe(6);
    expect(day.evidence.refusals.map((each) => each.clause)).toEqual([
      'Access-E',
      'Storage-D',
      'Access-F',
      'Access-F',
    ]);
    expect(day.forgetting?.evidenceFiles).toBe(6);
    expect(auditEvents.filter((event) => event.kind === 'evidence-taken')).toHaveLength(1);
    const releases = auditEvents.flatMap((event) => (event.kind === 'release-changed' ? [event.change] : []));
    expect(releases.toSorted()).toEqual(['released', 'requested']);
  });

  it('proves the sealed audit log from its files and public key, and finds a changed byte [Acct-A]', () => {
    expect(day.auditLog.events).toBe(day.auditEvents);
    expect(day.auditLog.tampering).not.toBe('nothing');
  });

  it('samples frames out of streamed video and reads plates in them [Def]', () => {
    expect(day.streamed.sampled).toBeGreaterThanOrEqual(6);
    expect(day.streamed.reads).toBeGreaterThan(0);
  });

  it('leaves no plate and no token in any log line, metric, object name, queue or e-mail [Storage-B]', () => {
    const plates = [...new Set(day.accounting.arrived.map((read) => String(read.plate)))];
    expect(plates.length).toBeGreaterThan(5);
    const canary = plates[0] ?? '';
    const holding = (texts: readonly string[]) =>
      texts.filter((text) => plates.some((plate) => text.includes(plate))).length;
    expect(holding([`a line with ${canary} in it`])).toBe(1);
    const sinks = everywhere(system, lines);
    for (const [sink, texts] of Object.entries(sinks)) {
      expect({ sink, found: holding(texts) }).toEqual({ sink, found: 0 });
      expect(texts.filter((text) => /eyJ[A-Za-z0-9_-]{20}/.test(text))).toEqual([]);
    }
    expect(sinks.logs?.length).toBeGreaterThan(50);
    expect(system.sinks.logs.lost).toEqual([]);
  });
});

/** Every text that outlives a request outside the sealed stores. */
function everywhere(
  { services, sinks }: LocalSystem,
  logs: readonly string[],
): Record<string, readonly string[]> {
  const buckets = services.s3.bucketNames;
  return {
    logs,
    metrics: [JSON.stringify(sinks.metrics)],
    objectNames: buckets.flatMap((bucket) => services.s3.dump(bucket).map(({ key }) => key)),
    queues: services.sqs.queues().flatMap((queue) => services.sqs.dump(queue.arn).map(({ body }) => body)),
    notifications: sinks.notifications.map((each) => JSON.stringify(each)),
    failures: services.scheduler.failures.map((each) => JSON.stringify(each)),
    refusals: services.iam.refusals.map(({ message }) => message),
  };
}

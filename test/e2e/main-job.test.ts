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
    expect(day.forgetting?.attempts.map(({ recovered }) => recovered)).toEqual(Array(10).fill(0));
    const forgotten = auditEvents.filter((event) => event.kind === 'day-forgotten');
    expect(forgotten.length).toBeGreaterThanOrEqual(1);
  });

  it('writes no plate and no token to any log line [Storage-B]', () => {
    expect(lines.length).toBeGreaterThan(50);
    const plates = new Set(day.accounting.arrived.map((read) => String(read.plate)));
    expect(lines.filter((line) => [...plates].some((plate) => line.includes(plate)))).toEqual([]);
    expect(lines.filter((line) => /eyJ[A-Za-z0-9_-]{20}/.test(line))).toEqual([]);
    expect(system.sinks.logs.lost).toEqual([]);
  });
});

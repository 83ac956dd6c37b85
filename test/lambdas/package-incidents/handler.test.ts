import { createHash } from 'node:crypto';
import type { AuditEvent } from '../../../core/audit/event';
import { checkpointText } from '../../../core/audit/log/checkpoint';
import { entryOf } from '../../../core/audit/log/commitment';
import { emptyEdge, grow, partialsOf, rootOf } from '../../../core/audit/log/edge';
import { leafHash } from '../../../core/audit/log/hash';
import { provesInclusion } from '../../../core/audit/log/verifier/proofs';
import { subtreesIn } from '../../../core/audit/log/verifier/tile-files';
import type { IncidentPackage } from '../../../core/incidents/ports';
import { makeHandler } from '../../../lambdas/package-incidents/handler';
import { findingId, madeFinding } from '../../core/findings/made-finding';
import { madeFiles } from '../manage-audits/made-audits';
import { recordedCounters } from '../recorded';

const requestedAtMs = Date.parse('2026-12-02T12:00:00Z');
const minuteMs = 60_000;

/** A log of 700 entries, and what opens each. */
const rows = Array.from({ length: 700 }, (_, logIndex) => ({
  event: `{"made-up":${logIndex}}`,
  commitmentKey: createHash('sha256').update(String(logIndex)).digest(),
  logIndex,
}));
const { edge, full } = grow(
  emptyEdge,
  rows.map(({ event, commitmentKey }) => entryOf(event, commitmentKey)),
);
const tiles = new Map([...full, ...partialsOf(edge)].map(({ path, bytes }) => [path, bytes]));
const subtree = subtreesIn({ read: (path) => tiles.get(path), list: () => tiles.keys() }, 700);
const checkpoint = checkpointText('example.org/made-up-log', { size: 700, root: rootOf(edge) });

function setUp(options: { nowMs?: number; opens?: (logIndex: number) => boolean } = {}) {
  const asked: IncidentPackage[] = [{ findingId: findingId(1), requestedBy: 'made-up.chief', requestedAtMs }];
  const log: AuditEvent[] = [];
  const files = madeFiles();
  const { counters, figures } = recordedCounters();
  const eventIds = [3, 255, 699].map(findingId);
  const handler = makeHandler({
    packages: {
      list: async () => asked,
      finish: async (id, made) => {
        const at = asked.findIndex((each) => each.findingId === id);
        const each = asked[at];
        if (each !== undefined) asked[at] = { ...each, made };
      },
    },
    findings: {
      find: async () => madeFinding({ findingId: findingId(1), eventIds, eventTimesMs: [3, 255, 699] }),
    },
    checkpoint: async () => checkpoint,
    opened: async ({ atMs }) => ((options.opens ?? (() => true))(atMs) ? rows[atMs] : undefined),
    subtrees: async () => subtree,
    files,
    onceAudit: { appendOnce: async (event) => void log.push(event) },
    counters,
    now: () => options.nowMs ?? requestedAtMs + minuteMs,
  });
  return { handler, asked, log, files, figures };
}

it('puts each event together with a proof that holds without anybody of the Department [Acct-D]', async () => {
  const { handler, asked, log, files } = setUp();
  await handler();
  const [[name, body] = ['', '']] = files.stored;
  const file = JSON.parse(body);
  expect(file.checkpoint).toBe(checkpoint);
  expect(file.missing).toEqual([]);
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
  const holds = file.events.map(
    (each: { event: string; commitmentKey: string; logIndex: number; inclusion: string[] }) =>
      provesInclusion({
        index: each.logIndex,
        size: 700,
        leaf: leafHash(entryOf(each.event, bytes(each.commitmentKey))),
        path: each.inclusion.map(bytes),
        root: rootOf(edge),
      }),
  );
  expect(holds).toEqual([true, true, true]);
  const sha256 = createHash('sha256').update(body).digest('hex');
  expect(asked).toMatchObject([{ made: { file: name, sha256, events: 3 } }]);
  expect(log).toMatchObject([{ kind: 'incident-packaged', findingId: findingId(1), sha256, logSize: 700 }]);
});

it('waits for events that are not sealed yet, and then says what is missing', async () => {
  const opens = (logIndex: number) => logIndex !== 255;
  const early = setUp({ opens });
  await early.handler();
  expect([early.files.stored.size, early.figures]).toEqual([0, ['IncidentsPackaged 0']]);
  const late = setUp({ opens, nowMs: requestedAtMs + 11 * minuteMs });
  await late.handler();
  const [body = ''] = late.files.stored.values();
  expect(JSON.parse(body).missing).toEqual([findingId(255)]);
});

it('makes a package once', async () => {
  const { handler, files, log } = setUp();
  await handler();
  await handler();
  expect([files.stored.size, log.length]).toEqual([1, 1]);
});

import { join } from 'node:path';
import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import { StoredEvidenceArchive } from '../../../adapters/evidence/evidence-archive';
import { EvidenceDrop } from '../../../adapters/evidence/evidence-drop';
import { StoredEvidence } from '../../../adapters/evidence/evidence-records';
import { StoredReleases } from '../../../adapters/evidence/release-records';
import { AuditedShownReads } from '../../../adapters/evidence/shown-reads';
import { ImagesStore } from '../../../adapters/images/images-store';
import { newEvent } from '../../../core/audit/event';
import { actorOf } from '../../../core/audit/facts';
import { type OperationId, operations } from '../../../core/contract/operations';
import type { Read } from '../../../core/reads/read';
import { sealRead } from '../../../core/reads/sealed-read';
import { type CaptureDay, captureDay, captureHour } from '../../../core/retention/day';
import { makeHandler as makeManageEvidence } from '../../../lambdas/manage-evidence/handler';
import { makeHandler as makeManageReleases } from '../../../lambdas/manage-releases/handler';
import { makeHandler as makeTakeEvidence } from '../../../lambdas/take-evidence/handler';
import { startEvidenceTables, table } from '../../adapters/evidence/made-store';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madeDayKeys } from '../../adapters/made-day-keys';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madeJpeg, madeSigner } from '../../core/evidence/made-evidence';
import { madePerson } from '../../core/people/made-person';
import { madeRead } from '../../core/reads/made-read';
import { startS3 } from '../../local/s3/support';

const configuration = madeConfiguration();
const decide = createDecideAccess({
  policyFolder: join(__dirname, '..', '..', '..', 'policy'),
  configuration,
});

export const people = [
  madePerson({ username: 'made-up.detective', role: 'detective', division: 'criminal-investigations' }),
  madePerson({ username: 'made-up.officer' }),
  madePerson({ username: 'made-up.records', role: 'records-officer', division: 'cid-command', sworn: false }),
  madePerson({ username: 'made-up.chief', role: 'chief', division: 'cid-command' }),
  madePerson({ username: 'made-up.auditor', role: 'auditor', division: 'cid-command', sworn: false }),
];

/** The read that the detective's search showed. */
export const read = madeRead({ capturedAtMs: nowMs - 3_600_000 });
/** Another, of the same camera and hour, that nobody was shown. */
export const beside = madeRead({
  readId: '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a002',
  capturedAtMs: read.capturedAtMs + 1,
});

export function takingOf({ readId, network, cameraId, capturedAtMs }: Read, changes: object = {}) {
  return {
    read: { readId, network, cameraId, capturedAt: new Date(capturedAtMs).toISOString() },
    caseNumber: '2026-0012345',
    purpose: { kind: 'felony' },
    ...changes,
  };
}

/** One call into a part, by its name: fails before or after its effect when `failure` says so. */
export interface Failure {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** The three functions over real tables and buckets, with the reads above sealed under made-up day keys. */
export async function startEvidenceSystem({ takenPerUserAndDay = 2 } = {}) {
  const local = await startEvidenceTables();
  const s3 = await startS3();
  const api = madeApi(people);
  const archiveBucket = await s3.bucket(
    { ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Enabled' } },
    'Archive',
  );
  const dropBucket = await s3.bucket({}, 'Drop');
  const imagesBucket = await s3.bucket({}, 'Images');
  const now = () => api.clock.nowMs;
  const dayKeys = madeDayKeys(now);
  const images = new ImagesStore({ s3: s3.client, bucket: imagesBucket, dayKeys });
  const auditLog = new StoredAuditLog({ dynamo: local.dynamo, table: 'AuditEvents' });
  for (const each of [read, beside])
    for (const image of ['plate', 'vehicle'] as const)
      await images.put({ day: captureDay(each.capturedAtMs), readId: each.readId, image }, madeJpeg(64, 32));

  const [detective] = people;
  if (detective === undefined) throw new Error('nobody is there');
  const show = (readIds: readonly string[], atMs = nowMs) =>
    auditLog.append(
      newEvent(
        { now: () => atMs, newId: api.deps.events.newId },
        {
          kind: 'answered',
          actor: actorOf(detective),
          operation: 'search-reads',
          requestId: '00000000-0000-4000-8000-0000000000aa',
          counts: { reads: readIds.length },
          resultIds: [...readIds],
        },
      ),
    );

  let calls = 0;
  let failure: Failure | undefined;
  /** Counts every call of the parts that write or sign, and fails the one that is asked for. */
  function faulty<Part extends object>(part: Part): Part {
    return new Proxy(part, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]) => {
          const isThis = ++calls === failure?.at;
          if (isThis && failure?.when === 'before') throw new Error('made-up fault');
          const result: unknown = await member.apply(target, given);
          if (isThis) throw new Error('made-up fault');
          return result;
        };
      },
    });
  }

  const records = new StoredEvidence({ dynamo: local.dynamo, table });
  const releases = new StoredReleases({ dynamo: local.dynamo, table });
  const onceAudit = {
    appendOnce: async (event: (typeof api.events)[number]) => {
      if (!api.events.some(({ eventId }) => eventId === event.eventId)) await api.deps.audit.append(event);
    },
  };
  const archive = new StoredEvidenceArchive({
    s3: s3.client,
    bucket: archiveBucket,
    lock: { mode: 'COMPLIANCE', days: 2555 },
    now,
  });
  const take = makeTakeEvidence({
    ...api.deps,
    audit: faulty(api.deps.audit),
    configuration: { ...configuration, evidence: { ...configuration.evidence, takenPerUserAndDay } },
    decide,
    dayKeys,
    reads: {
      byPlace: async (day: CaptureDay, placeKey: Uint8Array) => {
        const key = await dayKeys.forReading(day);
        const rows = [read, beside].filter((each) => captureDay(each.capturedAtMs) === day);
        return rows.flatMap((each) =>
          key &&
          Buffer.from(key.placeKey(each.network, each.cameraId, captureHour(each.capturedAtMs))).equals(
            placeKey,
          )
            ? [sealRead(key, each)]
            : [],
        );
      },
    },
    images,
    shownReads: new AuditedShownReads({ dynamo: local.dynamo, table: 'AuditEvents' }),
    records: faulty(records),
    allowance: records,
    archive: faulty(archive),
    system: faulty(new EvidenceDrop({ s3: s3.client, bucket: dropBucket })),
    signer: faulty(madeSigner),
    onceAudit: faulty(onceAudit),
  });
  const manageEvidence = makeManageEvidence({ ...api.deps, decide, records, archive });
  const manageReleases = makeManageReleases({
    ...api.deps,
    decide,
    configuration,
    records,
    releases,
    onceAudit,
  });

  const handlers = {
    'take-evidence': take,
    'list-evidence': manageEvidence,
    'show-evidence': manageEvidence,
    'request-release': manageReleases,
    'decide-release': manageReleases,
    'list-releases': manageReleases,
  } as const satisfies Partial<Record<OperationId, unknown>>;

  return {
    ...api,
    show,
    records,
    archived: () => s3.s3.dump(archiveBucket),
    dropped: () => s3.s3.dump(dropBucket).map(({ key }) => key),
    /** Lets the n-th call of the next taking fail; counts from here. */
    fail: (next: Failure | undefined) => {
      calls = 0;
      failure = next;
    },
    calls: () => calls,
    call: async (
      operation: keyof typeof handlers,
      username: string,
      facts: Parameters<typeof madeCall>[0] = {},
    ): Promise<{ status: number; body: Record<string, unknown> }> => {
      const { method, path } = operations[operation];
      const atS = api.clock.nowMs / 1000;
      const claims = { origin_jti: `${username} ${atS}`, auth_time: String(atS - 60) };
      const event = { ...madeCall({ username, claims, ...facts }), httpMethod: method, resource: path };
      const reply = await handlers[operation](event, madeContext());
      return { status: reply.statusCode, body: JSON.parse(reply.body) };
    },
    stop: async () => {
      await s3.stop();
      await local.stop();
    },
  };
}

export type EvidenceSystem = Awaited<ReturnType<typeof startEvidenceSystem>>;

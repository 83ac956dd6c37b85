import { randomUUID } from 'node:crypto';
import { parsePlate } from '../../core/plate/plate';
import { encodeEnvelope, signEnvelope } from '../../core/reads/envelope';
import type { CapturedRead } from '../../core/reads/read';
import type { EdgeCamera } from '../../edge/frame';
import { createKinesisSender } from '../../edge/kinesis-sender';
import type { LocalSystem } from '../../local/system';
import { type DayCamera, removeCameras } from './cameras';
import { clientsFor, output } from './clients';
import { enrolUnapproved } from './enrolment';
import { textOf } from './items';
import { physicalName } from './resources';
import type { Staff } from './staff';

export interface Impostors {
  /** How many reads were quarantined for each reason. */
  readonly quarantined: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

const expected = ['forged-signature', 'moved', 'no-approved-site'];

/** Three reads that must not be believed: a forged signature, a camera that was moved, a site nobody approved. */
export async function sendImpostors(system: LocalSystem, staff: Staff, smart: DayCamera): Promise<Impostors> {
  const before = await reasons(system);
  const unapproved = await enrolUnapproved(system, staff);
  const farAway: EdgeCamera = { ...smart.edge, position: { latitude: 40.3, longitude: -88.9 } };
  const envelopes = [
    envelopeOf(system, smart.edge, unapproved),
    envelopeOf(system, farAway, smart),
    envelopeOf(system, unapproved.edge, unapproved),
  ];
  const { kinesis } = clientsFor(system, unapproved.credentials);
  await createKinesisSender({ client: kinesis, streamName: output(system, 'CameraReadsStream') })(envelopes);
  await system.idle();
  await removeCameras([unapproved]);

  const after = await reasons(system);
  const quarantined: Record<string, number> = {};
  for (const reason of expected) quarantined[reason] = (after.get(reason) ?? 0) - (before.get(reason) ?? 0);
  return {
    quarantined,
    faults: expected
      .filter((reason) => quarantined[reason] !== 1)
      .map((reason) => `one read should be quarantined as ${reason}, not ${quarantined[reason]}`),
  };
}

/** What `claims` would say, signed by `signer`. */
export function envelopeOf(
  system: LocalSystem,
  claims: EdgeCamera,
  signer: DayCamera,
  plateText = 'TEST999',
): Uint8Array {
  const plate = parsePlate(plateText);
  if (plate === undefined) throw new Error('the plate of the impostors cannot be used');
  const capturedAtMs = system.clock.now() - 1000;
  const captured: CapturedRead = {
    read: {
      readId: randomUUID(),
      ...claims,
      capturedAtMs,
      plate,
      candidates: [],
      confidence: 0.9,
      box: { x: 10, y: 10, width: 120, height: 60 },
    },
    images: {},
  };
  const content = { cameraId: claims.cameraId, sentAtMs: system.clock.now(), reads: [captured] };
  return encodeEnvelope(signEnvelope(content, signer.privateKey));
}

async function reasons(system: LocalSystem): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const item of await system.services.dynamodb.dump(physicalName(system, 'Quarantine'))) {
    const reason = textOf(item, 'reason') ?? '';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return counts;
}

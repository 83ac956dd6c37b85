import { type AdmissionFacts, admit, cameraRefusal } from '../../../core/reads/admit';
import type { CameraRecord } from '../../../core/reads/camera';
import type { Read } from '../../../core/reads/read';
import { madePlate } from '../plate/made-plate';
import { limits, madeCamera, madeRead } from './made-read';

const nowMs = Date.parse('2026-11-02T12:00:05Z');
const at = (time: string) => Date.parse(time);

interface Row {
  readonly title: string;
  readonly read?: Partial<Read>;
  readonly camera?: Partial<CameraRecord>;
  readonly facts?: Partial<AdmissionFacts>;
  readonly reason?: string;
  readonly clause?: string;
}

const { site: approvedSite, ...withoutSite } = madeCamera();
const metresNorth = (metres: number) => ({ latitude: 40 + metres / 111_195.08, longitude: -89 });

const table: readonly Row[] = [
  { title: 'admits a signed read of a fixed camera at its site' },
  {
    title: 'admits a read that detect-plates made, which no camera signs',
    facts: { source: 'detected', signatureValid: false },
  },
  {
    title: 'quarantines a camera that is not enrolled [Policy-D]',
    facts: { camera: undefined },
    reason: 'unknown-camera',
    clause: 'Policy-D',
  },
  {
    title: 'quarantines a read that is held against another camera’s record [Policy-D]',
    camera: { cameraId: 'fixed-2' },
    reason: 'unknown-camera',
    clause: 'Policy-D',
  },
  {
    title: 'quarantines a retired camera [Policy-D]',
    camera: { status: 'retired' },
    reason: 'retired-camera',
    clause: 'Policy-D',
  },
  {
    title: 'quarantines what another device signed [Acct-D]',
    facts: { signatureValid: false },
    reason: 'forged-signature',
    clause: 'Acct-D',
  },
  {
    title: 'quarantines a read that names another network than its camera’s [Storage-C]',
    read: { network: 'normal' },
    reason: 'wrong-network',
    clause: 'Storage-C',
  },
  {
    title: 'quarantines a read of a network that no agreement opens [Storage-E]',
    camera: { isNetworkClosed: true },
    reason: 'agreement-ended',
    clause: 'Storage-E',
  },
  { title: 'admits a read that is compared with no hot list', camera: { isUnmatched: true } },
  { title: 'admits a partial read [Def]', read: { plate: madePlate('??ST') } },
  {
    title: 'quarantines a plate of which one character was read [Def]',
    read: { plate: madePlate('?T?') },
    reason: 'plate-unusable',
    clause: 'Def',
  },
  { title: 'admits a clock five minutes ahead', read: { capturedAtMs: at('2026-11-02T12:05:05.000Z') } },
  {
    title: 'quarantines a clock further ahead [Storage-A]',
    read: { capturedAtMs: at('2026-11-02T12:05:05.001Z') },
    reason: 'captured-in-future',
    clause: 'Storage-A',
  },
  {
    title: 'admits a late read whose last copy in transit is gone before its day is [Storage-A]',
    read: { capturedAtMs: at('2026-10-11T23:59:59Z') },
    facts: { nowMs: at('2026-11-01T22:00:00.000Z') },
  },
  {
    title: 'quarantines a late read whose copies in transit could outlive its day [Storage-A]',
    read: { capturedAtMs: at('2026-10-11T23:59:59Z') },
    facts: { nowMs: at('2026-11-01T22:00:00.001Z') },
    reason: 'too-old',
    clause: 'Storage-A',
  },
  {
    title: 'quarantines a fixed camera without an approved site [Policy-E]',
    facts: { camera: withoutSite },
    reason: 'no-approved-site',
    clause: 'Policy-E',
  },
  {
    title: 'quarantines a read captured before the site was approved [Policy-E]',
    ...(approvedSite === undefined
      ? {}
      : { camera: { site: { ...approvedSite, approvedAtMs: at('2026-11-02T12:00:00.001Z') } } }),
    reason: 'no-approved-site',
    clause: 'Policy-E',
  },
  { title: 'admits a position within the radius of the site', read: { position: metresNorth(49.9) } },
  {
    title: 'quarantines a fixed camera that reports from elsewhere [Policy-E]',
    read: { position: metresNorth(50.1) },
    reason: 'moved',
    clause: 'Policy-E',
  },
  {
    title: 'admits a mobile camera anywhere',
    read: { position: { latitude: 41, longitude: -88 } },
    facts: { camera: { ...withoutSite, kind: 'mobile' } },
  },
  {
    title: 'admits a partner’s camera anywhere, by the partners’ stream',
    read: { position: { latitude: 41, longitude: -88 } },
    facts: { source: 'partner', camera: { ...withoutSite, kind: 'partner' } },
  },
  {
    title: 'quarantines what a partner’s feed did not sign [Acct-D]',
    facts: { source: 'partner', camera: { ...withoutSite, kind: 'partner' }, signatureValid: false },
    reason: 'forged-signature',
    clause: 'Acct-D',
  },
  {
    title: 'quarantines a partner’s read on the stream of our cameras [Storage-C]',
    facts: { camera: { ...withoutSite, kind: 'partner' } },
    reason: 'wrong-stream',
    clause: 'Storage-C',
  },
  {
    title: 'quarantines a frame of ours that is a partner’s [Storage-C]',
    facts: { source: 'detected', camera: { ...withoutSite, kind: 'partner' } },
    reason: 'wrong-stream',
    clause: 'Storage-C',
  },
  {
    title: 'quarantines a read of our own camera on the stream of the partners [Storage-C]',
    facts: { source: 'partner' },
    reason: 'wrong-stream',
    clause: 'Storage-C',
  },
  {
    title: 'says first who sent it: a forged read of a moved camera is forged',
    read: { position: { latitude: 41, longitude: -88 } },
    facts: { signatureValid: false },
    reason: 'forged-signature',
    clause: 'Acct-D',
  },
];

describe('admission', () => {
  it.each(table)('$title', ({ read, camera, facts, reason, clause }) => {
    const admission = admit(madeRead(read), {
      source: 'camera',
      camera: madeCamera(camera),
      signatureValid: true,
      nowMs,
      limits,
      ...facts,
    });
    expect(admission).toEqual(
      reason === undefined ? { kind: 'admitted' } : { kind: 'quarantined', reason, clause },
    );
  });

  it('says of a camera alone whether its frames are looked at', () => {
    expect(cameraRefusal(undefined)).toBe('unknown-camera');
    expect(cameraRefusal(madeCamera({ status: 'retired' }))).toBe('retired-camera');
    expect(cameraRefusal(madeCamera())).toBeUndefined();
  });
});

import { AgreedCameras } from '../../../adapters/sharing/agreed-cameras';
import { admitBatch } from '../../../adapters/streams/read-stream';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import { asInTheFile, type SharingNow } from '../../../core/sharing/sharing-now';
import { makeHandler } from '../../../lambdas/match-reads/handler';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madeRead } from '../../core/reads/made-read';
import { kinesisEvent, limits, madeDevice } from './made-feed';

const configuration = madeConfiguration();
const nowMs = Date.parse('2026-11-24T12:00:00Z');
const own = madeDevice({ cameraId: 'own-1', network: 'bloomington', kind: 'mobile' });
const normal = madeDevice({ cameraId: 'normal-feed', network: 'normal', kind: 'partner' });
const peoria = madeDevice({ cameraId: 'peoria-feed', network: 'peoria', kind: 'partner' });

const registered = new Map([own, normal, peoria].map(({ camera }) => [camera.cameraId, camera]));

const peoriaAgreed: SharingNow = {
  revision: 1,
  agencies: [],
  agreements: [
    {
      agreementId: '00000000-0000-4000-8000-0000000000a1',
      agencyId: 'peoria-pd',
      kind: 'standing',
      opensToUs: ['peoria'],
      searchesOurs: [],
      matchesHotLists: false,
      endsAtMs: nowMs + 1000,
    },
  ],
  ended: ['peoria-pd'],
};

it('takes in a partner’s reads while the agreement opens its network, and none after its end [Storage-E]', async () => {
  expect(await decided(asInTheFile)).toEqual(['own-1', 'normal-feed', 'peoria-feed: agreement-ended']);
  expect(await decided(peoriaAgreed)).toEqual(['own-1', 'normal-feed', 'peoria-feed']);
  expect(await decided(peoriaAgreed, nowMs + 1000)).toEqual([
    'own-1',
    'normal-feed',
    'peoria-feed: agreement-ended',
  ]);
  const revoked = { ...asInTheFile, revision: 1, ended: ['normal-pd'] };
  expect(await decided(revoked)).toEqual([
    'own-1',
    'normal-feed: agreement-ended',
    'peoria-feed: agreement-ended',
  ]);
});

it('takes in no partner’s read under another network’s name, agreed or not [Storage-C]', async () => {
  const asNormal = { ...peoria, edge: { ...peoria.edge, network: 'normal' } };
  expect(await decided(peoriaAgreed, nowMs, [asNormal])).toEqual(['peoria-feed: wrong-network']);
});

it('takes in nothing of a partner but from the partners’ stream, and nothing of ours from it [Storage-C]', async () => {
  const crossed = [
    { ...own, stream: 'Partners' },
    { ...normal, stream: 'Cameras' },
    { ...normal, stream: 'Detected-other' },
  ];
  expect(await decided(asInTheFile, nowMs, crossed)).toEqual([
    'own-1: wrong-stream',
    'normal-feed: wrong-stream',
    'normal-feed: wrong-stream',
  ]);
});

it('believes no read of ours by a partner’s key, nor of another partner’s, whatever it claims [Storage-C, Acct-D]', async () => {
  const stream = 'Partners';
  const asOwn = { ...normal, edge: own.edge, stream };
  const asPeoria = { ...normal, edge: peoria.edge, stream };
  const ownNetwork = { ...normal, edge: { ...normal.edge, network: 'bloomington' }, stream };
  expect(await decided(peoriaAgreed, nowMs, [asOwn, asPeoria, ownNetwork])).toEqual([
    'own-1: forged-signature',
    'peoria-feed: forged-signature',
    'normal-feed: wrong-network',
  ]);
});

it('takes in no read of a registry row that puts a partner on our network, or a camera of ours on another’s [Storage-C]', async () => {
  const planted = madeDevice({ cameraId: 'planted-feed', network: 'bloomington', kind: 'partner' });
  const astray = madeDevice({ cameraId: 'astray-car', network: 'normal', kind: 'mobile' });
  expect(await decided(asInTheFile, nowMs, [planted, astray])).toEqual([
    'planted-feed: agreement-ended',
    'astray-car: agreement-ended',
  ]);
});

it('compares a partner’s reads with the hot lists only where the agreement says so [Storage-E]', async () => {
  const compared: string[] = [];
  const handler = makeHandler({
    admitBatch: (event) => admitBatch(event, optionsOf(peoriaAgreed, nowMs)),
    lists: {
      refresh: async () => true,
      confirmedHits: async ({ network }) => {
        compared.push(network);
        return [];
      },
    },
    sightings: { record: async () => 'raised' },
    log: { warn: () => undefined },
  });
  await handler(kinesisEvent([own, normal, peoria].map(recordOf)));
  expect(compared).toEqual(['bloomington', 'normal']);
});

it('takes in nothing of a partner while it is not known what was agreed, and asks only where a partner sends', async () => {
  const down = async (): Promise<SharingNow> => Promise.reject(new Error('down'));
  const options = { ...optionsOf(asInTheFile, nowMs), cameras: agreed(down, nowMs) };
  await expect(admitBatch(kinesisEvent([recordOf(normal)]), options)).rejects.toThrow('down');
  expect(await admitBatch(kinesisEvent([recordOf(own)]), options)).toHaveLength(1);
});

type Feed = ReturnType<typeof madeDevice>;

async function decided(sharing: SharingNow, atMs = nowMs, feeds: readonly Feed[] = [own, normal, peoria]) {
  for (const { camera } of feeds) registered.set(camera.cameraId, registered.get(camera.cameraId) ?? camera);
  const batch = await admitBatch(kinesisEvent(feeds.map(recordOf)), optionsOf(sharing, atMs));
  return batch.map(({ outcome }) => {
    if (outcome.kind === 'undecodable') return outcome.kind;
    const [refused] = outcome.refused;
    return refused === undefined ? outcome.cameraId : `${outcome.cameraId}: ${refused.reason}`;
  });
}

function optionsOf(sharing: SharingNow, atMs: number) {
  const cameras = agreed(async () => sharing, atMs);
  return {
    cameras,
    detectedReadsStream: 'Detected',
    partnerReadsStream: 'Partners',
    limits,
    now: () => atMs,
  };
}

function agreed(sharing: () => Promise<SharingNow>, atMs: number): AgreedCameras {
  const cameras = {
    find: async (ids: Iterable<string>) =>
      new Map([...registered].filter(([cameraId]) => [...ids].includes(cameraId))),
  };
  return new AgreedCameras({ cameras, sharing, configuration, now: () => atMs });
}

/** On the stream of its kind, or on another where it is said. */
function recordOf(feed: Feed & { readonly stream?: string }) {
  const stream = feed.stream ?? (feed.camera.kind === 'partner' ? 'Partners' : 'Cameras');
  return { stream, bytes: envelopeOf(feed) };
}

function envelopeOf({ edge, privateKey }: Feed): Uint8Array {
  const read = madeRead({ ...edge, capturedAtMs: nowMs - 1000 });
  const { cameraId } = edge;
  const content = { cameraId, sentAtMs: nowMs, reads: [{ read, images: {} }] };
  return encodeEnvelope(signEnvelope(content, privateKey));
}

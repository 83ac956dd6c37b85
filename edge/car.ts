import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { z } from 'zod';
import { passLimits } from '../reader/fusion/passes';
import { createOnnxReader } from '../reader/onnx/onnx-reader';
import { runAgent } from './agent';
import { type CarSettings, carSettings } from './car-settings';
import { deviceCredentials } from './credentials';
import { createDelivery } from './delivery';
import { loadDeviceKey } from './device-key';
import { framesArriving } from './frames/arriving';
import { createKinesisSender } from './kinesis-sender';
import { positionFrom } from './position';
import { openSpool } from './spool';

const usage = `The Platekeeper agent of a car: reads the plates of each photo as it comes and sends them signed, with the
car's position, until it is told to stop. platekeeper-agent.service starts it with the car's computer.

  car SETTINGS
      SETTINGS: a JSON file (docs/formats/car-agent.md).

Exit status: 0 told to stop, 1 failed, 2 a mistake in the settings.`;

const clock = () => Date.now();

async function drive(settings: CarSettings, signal: AbortSignal): Promise<void> {
  const { camera, network, region, stream } = settings;
  const privateKey = await loadDeviceKey(settings.key);
  const credentials = deviceCredentials({
    cameraId: camera,
    certificate: await readFile(settings.certificate, 'utf8'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    endpoint: settings.endpoint,
    roleAlias: settings.roleAlias,
    ...(settings.authority === undefined ? {} : { authority: await readFile(settings.authority, 'utf8') }),
  });
  const send = createKinesisSender({
    client: new KinesisClient({ region, credentials }),
    streamName: stream,
  });
  const spool = await openSpool({ folder: settings.spool, clock, newId: randomUUID });
  const counts = await runAgent({
    // Each frame brings its own position; none goes without.
    camera: { cameraId: camera, network, position: { latitude: 0, longitude: 0 } },
    frames: framesArriving({
      folder: settings.frames,
      position: positionFrom(settings.position, clock),
      signal,
      onPassedOver: () => console.log(JSON.stringify({ kind: 'no-position' })),
    }),
    reader: await createOnnxReader({ threads: 1 }),
    passes: passLimits,
    deliver: createDelivery({ send, spool, clock }),
    privateKey,
    clock,
    newId: randomUUID,
  });
  console.log(JSON.stringify(counts));
}

async function main(argv: readonly string[]): Promise<number> {
  const [file, ...rest] = argv;
  if (file === undefined || rest.length > 0 || file === '--help') {
    console.log(usage);
    return file === '--help' ? 0 : 2;
  }
  const settings = carSettings.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!settings.success) {
    console.error(z.prettifyError(settings.error));
    return 2;
  }
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  await drive(settings.data, stop.signal);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : 'the agent failed');
    process.exitCode = 1;
  },
);

import { randomUUID } from 'node:crypto';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { S3Client } from '@aws-sdk/client-s3';
import { passLimits } from '../reader/fusion/passes';
import { createOnnxReader } from '../reader/onnx/onnx-reader';
import { runAgent } from './agent';
import { type Command, parseArguments, usage } from './arguments';
import { createDelivery } from './delivery';
import { generateDeviceKey, loadDeviceKey } from './device-key';
import { createFrameUploader } from './frame-uploader';
import { framesOfFolder } from './frames/folder';
import { createKinesisSender } from './kinesis-sender';
import { openSpool } from './spool';
import { withCredentials } from './video/rtsp/address';
import { streamLive } from './video/stream-live';
import { streamVideoFile } from './video/stream-video';

const clock = () => Date.now();
const newId = () => randomUUID();

async function run(command: Command): Promise<void> {
  switch (command.command) {
    case 'key':
      process.stdout.write(await generateDeviceKey(command.key));
      return;
    case 'read':
      return readPhotos(command);
    case 'upload':
      return uploadPhotos(command);
    case 'stream':
      return streamVideo(command);
    default:
      command satisfies never;
  }
}

async function readPhotos(command: Extract<Command, { command: 'read' }>): Promise<void> {
  const { folder, camera, network, latitude, longitude } = command;
  const privateKey = await loadDeviceKey(command.key);
  const send = createKinesisSender({ client: new KinesisClient(), streamName: command.stream });
  const spool = await openSpool({ folder: command.spool, clock, newId });
  const counts = await runAgent({
    camera: { cameraId: camera, network, position: { latitude, longitude } },
    frames: framesOfFolder({ folder, clock }),
    reader: await createOnnxReader({ threads: 1 }),
    ...(command.fuse === true && { passes: passLimits }),
    deliver: createDelivery({ send, spool, clock }),
    privateKey,
    clock,
    newId,
    onPhoto: (photo) => console.log(JSON.stringify(photo)),
  });
  console.log(JSON.stringify(counts));
}

async function uploadPhotos({
  folder,
  camera,
  bucket,
}: Extract<Command, { command: 'upload' }>): Promise<void> {
  const upload = createFrameUploader({ client: new S3Client(), bucket, cameraId: camera, newId });
  let photos = 0;
  for await (const frame of framesOfFolder({ folder, clock })) {
    await upload(frame);
    photos++;
  }
  console.log(JSON.stringify({ photos }));
}

async function streamVideo({ video, stream }: Extract<Command, { command: 'stream' }>): Promise<void> {
  const target = { client: new KinesisVideoClient(), streamName: stream, clock };
  if (video.kind === 'file') {
    console.log(JSON.stringify(await streamVideoFile({ ...target, path: video.path })));
    return;
  }
  const { CAMERA_USERNAME: username, CAMERA_PASSWORD: password = '' } = process.env;
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  const counts = await streamLive({
    ...target,
    camera: username === undefined ? video.camera : withCredentials(video.camera, { username, password }),
    signal: stop.signal,
    onEvent: (event) => console.log(JSON.stringify(event)),
  });
  console.log(JSON.stringify(counts));
}

async function main(): Promise<void> {
  const parsed = parseArguments(process.argv.slice(2));
  if (parsed.kind === 'run') return run(parsed.command);
  if (parsed.kind === 'help') {
    console.log(usage);
    return;
  }
  console.error([...parsed.problems, '', usage].join('\n'));
  process.exitCode = 2;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : 'the agent failed');
  process.exitCode = 1;
});

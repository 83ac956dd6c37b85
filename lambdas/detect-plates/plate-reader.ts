import { RekognitionClient } from '@aws-sdk/client-rekognition';
import type { Configuration } from '../../core/contract/configuration';
import type { PlateReader } from '../../core/reads/reader';
import { detectTextBy } from '../../reader/rekognition/detect-text';
import { createRekognitionReader } from '../../reader/rekognition/rekognition-reader';

/**
 * A batch is five frames of at most four calls: all of them this slow still end within the function's 60 seconds. While
 * the service is out, each frame fails with its first call and comes back by the queue.
 */
const callLimits = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
} as const;

/**
 * The plate reader that the configuration names. The networks and their runtime are loaded only where they read: a
 * function that uses the service starts without them.
 */
export async function plateReader(
  { reader, aiServicesOptOut }: Pick<Configuration, 'reader' | 'aiServicesOptOut'>,
  modelFolder: string,
): Promise<PlateReader> {
  if (reader === 'onnx') {
    const { createOnnxReader } = await import('../../reader/onnx/onnx-reader');
    return createOnnxReader({ modelFolder });
  }
  if (!aiServicesOptOut) throw new Error('frames go to Rekognition only with the AI services opt-out');
  return createRekognitionReader({ detectText: detectTextBy(new RekognitionClient(callLimits)) });
}

import { join } from 'node:path';
import { installedModelFolder, modelFiles } from '../../reader/onnx/model-files';
import type { BundleParts } from './bundle-function';

/** What the plate reader needs beside the code: its weights and the native runtimes. */
export function readerParts(): Pick<BundleParts, 'nativePackages' | 'models'> {
  return {
    nativePackages: ['onnxruntime-node', 'sharp'],
    models: Object.values(modelFiles).map((file) => join(installedModelFolder(), file)),
  };
}

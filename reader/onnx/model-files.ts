import { join } from 'node:path';

/** The networks that the reader loads (`reader/models/model-card.md`); a bundle carries exactly these beside it. */
export const modelFiles = {
  detector: 'plate-detector.onnx',
  recogniser: 'plate-recogniser.onnx',
} as const;

/** Where the sources keep them. */
export const installedModelFolder = (): string => join(__dirname, '..', 'models');

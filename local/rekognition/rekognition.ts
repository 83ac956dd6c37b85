import type { Authorize, Caller, CredentialSource } from '../aws/caller';
import { type Listening, listen } from '../aws/http';
import { jsonProtocol } from '../aws/json-protocol';
import type { Clock } from '../clock';
import { textDetections } from './answer';
import { pictureOf } from './input';
import { loadOcr, type ReadText } from './ocr/ocr';
import { decodeUpright } from './ocr/pixels';

export interface RekognitionOptions {
  readonly clock: Clock;
  readonly authorize: Authorize;
  readonly credentials: CredentialSource;
}

/**
 * Rekognition's `DetectText` over a real network, in the service's own shape. Nothing of a picture is kept. The networks
 * load with the first picture, so that a system that never asks pays nothing.
 */
export class Rekognition {
  private ocr: Promise<ReadText> | undefined;

  constructor(private readonly options: RekognitionOptions) {}

  listen(): Promise<Listening> {
    const { credentials, clock } = this.options;
    const operations = {
      DetectText: (input: Record<string, unknown>, caller: Caller) => this.detectText(input, caller),
    };
    return listen(jsonProtocol({ service: 'rekognition', version: '1.1', operations, credentials, clock }));
  }

  /** The action knows no resources: only `*` grants it. */
  private async detectText(input: Record<string, unknown>, caller: Caller): Promise<unknown> {
    this.options.authorize({ caller, action: 'rekognition:DetectText', resource: '*' });
    const pixels = await decodeUpright(pictureOf(input));
    this.ocr ??= loadOcr();
    const read = await this.ocr;
    return { TextDetections: textDetections(await read(pixels), pixels), TextModelVersion: '3.0' };
  }
}

import type { Configuration } from '../../core/contract/configuration';
import { acknowledge } from '../acknowledge';
import type { BundleParts } from '../bundling/bundle-function';
import { readerParts } from '../bundling/reader-parts';
import type { ProductFunction } from './product-function';

/**
 * What a function that reads plates carries beside its code. With the managed reader it needs no weights; the networks'
 * runtime stays, never loaded, because the bundler can leave a package out only by carrying it.
 */
export function plateReadingParts({
  reader,
}: Pick<Configuration, 'reader'>): Pick<BundleParts, 'nativePackages' | 'models'> {
  const { models, ...runtime } = readerParts();
  return reader === 'onnx' ? { models, ...runtime } : runtime;
}

/** Lets the function ask the managed reader, where the configuration names it (which needs the AI opt-out). */
export function grantPlateReading(to: ProductFunction, { reader }: Pick<Configuration, 'reader'>): void {
  if (reader !== 'rekognition') return;
  to.allow('rekognition:DetectText', '*');
  acknowledge(to.role, {
    'AwsSolutions-IAM5[Resource::*]': 'DetectText acts on the picture it is sent and knows no resources.',
  });
}

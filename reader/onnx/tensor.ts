import { Tensor } from 'onnxruntime-node';
import type { Pixels } from '../image/decode';

/** Images of one size as a planar tensor of shape [n, 3, height, width], red first, 0 to 255. */
export function imageTensor(images: readonly Pixels[]): Tensor {
  const { width = 0, height = 0 } = images[0] ?? {};
  const area = width * height;
  const data = new Float32Array(images.length * 3 * area);
  images.forEach(({ rgb }, image) => {
    const red = image * 3 * area;
    for (let pixel = 0, from = 0; pixel < area; pixel++, from += 3) {
      data[red + pixel] = rgb[from] ?? 0;
      data[red + area + pixel] = rgb[from + 1] ?? 0;
      data[red + 2 * area + pixel] = rgb[from + 2] ?? 0;
    }
  });
  return new Tensor('float32', data, [images.length, 3, height, width]);
}

/** The numbers of an output; a model file without it is another model. */
export function numbersOf(outputs: Readonly<Record<string, { data: unknown } | undefined>>, name: string) {
  const data = outputs[name]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`the network has no output named ${name}`);
  return data;
}

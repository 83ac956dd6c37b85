import { type Plate, parsePlate } from '../core/plate/plate';

/** Letters (A) and digits (9) as plates of American states have them. */
const shapes = ['AA99999', '9999999', 'AAA9999', 'AA999AA', '9AA9999', 'AAA999'];
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Made-up plates, the same in each run of a seed (Marsaglia's xorshift). */
export class MadePlates {
  constructor(private state: number) {}

  next(): Plate {
    const shape = shapes[this.below(shapes.length)] ?? '';
    // Through bytes, as a parser makes them: a string put together of pieces is slower to read.
    const text = Buffer.from([...shape].map((each) => this.#character(each)).join('')).toString('latin1');
    const plate = parsePlate(text);
    if (plate === undefined) throw new Error('made no plate');
    return plate;
  }

  below(bound: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % bound;
  }

  #character(of: string): string {
    return of === 'A' ? (letters[this.below(26)] ?? '') : String(this.below(10));
  }
}

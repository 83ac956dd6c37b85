/**
 * A way of reading a shape's positions as one number, most significant first. Numbers of one order sort as the plates
 * do when read in that order.
 */
export interface Order {
  /** Positions of the plate, as they are read. */
  readonly positions: readonly number[];
  /** Of each place in the order: how many characters it may have, and what one step of it is worth. */
  readonly radices: readonly number[];
  readonly weights: readonly number[];
}

/** Plates of one length whose positions may have the same characters. */
export interface Shape {
  readonly length: number;
  /** Bit `i` is set where position `i` is a letter; `undefined`: any character anywhere, unread ones too. */
  readonly letters: number | undefined;
  /** The characters of each position, in the order of their values. */
  readonly characters: readonly string[];
  /** Forward, backward, and from the middle on: so that any three neighbours begin one of them, or nearly. */
  readonly orders: readonly Order[];
}

const digits = '0123456789';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** In order of their codes but for the unread character, whose value is thereby 0. */
const any = `?${digits}${alphabet}`;
const numbersMax = 2 ** 32;
const codeOfLetter = 65;
const shapes = new Map<number, Shape | undefined>();
const wideShapes = new Map<number, Shape>();

/** The shape of a completely read plate, or `undefined`: it has unread characters or more plates than 32 bits name. */
export function shapeOfPlate(plate: string): Shape | undefined {
  let letters = 0;
  for (let at = 0; at < plate.length; at++) {
    const code = plate.charCodeAt(at);
    if (code >= codeOfLetter) letters |= 1 << at;
    else if (plate[at] === '?') return undefined;
  }
  return shapeOf(plate.length, letters);
}

/** `undefined` for a shape with more plates than a number of 32 bits can name, such as seven letters. */
export function shapeOf(length: number, letters: number): Shape | undefined {
  const name = (length << 10) | letters;
  if (shapes.has(name)) return shapes.get(name);
  const characters = Array.from({ length }, (_, position) => ((letters >> position) & 1 ? alphabet : digits));
  const plates = characters.reduce((product, each) => product * each.length, 1);
  const shape = plates > numbersMax ? undefined : makeShape(letters, characters);
  shapes.set(name, shape);
  return shape;
}

/** Every plate of a length, with unread characters or without; numbers of up to 53 bits. */
export function wideShapeOf(length: number): Shape {
  const known = wideShapes.get(length);
  if (known !== undefined) return known;
  const shape = makeShape(
    undefined,
    Array.from({ length }, () => any),
  );
  wideShapes.set(length, shape);
  return shape;
}

/**
 * The values at a position that a known character may stand for: its own, and that of the unread one where the shape
 * has it. None where the shape has no such character.
 */
export function valuesAt(shape: Shape, position: number, character: string): readonly number[] {
  const value = shape.characters[position]?.indexOf(character) ?? -1;
  if (value < 0) return [];
  return shape.letters === undefined ? [0, value] : [value];
}

/** The number of a plate of this shape in an order. */
export function numberOf({ characters }: Shape, order: Order, plate: string): number {
  let number = 0;
  for (let place = 0; place < order.positions.length; place++) {
    const position = order.positions[place] ?? 0;
    const value = characters[position]?.indexOf(plate[position] ?? '') ?? 0;
    number += value * (order.weights[place] ?? 0);
  }
  return number;
}

/** The plate of a number; of any whole number, a plate of this shape. */
export function textOf({ characters }: Shape, order: Order, number: number): string {
  const { positions, radices } = order;
  const codes = new Array<number>(positions.length).fill(0);
  let rest = number;
  for (let place = positions.length - 1; place >= 0; place--) {
    const radix = radices[place] ?? 1;
    const position = positions[place] ?? 0;
    const above = Math.floor(rest / radix);
    codes[position] = characters[position]?.charCodeAt(rest - above * radix) ?? 0;
    rest = above;
  }
  return String.fromCharCode.apply(undefined, codes);
}

/** The middle of a short plate is its beginning. */
export function ordersOf(length: number): number {
  return length < 5 ? 2 : 3;
}

function makeShape(letters: number | undefined, characters: readonly string[]): Shape {
  const { length } = characters;
  const forward = [...characters.keys()];
  const middle = Math.max(0, Math.floor((length - 3) / 2));
  const readings = [forward, forward.toReversed(), [...forward.slice(middle), ...forward.slice(0, middle)]];
  return {
    length,
    letters,
    characters,
    orders: readings.slice(0, ordersOf(length)).map((positions) => orderOf(positions, characters)),
  };
}

function orderOf(positions: readonly number[], characters: readonly string[]): Order {
  const radices = positions.map((position) => characters[position]?.length ?? 1);
  const weights = radices.map((_, place) =>
    radices.slice(place + 1).reduce((product, radix) => product * radix, 1),
  );
  return { positions, radices, weights };
}

/**
 * How probable a text's shape is on a United States plate, before looking: 1 for the serial formats that most plates
 * carry, less for rarer ones, little for a shape that no state issues in series (personal plates). Letters and digits
 * as L and D, as published by the states. Only a ratio: it settles look-alikes (0 and O, 1 and I, 5 and S) and never
 * outweighs a clear picture.
 */
export function formatWeight(text: string): number {
  const shape = shapeOf(text);
  if (common.has(shape)) return 1;
  if (rare.has(shape)) return 0.3;
  return text.length >= 4 ? 0.02 : 0.002;
}

export const shapeOf = (text: string): string => text.replace(/[A-Z]/g, 'L').replace(/[0-9]/g, 'D');

const shapes = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

const common = shapes(`
  LLLDDD DDDLLL LLLDDDD DLLLDDD LLDLDL LDDLLL LLLDDL DLLLDD LDDDDDD LDDDDD LLDDDDD LLDDDD
`);

const rare = shapes(`
  LLLLDD DDDDLL DLLDDDD DLLDDD DDDLLD LLDLDDD LDDDDL LDDDLL LDLDDD DLDDDDD DDDDDLD DDDDDDD DDDDDD LLDDD DDLDDD
  LLLDLL DDDLLLD LLLLDDD DDLLDDD DDLLDD DDLDDDD DLDDDD LDDLDD DDDDDL DDDDDLL LDDDD DDDDD DDDDL LLDDLL DLLLLD LLLDD
`);

import type { reliability } from './intervals';

const side = 320;
const edge = 44;

/** A reliability diagram (SVG): how often reads were right, against how sure the reader was; a dot's size is its count. */
export function reliabilityChart({ bins, errorPercent, brier }: ReturnType<typeof reliability>): string {
  const x = (share: number) => edge + share * side;
  const y = (share: number) => edge + (1 - share) * side;
  const most = bins.reduce((all, { count }) => Math.max(all, count), 1);
  const dots = bins.map(
    ({ confidence, right, count }) =>
      `<circle cx="${x(confidence).toFixed(1)}" cy="${y(right).toFixed(1)}" r="${(3 + 9 * Math.sqrt(count / most)).toFixed(1)}" fill="#1a5fb4" fill-opacity="0.75"><title>${count} reads</title></circle>`,
  );
  const ticks = [0, 0.5, 1].flatMap((share) => [
    `<text x="${x(share)}" y="${y(0) + 18}" text-anchor="middle">${share}</text>`,
    `<text x="${x(0) - 8}" y="${y(share) + 4}" text-anchor="end">${share}</text>`,
  ]);
  const size = side + 2 * edge;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size + 12}" font-family="sans-serif" font-size="12" fill="#222">`,
    `<rect width="${size}" height="${size + 12}" fill="#fff"/>`,
    `<text x="${size / 2}" y="24" text-anchor="middle">calibration error ${errorPercent} %, Brier score ${brier}</text>`,
    `<rect x="${x(0)}" y="${y(1)}" width="${side}" height="${side}" fill="none" stroke="#888"/>`,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#888" stroke-dasharray="4 4"/>`,
    ...ticks,
    `<text x="${size / 2}" y="${size - 2}" text-anchor="middle">how sure the reader was</text>`,
    `<text transform="translate(12 ${size / 2}) rotate(-90)" text-anchor="middle">share that was right</text>`,
    ...dots,
    '</svg>',
    '',
  ].join('\n');
}

import type { Read } from '../../reads/read';
import { jpegSize } from './jpeg-size';
import { type PdfItem, pdfOf } from './pdf';

/** Who took it on, when and for what. */
export interface TakenFacts {
  readonly evidenceId: string;
  readonly department: string;
  readonly caseNumber: string;
  readonly purpose: string;
  readonly takenBy: string;
  readonly takenAtMs: number;
  readonly requestId: string;
}

export interface RecordFacts extends TakenFacts {
  readonly read: Read;
  readonly images: { readonly plate?: Uint8Array | undefined; readonly vehicle?: Uint8Array | undefined };
}

const left = 54;
const valueAt = 190;
const lineHeight = 16;
const box = { plate: { width: 160, height: 90 }, vehicle: { width: 320, height: 240 } };

/** The page that people read: the facts of one read, both pictures, and how to check that nothing was changed. */
export function recordPage(facts: RecordFacts): Uint8Array {
  const { read, images } = facts;
  const rows: readonly (readonly [string, string])[] = [
    ['Evidence', facts.evidenceId],
    ['Case number', facts.caseNumber],
    ['Purpose', facts.purpose],
    ['Taken by', facts.takenBy],
    ['Taken at (UTC)', iso(facts.takenAtMs)],
    ['Request', facts.requestId],
    ['Plate as read', `${read.plate}${read.state === undefined ? '' : ` (${read.state})`}`],
    ['Confidence of the reader', `${(read.confidence * 100).toFixed(1)} %`],
    ['Other readings', read.candidates.map(({ plate }) => plate).join(', ') || 'none'],
    ['Captured at (UTC)', iso(read.capturedAtMs)],
    ['Camera', `${read.cameraId}, network ${read.network}`],
    ['Position', `${read.position.latitude}, ${read.position.longitude}`],
    ['Read', read.readId],
  ];
  const top = 54;
  const rowsAt = top + 40;
  const picturesAt = rowsAt + rows.length * lineHeight + 14;
  const end = picturesAt + 18 + box.vehicle.height + 30;
  return pdfOf(`Evidence ${facts.evidenceId}`, [
    { kind: 'text', x: left, y: top, size: 16, isBold: true, text: 'License plate read kept as evidence' },
    { kind: 'text', x: left, y: top + 18, size: 10, text: facts.department },
    ...rows.flatMap(([name, value], at): PdfItem[] => [
      { kind: 'text', x: left, y: rowsAt + at * lineHeight, size: 10, isBold: true, text: name },
      { kind: 'text', x: valueAt, y: rowsAt + at * lineHeight, size: 10, text: value },
    ]),
    ...picture('Plate', { at: left, top: picturesAt, jpeg: images.plate, box: box.plate }),
    ...picture('Vehicle', { at: left + 184, top: picturesAt, jpeg: images.vehicle, box: box.vehicle }),
    ...[
      'The characters were read by a machine: compare them with the picture of the plate.',
      'A change of any file is found by its hash in manifest.json, and a change of that by manifest.sig.',
    ].map((text, at): PdfItem => ({ kind: 'text', x: left, y: end + at * 13, size: 9, text })),
  ]);
}

function picture(
  title: string,
  place: {
    readonly at: number;
    readonly top: number;
    readonly jpeg: Uint8Array | undefined;
    readonly box: { readonly width: number; readonly height: number };
  },
): PdfItem[] {
  const { at, top, jpeg, box: room } = place;
  const heading: PdfItem = { kind: 'text', x: at, y: top, size: 10, isBold: true, text: title };
  const note = (text: string): PdfItem[] => [heading, { kind: 'text', x: at, y: top + 18, size: 9, text }];
  if (jpeg === undefined) return note('The camera sent none.');
  const pixels = jpegSize(jpeg);
  if (pixels === undefined) return note('Cannot be drawn here; see its file.');
  const scale = Math.min(room.width / pixels.width, room.height / pixels.height);
  const width = Math.round(pixels.width * scale * 100) / 100;
  const height = Math.round(pixels.height * scale * 100) / 100;
  return [heading, { kind: 'picture', x: at, y: top + 10, width, height, jpeg, pixels }];
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

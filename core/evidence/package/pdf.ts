import type { JpegSize } from './jpeg-size';

/** What stands on a page, from its upper left corner, points (1/72 inch). */
export type PdfItem =
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly isBold?: boolean;
      readonly text: string;
    }
  | {
      readonly kind: 'picture';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly jpeg: Uint8Array;
      readonly pixels: JpegSize;
    };

/** US Letter. */
export const pageWidth = 612;
export const pageHeight = 792;

/**
 * A PDF 1.4 document of one page (ISO 32000-1): text that can be selected, in the two fonts that every reader has, and
 * JPEG pictures as they are. The same input gives the same bytes. A character that is not in Latin 1 becomes `?`.
 */
export function pdfOf(title: string, items: readonly PdfItem[]): Uint8Array {
  const pictures = items.filter((item) => item.kind === 'picture');
  const names = pictures.map((_, at) => `/P${at} ${firstPicture + at} 0 R`).join(' ');
  const content = Buffer.from(contentOf(items), 'latin1');
  const objects: readonly Uint8Array[] = [
    text('<< /Type /Catalog /Pages 2 0 R /Lang (en-US) >>'),
    text('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    text(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Contents 6 0 R ` +
        `/Resources << /Font << /F1 4 0 R /F2 5 0 R >> /XObject << ${names} >> >> >>`,
    ),
    text(font('Helvetica')),
    text(font('Helvetica-Bold')),
    stream('', content),
    text(`<< /Title ${literal(title)} /Producer (Platekeeper) >>`),
    ...pictures.map(({ jpeg, pixels }) => stream(pictureFacts(pixels), jpeg)),
  ];
  return assemble(objects);
}

const infoObject = 7;
const firstPicture = 8;

function contentOf(items: readonly PdfItem[]): string {
  let pictures = 0;
  return items
    .map((item) => {
      if (item.kind === 'text') {
        const name = item.isBold === true ? 'F2' : 'F1';
        return `BT /${name} ${item.size} Tf ${item.x} ${pageHeight - item.y} Td ${literal(item.text)} Tj ET`;
      }
      const { x, y, width, height } = item;
      return `q ${width} 0 0 ${height} ${x} ${pageHeight - y - height} cm /P${pictures++} Do Q`;
    })
    .join('\n');
}

function font(name: string): string {
  return `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
}

function pictureFacts({ width, height, components }: JpegSize): string {
  const colours = components === 1 ? '/DeviceGray' : '/DeviceRGB';
  return (
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8 ` +
    `/ColorSpace ${colours} /Filter /DCTDecode`
  );
}

/** No character of a text can end the string it stands in. */
function literal(value: string): string {
  const latin = value.replace(/[^\u0020-\u007e\u00a1-\u00ff]/g, '?');
  return `(${latin.replace(/[\\()]/g, (each) => `\\${each}`)})`;
}

function stream(facts: string, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([
    text(`<< ${facts} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    text('\nendstream'),
  ]);
}

/** Objects numbered from 1, with the table of where each begins. */
function assemble(objects: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [text('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n')];
  const starts: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [at, object] of objects.entries()) {
    const whole = Buffer.concat([text(`${at + 1} 0 obj\n`), object, text('\nendobj\n')]);
    starts.push(length);
    parts.push(whole);
    length += whole.length;
  }
  const rows = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    text(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}` +
        `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${infoObject} 0 R >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

function text(value: string): Uint8Array {
  return Buffer.from(value, 'latin1');
}

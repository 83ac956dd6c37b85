import { jpegSize } from '../../../../core/evidence/package/jpeg-size';
import { pdfOf } from '../../../../core/evidence/package/pdf';
import { recordPage } from '../../../../core/evidence/package/record-page';
import { madePlate } from '../../plate/made-plate';
import { madeRead } from '../../reads/made-read';
import { madeJpeg, madeTaking } from '../made-evidence';

const text = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1');
const page = (changes: { plate?: Uint8Array } = {}) => {
  const taking = madeTaking();
  const images = { plate: madeJpeg(), vehicle: madeJpeg(320, 240), ...changes };
  return recordPage({ ...taking, read: taking.captured.read, images });
};

describe('the page of a piece of evidence', () => {
  it('says the read in text that can be selected, with case, taker and times [Storage-B]', () => {
    const content = text(page());
    for (const each of [
      '(TEST123 \\(IL\\))',
      '(2026-0012345)',
      '(made-up.detective)',
      '(2026-11-02T12:00:00.000Z)',
      '(97.0 %)',
      '(TEST128)',
    ])
      expect(content).toContain(`${each} Tj`);
  });

  it('holds both pictures as they are, byte for byte', () => {
    const pdf = Buffer.from(page());
    expect(pdf.includes(Buffer.from(madeJpeg()))).toBe(true);
    expect(pdf.includes(Buffer.from(madeJpeg(320, 240)))).toBe(true);
    expect(text(pdf).match(/\/Subtype \/Image/g)).toHaveLength(2);
  });

  it('says so where a picture is missing or cannot be drawn', () => {
    const { plate: _, ...images } = madeTaking().captured.images;
    const taking = madeTaking();
    expect(text(recordPage({ ...taking, read: taking.captured.read, images }))).toContain(
      '(The camera sent none.)',
    );
    expect(text(page({ plate: Buffer.from('not a picture') }))).toContain(
      '(Cannot be drawn here; see its file.)',
    );
  });

  it('points from its table to where each object begins, so that readers need not repair it', () => {
    const pdf = text(page());
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]);
    expect(pdf.slice(start, start + 5)).toBe('xref\n');
    const rows = pdf.slice(start).match(/^\d{10} 00000 n $/gm) ?? [];
    expect(rows).toHaveLength(9);
    for (const [at, row] of rows.entries())
      expect(pdf.slice(Number(row.slice(0, 10)))).toMatch(new RegExp(`^${at + 1} 0 obj\\n`));
  });

  it('lets no text end its string or leave Latin 1', () => {
    const pdf = text(pdfOf('made-up', [{ kind: 'text', x: 0, y: 0, size: 10, text: 'a) Tj (b \\ \n 鳥 é' }]));
    expect(pdf).toContain('(a\\) Tj \\(b \\\\ ? ? é) Tj');
  });

  it('is the same bytes for the same facts', () => {
    expect(Buffer.from(page()).equals(Buffer.from(page()))).toBe(true);
    const taking = madeTaking();
    const other = recordPage({ ...taking, read: madeRead({ plate: madePlate('TEST777') }), images: {} });
    expect(text(other)).toContain('(TEST777 \\(IL\\)) Tj');
    expect(jpegSize(other)).toBeUndefined();
  });
});

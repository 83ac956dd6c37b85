import { inflateSync } from 'node:zlib';
import { PDFDocument, PDFRawStream } from 'pdf-lib';
import { briefingPdf } from '../../../web/portal/briefing-pdf';
import { madeReport } from './made-report';

/** What somebody gets who selects all text and copies it: the strings that are shown, in the order of the pages. */
async function selectedText(bytes: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(bytes);
  const streams = document.context
    .enumerateIndirectObjects()
    .flatMap(([, each]) => (each instanceof PDFRawStream ? [each.contents] : []));
  const shown = streams.flatMap((each) => {
    const content = inflateSync(each).toString('latin1');
    return [...content.matchAll(/<([0-9A-F]+)> Tj/g)].map(([, hex = '']) =>
      Buffer.from(hex, 'hex').toString('latin1'),
    );
  });
  return shown.join('\n');
}

it('opens, says what it is, and its text can be selected [Acct-B]', async () => {
  const bytes = await briefingPdf(madeReport());
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  expect(document.getTitle()).toBe(
    'Board briefing: license plate readers in November 2026: Bloomington Police Department',
  );
  expect(document.getPageCount()).toBeGreaterThan(1);
  const text = await selectedText(bytes);
  for (const line of [
    'Plates read: 12,345',
    'Alerts confirmed, of those looked at',
    '83.3%',
    'Missing person',
    'withheld',
    'Normal Police Department (municipal, IL)',
    'surprises: 6',
    'made-up.example/log',
  ])
    expect(text.split('\n')).toContain(line);
});

it('says that it has no tags, and leads to the page that is the accessible version', async () => {
  const bytes = await briefingPdf(madeReport());
  expect(await selectedText(bytes)).toContain('The same as an accessible page: index.html');
  expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/S \/URI\s*\/URI \(index\.html\)/);
  const { catalog } = await PDFDocument.load(bytes);
  expect(catalog.toString()).toContain('/Lang (en-US)');
  expect(catalog.toString()).toContain('/ViewerPreferences');
});

it('is the same bytes for the same report, so that the log can vouch for it', async () => {
  const [one, two] = [await briefingPdf(madeReport()), await briefingPdf(madeReport())];
  expect(Buffer.compare(one, two)).toBe(0);
});

it('shows a character that its fonts lack as a question mark, and goes on to a next page for as many agencies as there are', async () => {
  const agency = { kind: 'county', state: 'IL', hasAgreement: false, searchesOurs: [], opensToUs: [] };
  const agencies = Array.from({ length: 150 }, (_, n) => ({ ...agency, name: `Made-up ${n} 警察` }));
  const bytes = await briefingPdf(madeReport({ agencies }));
  const text = await selectedText(bytes);
  expect(text).toContain('Made-up 149 ?? (county, IL)');
});

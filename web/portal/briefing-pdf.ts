import { PDFDocument, type PDFFont, type PDFPage, PDFString, rgb, StandardFonts } from 'pdf-lib';
import type { PublicReport } from '../../core/contract/report';
import { lineWords, orderedFigures } from './figure-section';
import { shownCount, shownDays, shownMonth, shownShare, shownTime } from './show';
import { english as words } from './words/english';
import { fill, groupWords } from './words/words';

/** US letter, points. */
const size = { width: 612, height: 792 };
const margin = 54;
const text = 10;
const pagesMax = 200;

/**
 * The briefing of the board as one document to print or send on: the figures of the page, as text that can be selected.
 * The same report gives the same bytes. Rejects with `RangeError` for one of more than 200 pages.
 */
export async function briefingPdf(report: PublicReport): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const title = fill(words.briefing, { month: shownMonth(words, report.month) });
  const madeAt = new Date(report.madeAt);
  document.setTitle(`${title}: ${report.department}`, { showInWindowTitleBar: true });
  document.setAuthor(report.department);
  document.setLanguage('en-US');
  document.setCreator('Platekeeper');
  document.setProducer('Platekeeper');
  document.setCreationDate(madeAt);
  document.setModificationDate(madeAt);
  const writer = new Writer(document, {
    regular: await document.embedFont(StandardFonts.Helvetica),
    bold: await document.embedFont(StandardFonts.HelveticaBold),
    fixed: await document.embedFont(StandardFonts.Courier),
  });
  writer.words(report.department);
  writer.heading(title, 18);
  writeReport(writer, report);
  writer.numberPages(`${report.month}, ${fill(words.versions.is, { version: report.version })}`);
  return document.save({ useObjectStreams: false });
}

function writeReport(writer: Writer, report: PublicReport): void {
  const { correction, retention, effectiveness, uptime, hotLists, exigent, training, faults } = report;
  const count = (each: number | null) => shownCount(words, each);
  if (correction !== undefined) writer.words(fill(words.versions.corrected, { reason: correction.reason }));
  writer.words(words.intro);
  writer.link('This document has no tags for screen readers. The same as an accessible page: ', 'index.html');

  writer.heading(words.kept.title);
  writer.words(
    `${fill(words.kept.limit, { days: retention.days })} ${fill(words.kept.destroyed, { count: retention.daysForgotten })}`,
  );
  writer.row('Oldest read that could be read, days', shownDays(words, retention.proofs.oldestReadHours));
  writer.row(
    'Checks, and those that found something wrong',
    `${retention.proofs.count}, ${retention.proofs.withFaults}`,
  );
  writer.words(
    fill(words.kept.counted, { counted: report.daysCounted.counted, days: report.daysCounted.ofMonth }),
  );

  writer.heading(words.effect.title);
  writer.row(
    words.effect.readsPerAlert,
    effectiveness.readsPerAlert === null ? words.unknown : count(effectiveness.readsPerAlert),
  );
  writer.row(words.effect.confirmed, shownShare(words, effectiveness.confirmedShare));
  writer.row(words.effect.found, shownShare(words, effectiveness.searchesWithResult));
  writer.row(
    words.effect.acted,
    effectiveness.actedOn === null ? words.unknown : count(effectiveness.actedOn),
  );

  writer.heading(words.uptime.title);
  for (const { kind, share, cameraDays } of uptime)
    writer.row(`${groupWords(words, kind)} (${count(cameraDays)} days in service)`, shownShare(words, share));

  writer.heading(words.lists.title);
  for (const { name, entries, deliveredAt } of hotLists)
    writer.row(
      `${name}${deliveredAt === undefined ? '' : ` (${shownTime(deliveredAt)} UTC)`}`,
      entries === null ? words.none : count(entries),
    );
  writer.words(words.lists.custom);

  for (const { figure, words: own } of orderedFigures(words, report.figures)) {
    writer.heading(`${own.title}: ${count(figure.total)}`);
    if (own.note !== undefined) writer.words(own.note);
    for (const [by, cells] of Object.entries(figure.tables)) {
      writer.words(own.by[by] ?? by);
      for (const [group, each] of Object.entries(cells)) writer.row(groupWords(words, group), count(each));
      if (Object.keys(cells).length === 0) writer.row(words.none, '');
    }
    if (own.crossed !== undefined && figure.crossed !== undefined) {
      writer.words(own.crossed);
      for (const { groups, counts } of figure.crossed)
        for (const [group, each] of Object.entries(counts))
          writer.row(`${lineWords(words, groups)}: ${groupWords(words, group)}`, count(each));
    }
  }

  writer.heading(words.exigent.title);
  writer.row(words.exigent.searches, count(exigent.searches));
  writer.row(words.exigent.entries, count(exigent.entries));
  writer.row(words.exigent.grants, count(exigent.grants));

  writer.heading(words.training.title);
  writer.words(
    fill(words.training.note, { months: training.validMonths, topics: training.topics.join('; ') }),
  );
  writer.row(words.training.active, count(training.activeUsers));
  writer.row(words.training.refused, count(training.refusedForTraining));

  writer.heading(words.audits.title);
  writer.words(words.audits.note);
  for (const { month, attestedOn = words.audits.no, daysLate } of report.audits)
    writer.row(
      `${shownMonth(words, month)}: ${words.audits.attested} ${attestedOn}`,
      `${words.audits.late}: ${count(daysLate)}`,
    );
  writer.words(fill(words.policyVersions, { count: report.policyVersions }));

  writer.heading(words.faults.title);
  writer.row(words.faults.days, count(faults.daysUncounted));
  writer.row(words.faults.reads, count(faults.readsRefused));
  writer.row(words.faults.proofs, count(faults.proofsWithFaults));
  writer.row(words.faults.events, count(faults.eventsUnreadable));
  writer.row(words.faults.deliveries, count(faults.deliveriesUnusable));

  writer.heading(words.agencies.title);
  for (const each of report.agencies)
    writer.row(
      `${each.name} (${each.kind}, ${each.state})`,
      each.hasAgreement ? fill(words.agencies.until, { day: each.agreedUntil ?? '' }) : words.agencies.none,
    );
  writer.words(words.sale.text);

  writer.heading(words.log.title);
  if (report.checkpoint === undefined) writer.words(words.log.none);
  else {
    writer.words(words.log.checkpoint);
    for (const line of report.checkpoint.split('\n')) writer.fixed(line);
    writer.words(words.log.verify);
  }
  writer.words(
    `${fill(words.made, { time: shownTime(report.madeAt) })} ${fill(words.clock, { zone: report.timeZone })}`,
  );
}

interface Fonts {
  readonly regular: PDFFont;
  readonly bold: PDFFont;
  readonly fixed: PDFFont;
}

/** Writes from the top to the bottom, and on the next page. */
class Writer {
  #page: PDFPage;
  #y = size.height - margin;

  constructor(
    readonly document: PDFDocument,
    readonly fonts: Fonts,
  ) {
    this.#page = this.#newPage();
  }

  heading(title: string, points = 13): void {
    // Never alone at the end of a page.
    this.#need(points * 2 + 3 * text);
    this.#y -= points * 0.8;
    for (const line of wrapped(title, this.fonts.bold, points)) this.#line(line, this.fonts.bold, points);
  }

  words(paragraph: string): void {
    this.#y -= 3;
    for (const line of wrapped(paragraph, this.fonts.regular, text))
      this.#line(line, this.fonts.regular, text);
  }

  /** A file that lies beside the document. */
  link(before: string, address: string): void {
    this.words(`${before}${address}`);
    const { context } = this.document;
    const annotation = context.obj({
      Type: 'Annot',
      Subtype: 'Link',
      Rect: [margin, this.#y, size.width - margin, this.#y + text * 1.4],
      Border: [0, 0, 0],
      Contents: PDFString.of(`${before}${address}`),
      A: { Type: 'Action', S: 'URI', URI: PDFString.of(address) },
    });
    this.#page.node.addAnnot(context.register(annotation));
  }

  fixed(line: string): void {
    const { fixed } = this.fonts;
    const characters = Math.floor((size.width - 2 * margin) / fixed.widthOfTextAtSize('0', 8));
    const safe = encodable(line, fixed);
    for (let at = 0; at < safe.length; at += characters)
      this.#line(safe.slice(at, at + characters), fixed, 8);
  }

  /** A name at the left and its value at the right. */
  row(name: string, value: string): void {
    const { regular } = this.fonts;
    const shown = encodable(value, regular);
    const width = regular.widthOfTextAtSize(shown, text);
    const lines = wrapped(name, regular, text, size.width - 2 * margin - 12 - width - 20);
    lines.forEach((line, at) => {
      this.#need(text * 1.4);
      if (at === 0)
        this.#page.drawText(shown, {
          x: size.width - margin - width,
          y: this.#y - text,
          size: text,
          font: regular,
        });
      this.#line(line, regular, text, margin + 12);
    });
  }

  numberPages(of: string): void {
    const pages = this.document.getPages();
    pages.forEach((page, at) => {
      page.drawText(encodable(`${of}, ${at + 1}/${pages.length}`, this.fonts.regular), {
        x: margin,
        y: margin / 2,
        size: 8,
        font: this.fonts.regular,
        color: rgb(0.25, 0.25, 0.25),
      });
    });
  }

  #line(line: string, font: PDFFont, points: number, x = margin): void {
    this.#need(points * 1.4);
    this.#page.drawText(line, { x, y: this.#y - points, size: points, font });
    this.#y -= points * 1.4;
  }

  #need(points: number): void {
    if (this.#y - points >= margin) return;
    this.#page = this.#newPage();
    this.#y = size.height - margin;
  }

  #newPage(): PDFPage {
    if (this.document.getPageCount() >= pagesMax) throw new RangeError('a briefing of too many pages');
    return this.document.addPage([size.width, size.height]);
  }
}

/** Lines of at most the width; a single word that is wider stays whole. */
function wrapped(
  paragraph: string,
  font: PDFFont,
  points: number,
  width = size.width - 2 * margin,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of encodable(paragraph, font).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && font.widthOfTextAtSize(longer, points) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** The standard fonts have the characters of Western Europe; any other is shown as a question mark. */
function encodable(line: string, font: PDFFont): string {
  const known = new Set(font.getCharacterSet());
  return [...line.replace(/\s/g, ' ')]
    .map((character) => (known.has(character.codePointAt(0) ?? 0) ? character : '?'))
    .join('');
}

import type { PublicReport } from '../../../core/contract/report';
import { briefingPage, reportPage, reportsPage } from '../../../web/portal/report-page';
import { stylesheet } from '../../../web/portal/stylesheet';
import { english } from '../../../web/portal/words/english';
import { spanish } from '../../../web/portal/words/spanish';
import { madeReport } from './made-report';

const report = madeReport();
const english1 = reportPage({ report, language: 'en' });
const spanish1 = reportPage({ report, language: 'es' });
const months = [
  { month: '2026-11', versions: 2 },
  { month: '2026-10', versions: 1 },
];
const trend = [
  { month: '2026-10', totals: { reads: 10_000, alerts: null } },
  { month: '2026-11', totals: { reads: 12_345, alerts: 42, searches: 20, refusedSearches: 0 } },
];
const list = { department: 'A', months, trend };
const pages = [
  english1,
  spanish1,
  briefingPage(report),
  reportsPage({ ...list, language: 'en' }),
  reportsPage({ ...list, language: 'es' }),
];

it('has no script, no inline style, nothing from elsewhere', () => {
  for (const each of pages) expect(each).not.toMatch(/<script|style="|<style|https?:|javascript:|url\(/i);
  expect(stylesheet).not.toMatch(/url\(|@import/);
});

it('says how old the oldest read was when it was looked, and what was found [Storage-A]', () => {
  const pageOf = (proofs: PublicReport['retention']['proofs']) =>
    reportPage({ report: madeReport({ retention: { ...report.retention, proofs } }), language: 'en' });
  expect(english1).toContain(
    'The system checked 60 times whether anything older could be read, and found nothing wrong. The oldest read that could be read then was at most 30.0 days old.',
  );
  expect(pageOf({ count: 60, withFaults: 2, oldestReadHours: 725 })).toContain(
    'found something wrong 2 times. The oldest read that could be read then was at most 30.3 days old.',
  );
  expect(pageOf({ count: 0, withFaults: 0, oldestReadHours: 0 })).toContain(
    'It was not checked in this month',
  );
});

it('says its language and title, and can be walked by headings, landmarks and table headers', () => {
  expect(english1).toContain('<html lang="en">');
  expect(english1).toContain(
    '<title>License plate readers in November 2026: Bloomington Police Department</title>',
  );
  for (const each of pages) expect(each.match(/<h1>/g)).toHaveLength(1);
  expect(english1).toContain('<main id="main">');
  expect(english1).toContain('<caption>Searches by purpose</caption>');
  expect(english1).toContain('<th scope="row">Missing person</th>');
});

it('is the same in Spanish, and each page leads to the other language by its own name', () => {
  expect(spanish1).toContain('<html lang="es">');
  expect(spanish1).toContain('<h1>Lectores de matrículas en noviembre de 2026</h1>');
  expect(spanish1).toContain('<th scope="row">Persona desaparecida</th>');
  expect(spanish1).toContain('<td class="count">reservado</td>');
  expect(english1).toContain('<a href="es.html" lang="es" hreflang="es">Español</a>');
  expect(spanish1).toContain('<a href="index.html" lang="en" hreflang="en">English</a>');
});

it('has words for the same things in both languages', () => {
  const paths = (value: object, at = ''): string[] =>
    Object.entries(value).flatMap(([key, each]) =>
      typeof each === 'object' && each !== null ? paths(each, `${at}.${key}`) : [`${at}.${key}`],
    );
  const of = ({ groups, ...words }: typeof english) => paths(words).sort();
  expect(of(spanish)).toEqual(of(english));
  expect(Object.keys(english.groups).filter((id) => spanish.groups[id] === undefined)).toEqual([]);
});

it('gives each number in words first; the bar beside it is for eyes only', () => {
  expect(english1).toContain('<h2 id="searches">Searches: 20</h2>');
  expect(english1).toContain('<th scope="row">Felony-level crime</th><td class="count">withheld</td>');
  expect(english1).toContain('<td class="count">12,345</td><td class="bar" aria-hidden="true"><svg ');
});

it('leaves out no figure, not even one that it has no words for, and says none where there is none [Acct-A]', () => {
  expect(english1).toContain('<h2 id="surprises">surprises: 6</h2>');
  expect(english1).toContain('<p>Refused searches by the policy clause that refused them: none</p>');
  expect(english1).toContain('<h2 id="outsideRequests">Requests of other agencies: 0</h2>');
});

it('states that nothing is sold, and lists every agency with what it may search [Storage-G] [Storage-E]', () => {
  expect(english1).toContain('never sold, monetised or used commercially (Storage-G)');
  expect(english1).toContain(
    '<th scope="row">Normal Police Department</th><td>Municipal, IL</td><td>until 2028-06-30</td>',
  );
  expect(english1).toContain(
    '<th scope="row">Peoria Police Department</th><td>Municipal, IL</td><td>none in force</td>',
  );
});

it('says how effective the readers are, how much cameras were at work, and which lists are used [Access-B]', () => {
  expect(english1).toContain(
    '<th scope="row">Alerts confirmed, of those looked at</th><td class="count">83.3%</td>',
  );
  expect(english1).toContain(
    '<th scope="row">Searches that found a read</th><td class="count">not known</td>',
  );
  expect(english1).toContain('<th scope="row">Fixed</th><td>60</td><td>3</td><td>95%</td>');
  expect(english1).toContain('<td>every 24 hours</td><td>50,210</td>');
});

it('shows how the last twelve months went as charts with a table behind them', () => {
  const [, , , index = ''] = pages;
  expect(index.match(/<svg class="chart" role="img" aria-label="/g)).toHaveLength(4);
  expect(index).toContain(
    '<th scope="row">October 2026</th><td>10,000</td><td>withheld</td><td>not known</td>',
  );
  expect(index).toContain('<a href="2026-11/index.html">November 2026</a> (Version 2)');
});

it('says of a corrected month why, leads to the version before, and marks that as replaced', () => {
  const correction = { reason: 'Made-up reason', orderedBy: 'administrator', approvedBy: 'chief' };
  const second = reportPage({ report: madeReport({ version: 2, correction }), language: 'en' });
  expect(second).toContain('This version corrects the one before. Reason: Made-up reason');
  expect(second).toContain('<a href="v1/index.html">Version 1 (replaced)</a>');
  const first = reportPage({ report, language: 'en', isReplaced: true });
  expect(first).toContain('This version was replaced. Do not rely on it.</strong> <a href="../index.html">');
  expect(english1).not.toContain('class="notice"');
});

it('leads to the page on which anybody checks the log', () => {
  expect(english1).toContain('<a href="../../verify.html">Check the audit log yourself</a>');
  expect(spanish1).toContain('href="../../verificar.html"');
  expect(reportPage({ report, language: 'en', isReplaced: true })).toContain('href="../../../verify.html"');
});

it('escapes what comes from outside', () => {
  expect(english1).toContain('made-up.example/log\n7\n&lt;b&gt;');
});

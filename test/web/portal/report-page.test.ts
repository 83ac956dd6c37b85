import {
  briefingPage,
  type ReportFacts,
  reportPage,
  reportStylesheet,
  reportsPage,
} from '../../../web/portal/report-page';

const facts: ReportFacts = {
  month: '2026-11',
  department: 'Bloomington Police Department',
  timeZone: 'America/Chicago',
  madeAt: '2026-12-01T12:00:03.000Z',
  retention: {
    days: 30,
    daysForgotten: 29,
    keptSince: '2026-11-01',
    proofs: { count: 60, withFaults: 0, oldestReadHours: 718 },
  },
  daysCounted: { counted: 30, ofMonth: 30 },
  figures: {
    reads: { total: 12_345, tables: { network: { 'Bloomington PD cameras': 12_345 } } },
    searches: { total: 20, tables: { purpose: { felony: null, exigent: null, 'missing-person': 10 } } },
    refusals: { total: 0, tables: { clause: {} } },
    surprises: { total: 6, tables: {} },
  },
  agencies: [],
  checkpoint: 'made-up.example/log\n7\n<b>\n',
};
const pages = [reportPage(facts), briefingPage(facts), reportsPage({ department: 'A', months: ['2026-11'] })];

it('has no script, no inline style, nothing from elsewhere', () => {
  for (const page of pages) expect(page).not.toMatch(/<script|style="|<style|https?:|javascript:|url\(/i);
  expect(reportStylesheet).not.toMatch(/url\(|@import/);
});

it('says how old the oldest read was when it was looked, and what was found [Storage-A]', () => {
  const pageOf = (proofs: ReportFacts['retention']['proofs']) =>
    reportPage({ ...facts, retention: { ...facts.retention, proofs } });
  expect(pages[0]).toContain(
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
  const [page = ''] = pages;
  expect(page).toContain('<html lang="en">');
  expect(page).toContain(
    '<title>License plate readers in November 2026: Bloomington Police Department</title>',
  );
  expect(page.match(/<h1>/g)).toHaveLength(1);
  expect(page).toContain('<main id="main">');
  expect(page).toContain('<caption>Searches by purpose</caption>');
  expect(page).toContain('<th scope="row">Missing person</th>');
});

it('gives each number in words first; the bar beside it is for eyes only', () => {
  const page = reportPage(facts);
  expect(page).toContain('<h2 id="searches">Searches: 20</h2>');
  expect(page).toContain('<th scope="row">Felony-level crime</th><td class="count">withheld</td>');
  expect(page).toContain('<td class="count">12,345</td><td class="bar" aria-hidden="true"><svg ');
  expect(page.match(/<svg/g)).toHaveLength(2);
});

it('leaves out no figure, not even one that it has no words for', () => {
  expect(reportPage(facts)).toContain('<h2 id="surprises">surprises: 6</h2>');
  expect(reportPage(facts)).toContain('<p>Refused requests by the policy clause that refused them: none</p>');
});

it('escapes what comes from outside', () => {
  expect(reportPage(facts)).toContain('made-up.example/log\n7\n&lt;b&gt;');
});

import { publicPolicy } from '../../../core/sharing/public-policy';
import { policyPage, stylesheet } from '../../../web/portal/policy-page';
import { madeConfiguration } from '../../core/contract/made-configuration';

const policy = publicPolicy(madeConfiguration(), Date.parse('2026-11-24T12:00:00Z'));
const page = policyPage(policy);

it('has no script, no inline style, nothing from elsewhere', () => {
  expect(page).not.toMatch(/<script|style="|<style|https?:|javascript:/i);
  expect(stylesheet).not.toMatch(/url\(|@import/);
});

it('says its language and title, and can be walked by headings, landmarks and table headers', () => {
  expect(page).toContain('<html lang="en">');
  expect(page).toContain('<title>How license plate readers are used: Bloomington Police Department</title>');
  expect(page.match(/<h1>/g)).toHaveLength(1);
  expect(page.match(/<h2 id="[a-z]+">/g)).toHaveLength(5);
  expect(page).toContain('<main id="main">');
  expect(page).toContain('<th scope="col">Agency</th>');
  expect(page).toContain('<th scope="row">Normal Police Department</th>');
  expect(page).toContain('<caption>');
});

it('escapes what comes from the configuration', () => {
  expect(policyPage({ ...policy, department: '<b>"A" & \'B\'</b>' })).toContain(
    '<p>&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;</p>',
  );
});

it('is the same in Spanish, down to each permitted and prohibited use', () => {
  const spanish = policyPage(publicPolicy(madeConfiguration(), 0), 'es');
  expect(spanish).toContain('<html lang="es">');
  expect(spanish).toContain('<li>Control de la inmigración (Policy-C)</li>');
  expect(spanish).not.toContain('<span lang="en">');
});

it('marks a sentence that has no translation as English, and never leaves it out', () => {
  const policy = { ...publicPolicy(madeConfiguration(), 0), permittedUses: ['Made-up use'] };
  expect(policyPage(policy, 'es')).toContain('<li><span lang="en">Made-up use</span></li>');
});

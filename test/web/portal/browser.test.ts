import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { startBrowser } from '../../support/browser';
import { madePortal } from './made-portal';

/** As the portal's distribution sends it. */
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Of the page that checks the log: its one script may run. */
const verifyPolicy = policy.replace("default-src 'none';", "default-src 'none'; script-src 'self';");
const origin = 'https://portal.example';
const widths = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } };
type Width = keyof typeof widths;
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const addresses = [
  'index.html',
  'es.html',
  'reports/index.html',
  'reports/es.html',
  'reports/2026-11/index.html',
  'reports/2026-11/es.html',
  'reports/2026-11/v1/index.html',
  'reports/2026-11/v1/es.html',
  'board/index.html',
  'sharing/index.html',
  'sharing/es.html',
  'verify.html',
  'verificar.html',
];

/** A machine may be busy with other tests. */
jest.setTimeout(30_000);

let started: Awaited<ReturnType<typeof startBrowser>>;
let files: Awaited<ReturnType<typeof madePortal>>;

beforeAll(async () => {
  started = await startBrowser();
  files = await madePortal();
});
afterAll(() => started.close());

/** A page of the portal as a reader has it; what the browser complains of, and what it could not get, is noted. */
async function open(
  browser: Browser,
  address: string,
  options: { readonly width: Width; readonly isDark?: boolean },
): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const complaints: string[] = [];
  const page = await browser.newPage({
    viewport: widths[options.width],
    colorScheme: options.isDark ? 'dark' : 'light',
  });
  page.on('console', (message) => complaints.push(message.text()));
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === origin ? files.get(url.pathname.slice(1)) : undefined;
    if (file === undefined) {
      complaints.push(`no ${url.pathname}`);
      return route.abort();
    }
    return route.fulfill({
      contentType: file.contentType,
      body: file.body,
      headers: { 'content-security-policy': /^\/veri/.test(url.pathname) ? verifyPolicy : policy },
    });
  });
  await page.goto(`${origin}/${address}`);
  return { page, complaints };
}

const light = (width: Width) => (address: string) => ({ address, width, isDark: false });
const cases = [
  ...addresses.map(light('desktop')),
  ...addresses.filter((address) => !/v1|board/.test(address)).map(light('phone')),
  { address: 'reports/index.html', width: 'phone' as const, isDark: true },
];

it.each(cases)(
  'breaks no rule of WCAG 2.2 AA that axe can see: $address, $width, dark: $isDark [Acct-A]',
  async ({ address, width, isDark }) => {
    const { page, complaints } = await open(started.browser, address, { width, isDark });
    await page.evaluate(axe.source);
    const results = await page.evaluate<AxeResults>(
      `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(rules)} } })`,
    );
    expect(results.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    expect(results.passes.length).toBeGreaterThan(20);
    expect(complaints).toEqual([]);
    await page.close();
  },
);

it('sees a rule broken where one is, so that its silence says something', async () => {
  const { page } = await open(started.browser, 'reports/index.html', { width: 'phone' });
  await page.evaluate(`document.documentElement.removeAttribute('lang')`);
  await page.evaluate(axe.source);
  const results = await page.evaluate<AxeResults>('axe.run()');
  expect(results.violations.map(({ id }) => id)).toContain('html-has-lang');
  await page.close();
});

it.each(addresses)('never makes a phone scroll sideways, at 320 px either: %s', async (address) => {
  const { page } = await open(started.browser, address, { width: 'phone' });
  await page.setViewportSize({ width: 320, height: 640 });
  const isWider = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  expect(isWider).toBe(false);
  await page.close();
});

it('leads to the other language and back by the keyboard alone', async () => {
  const { page } = await open(started.browser, 'reports/2026-11/index.html', { width: 'desktop' });
  for (const key of ['Tab', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key);
  await page.waitForURL('**/es.html');
  expect(await page.locator('h1').textContent()).toBe('Lectores de matrículas en noviembre de 2026');
  await page.close();
});

it('prints without navigation', async () => {
  const { page } = await open(started.browser, 'reports/2026-11/index.html', { width: 'desktop' });
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.languages').isVisible()).toBe(false);
  expect(await page.locator('main').isVisible()).toBe(true);
  await page.close();
});

/** A pixel differs from so much of one colour on; so great a share of pixels may. */
const differs = 48;
const shareMax = 0.02;

it.each([
  { name: 'trend-phone', address: 'reports/index.html', width: 'phone', part: '.charts' },
  { name: 'month-desktop', address: 'reports/2026-11/es.html', width: 'desktop', part: 'body' },
] as const)('looks as it did: $name', async ({ name, address, width, part }) => {
  const { page } = await open(started.browser, address, { width });
  await page.locator(part).scrollIntoViewIfNeeded();
  const taken = part === 'body' ? await page.screenshot() : await page.locator(part).screenshot();
  await page.close();
  const file = join(__dirname, 'screenshots', `${name}.png`);
  if (process.env.NEW_SCREENSHOTS !== undefined || !existsSync(file))
    writeFileSync(file, await sharp(taken).png({ palette: true, colours: 32 }).toBuffer());
  expect(await differingShare(taken, readFileSync(file))).toBeLessThan(shareMax);
});

it('would notice a page that lost its style', async () => {
  const { page } = await open(started.browser, 'reports/2026-11/es.html', { width: 'desktop' });
  await page.evaluate(`document.querySelector('link[rel=stylesheet]').remove()`);
  const taken = await page.screenshot();
  await page.close();
  const kept = readFileSync(join(__dirname, 'screenshots', 'month-desktop.png'));
  expect(await differingShare(taken, kept)).toBeGreaterThan(shareMax);
});

async function differingShare(one: Buffer, two: Buffer): Promise<number> {
  const pixels = (image: Buffer) =>
    sharp(image).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const [a, b] = [await pixels(one), await pixels(two)];
  expect([a.info.width, a.info.height]).toEqual([b.info.width, b.info.height]);
  let differing = 0;
  for (let at = 0; at < a.data.length; at += 3)
    if (
      [0, 1, 2].some((colour) => Math.abs((a.data[at + colour] ?? 0) - (b.data[at + colour] ?? 0)) >= differs)
    )
      differing++;
  return (differing * 3) / a.data.length;
}

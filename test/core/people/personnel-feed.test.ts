import fc from 'fast-check';
import { parsePersonnelFeed } from '../../../core/people/personnel-feed';

const csv = (text: string) => parsePersonnelFeed({ kind: 'csv', text });
const scim = (...Resources: unknown[]) => parsePersonnelFeed({ kind: 'scim', Resources });
const gone = (row: number, username: string) => ({ row, kind: 'gone', username });
const present = (row: number, username: string) => ({ row, kind: 'present', username });

it('reads users as SCIM shapes them, and compares names as the sign-in does [Access-C]', () => {
  expect(
    scim(
      { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'Made-Up.Gone', active: false },
      { userName: 'made-up.here', active: true, emails: [] },
    ),
  ).toEqual({ kind: 'rows', rows: [gone(1, 'made-up.gone'), present(2, 'made-up.here')] });
});

it('says of each bad user what is wrong, by its number, and takes the others', () => {
  const parsed = scim({ userName: 'made-up.a' }, 7, null, { userName: 'ü', active: false }, good);
  expect(parsed).toEqual({
    kind: 'rows',
    rows: [
      { row: 1, kind: 'refused', message: 'active: missing or of the wrong kind' },
      { row: 2, kind: 'refused', message: 'the row: missing or of the wrong kind' },
      { row: 3, kind: 'refused', message: 'the row: missing or of the wrong kind' },
      { row: 4, kind: 'refused', message: expect.stringMatching(/^username: must be 2 to 64/) },
      gone(5, 'made-up.gone'),
    ],
  });
});

it('reads CSV with its columns in any place, quoted or not, and further columns unread', () => {
  expect(
    csv(
      '\uFEFFName,"Active",username\r\n"Up, Made",FALSE,made-up.gone\r\n\r\n"M ""U""\nUp",true," made-up.here "\r\n',
    ),
  ).toEqual({ kind: 'rows', rows: [gone(1, 'made-up.gone'), present(2, 'made-up.here')] });
});

it.each([
  ['a forgotten quote', '"made-up.a,false'],
  ['a quote closed too early', '"made-up"a,false'],
  ['a missing column', 'made-up.a'],
  ['another word than true or false', 'made-up.a,no'],
  ['no name', ',false'],
  ['a quote that runs into the rows behind it', 'made-up.a,"'],
])('refuses a row with %s and takes its neighbours', (_what, row) => {
  expect(csv(`username,active\nmade-up.before,false\n${row}\nmade-up.gone,false\n`)).toEqual({
    kind: 'rows',
    rows: [
      gone(1, 'made-up.before'),
      { row: 2, kind: 'refused', message: expect.any(String) },
      gone(3, 'made-up.gone'),
    ],
  });
});

it.each([[''], ['user,active\n'], ['"username,active\n']])(
  'takes nothing from a text that does not begin with its columns: %j',
  (text) => {
    expect(csv(text)).toMatchObject({ kind: 'unreadable', field: 'text' });
  },
);

it('takes no more rows than can be answered', () => {
  const rows = (count: number) => `username,active\n${'made-up.a,false\n'.repeat(count)}`;
  expect(csv(rows(5000)).kind).toBe('rows');
  expect(csv(rows(5001))).toMatchObject({ kind: 'unreadable', message: expect.stringMatching(/5000/) });
});

it('takes the rows around any line whatever, and never throws', () => {
  const line = fc.string({ unit: fc.constantFrom('"', ',', 'a', '.', ' ', 't', 'é'), maxLength: 30 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), fc.array(line, { maxLength: 5 }), (before, after) => {
      const text = ['username,active', ...before, 'made-up.gone,false', ...after].join('\n');
      const parsed = csv(text);
      const names = parsed.kind === 'rows' ? parsed.rows.flatMap((row) => namedIn(row)) : [];
      expect(names).toContain('made-up.gone');
    }),
    { numRuns: 1000 },
  );
});

it('never throws, whatever is sent', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => csv(text) !== undefined));
  fc.assert(fc.property(fc.array(fc.anything(), { maxLength: 5 }), (users) => scim(...users) !== undefined));
});

const good = { userName: 'made-up.gone', active: false };

function namedIn(row: object): readonly string[] {
  return 'username' in row ? [String(row.username)] : [];
}

import { purposeSchema } from '../../../core/access/purpose';
import { hotListEntryRequest } from '../../../core/contract/hot-list';
import { searchRequest } from '../../../core/contract/search';

const accepts = (purpose: unknown) => purposeSchema.safeParse(purpose).success;

describe('the purpose of a use', () => {
  it.each(['felony', 'crime-against-person', 'hit-and-run', 'active-arrest-warrant', 'missing-person'])(
    'may be %s [Policy-B]',
    (kind) => {
      expect(accepts({ kind })).toBe(true);
    },
  );

  it.each([
    'towing',
    'immigration',
    'city-ordinance',
    'minor-traffic',
    'traffic-enforcement',
    'repossession',
    'parking',
    'research',
    'other',
    '',
  ])('cannot be %j: there is no such word in the contract [Policy-A, Policy-C]', (kind) => {
    expect(accepts({ kind })).toBe(false);
  });

  it('is another law-enforcement purpose only in an exigency that is named and justified [Policy-B]', () => {
    const exigent = { kind: 'exigent', lawEnforcementPurpose: 'barricaded subject' };
    expect(accepts(exigent)).toBe(false);
    expect(accepts({ ...exigent, justification: 'too short' })).toBe(false);
    expect(accepts({ ...exigent, justification: 'Armed subject threatens to shoot neighbours now.' })).toBe(
      true,
    );
  });

  it('is asked of every search and every hot-list entry [Policy-A]', () => {
    const fieldsWithout = (schema: typeof searchRequest | typeof hotListEntryRequest) =>
      schema.safeParse({}).error?.issues.map((issue) => issue.path.join('.'));
    expect(fieldsWithout(searchRequest)).toContain('purpose');
    expect(fieldsWithout(hotListEntryRequest)).toContain('purpose');
  });
});

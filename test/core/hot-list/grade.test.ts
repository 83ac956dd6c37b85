import { gradeWords, matchGrades, rankOf } from '../../../core/hot-list/grade';

it('ranks an exact match best and another state last', () => {
  expect([...matchGrades].sort((a, b) => rankOf(a) - rankOf(b))).toEqual([
    'exact',
    'exact-state-unknown',
    'look-alike',
    'candidate',
    'near',
    'state-differs',
  ]);
});

it('tells an officer of each grade what differs [Policy-G]', () => {
  expect(gradeWords).toMatchInlineSnapshot(`
{
  "candidate": "The plate was read otherwise; the listed one is a further reading of the same picture.",
  "exact": "Plate and state are as listed.",
  "exact-state-unknown": "The plate is as listed; the state is not known.",
  "look-alike": "The plate looks like the listed one: characters that are easily confused differ.",
  "near": "One character differs from the listed plate, is missing or too many.",
  "state-differs": "The plate is as listed or looks like it, but the state is another.",
}
`);
});

import { publicPolicy } from '../../../core/sharing/public-policy';
import { madeConfiguration } from '../contract/made-configuration';

const configuration = madeConfiguration();

it('lists every agency, and what it may search now [Storage-E]', () => {
  const policy = publicPolicy(configuration, Date.parse('2026-11-24T12:00:00Z'));
  expect(policy.agencies).toEqual([
    {
      name: 'Normal Police Department',
      kind: 'municipal',
      state: 'IL',
      hasAgreement: true,
      agreedUntil: '2028-06-30',
      searchesOurs: ['Bloomington PD cameras'],
      opensToUs: ['Normal PD cameras'],
    },
    expect.objectContaining({ name: "McLean County Sheriff's Office", hasAgreement: true }),
    {
      name: 'Peoria Police Department',
      kind: 'municipal',
      state: 'IL',
      hasAgreement: false,
      searchesOurs: [],
      opensToUs: [],
    },
  ]);
});

it('shows an agreement that has ended as ended, and keeps the agency on the list', () => {
  const policy = publicPolicy(configuration, Date.parse('2028-07-01T00:00:00Z'));
  expect(policy.agencies).toHaveLength(3);
  expect(policy.agencies[0]).toMatchObject({ hasAgreement: false, searchesOurs: [], opensToUs: [] });
});

it('promises that nothing is sold [Storage-G]', () => {
  expect(publicPolicy(configuration, 0).neverSold).toContain('never sold');
});

import bloomington from '../../../config/bloomington.json';
import { findReasonFault } from '../../../core/access/reason';
import { ordinaryPhrases } from './ordinary-phrases';
import { prohibitedPhrases } from './prohibited-phrases';

const clauseFor = (phrase: string) =>
  findReasonFault({ purpose: { kind: 'felony' }, reason: { kind: 'phrase', phrase } }, bloomington.reasons)
    ?.clause;

it('refuses none of 200 and more ordinary reasons [Access-E]', () => {
  expect(new Set(ordinaryPhrases).size).toBeGreaterThan(200);
  expect(ordinaryPhrases.filter((each) => clauseFor(each) !== undefined)).toEqual([]);
});

it.each(prohibitedPhrases)(
  'refuses each phrase of the prohibited subjects by $clause [Policy-C] [Access-A] [Storage-E]',
  ({ clause, phrases }) => {
    expect(
      phrases.filter((each) => clauseFor(each) !== clause).map((each) => `${each}: ${clauseFor(each)}`),
    ).toEqual([]);
  },
);

it('has 200 and more prohibited phrases', () => {
  expect(new Set(prohibitedPhrases.flatMap(({ phrases }) => phrases)).size).toBeGreaterThan(200);
});

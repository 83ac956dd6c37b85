import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

describe('the page of words', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'formats', 'reasons.md'), 'utf8');
  const listed = (start: RegExp) =>
    [...page.matchAll(start)].flatMap(([line, clause = '']) =>
      [...line.matchAll(/`([^`]+)`/g)].map(([, phrase = '']) => ({ phrase, clause })),
    );

  it('lists what is refused, each by its clause [Policy-C] [Access-A] [Storage-E] [Access-E]', () => {
    const refused = listed(/^- (Policy-C|Storage-E|Def|Access-A|Access-E)[:,].*$/gm);
    expect(refused.length).toBeGreaterThan(100);
    expect(refused.filter(({ phrase, clause }) => clauseFor(phrase) !== clause)).toEqual([]);
  });

  it('lists what is taken [Access-E]', () => {
    const taken = listed(/^- Taken:.*$/gm);
    expect(taken.length).toBeGreaterThan(10);
    expect(taken.filter(({ phrase }) => clauseFor(phrase) !== undefined)).toEqual([]);
  });
});

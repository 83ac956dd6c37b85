import { standing } from '../../../core/people/person';
import { madePerson } from './made-person';

const nowMs = Date.parse('2026-11-24T12:00:00Z');

it('lets somebody with a current record in', () => {
  const person = madePerson();
  expect(standing(person, nowMs)).toEqual({ kind: 'good', person });
});

it('refuses whoever has no record [Access-C]', () => {
  expect(standing(undefined, nowMs)).toMatchObject({ kind: 'refused', clause: 'Access-C' });
});

it('refuses a suspended user, trained or not [Acct-C]', () => {
  expect(standing(madePerson({ suspended: true, trainedUntilMs: 0 }), nowMs)).toMatchObject({
    clause: 'Acct-C',
  });
});

it.each([
  ['at the very end of the training', nowMs],
  ['with an unusable training record', Number.NaN],
])('refuses %s [Training]', (_, trainedUntilMs) => {
  expect(standing(madePerson({ trainedUntilMs }), nowMs)).toMatchObject({
    kind: 'refused',
    clause: 'Training',
  });
});

import { enrolPerson } from '../../../core/people/enrol-person';
import { standing } from '../../../core/people/person';
import { livePerson } from '../../../core/people/record';
import { asInTheFile } from '../../../core/sharing/sharing-now';
import { Crash, madeAccess, madeCaller, nowMs } from './made-access';
import { madeRecord } from './made-record';

const username = 'made-up.officer';
const enrolment = {
  username,
  email: 'made-up@example.org',
  role: 'officer',
  agency: 'bloomington-pd',
  division: 'patrol',
  sworn: true,
} as const;

it('stores a record that opens nothing before it makes the account [Access-C] [Training]', async () => {
  const access = madeAccess();
  expect(await enrol(access)).toMatchObject({
    kind: 'changed',
    person: { username, access: 'active', training: [], untrained: expect.arrayContaining(['policy']) },
  });
  expect(access.journal).toEqual([
    'requested',
    'add',
    'person-changed enrolled',
    'create-account',
    'answered',
  ]);
  const record = access.records.get(username) ?? madeRecord();
  expect(record).toMatchObject({ revision: 1, admittedAtMs: nowMs });
  const { training } = access.deps.configuration;
  expect(standing(livePerson(record, { sharing: asInTheFile, training, nowMs }), nowMs)).toMatchObject({
    clause: 'Training',
  });
});

it('asks the policy about the role that is given and the agency [Policy-D]', async () => {
  const access = madeAccess();
  await enrol(access);
  expect(access.asked).toMatchObject([
    { operation: 'enrol-person', newRole: 'officer', agencies: ['bloomington-pd'] },
  ]);
});

it.each([
  ['another role', { role: 'detective' }],
  ['another division', { division: 'street-crimes' }],
  ['a suspended access', { suspended: true }],
  ['an access that has ended', { disabled: true }],
] as const)('never gives a name again that has %s [Access-C]', async (_, facts) => {
  const before = madeRecord(facts);
  const access = madeAccess([before]);
  expect(await enrol(access)).toMatchObject({ kind: 'conflict', clause: 'Access-C' });
  expect(access.records.get(username)).toEqual(before);
  expect(access.journal).not.toContain('create-account');
});

it('says so when the account of that name has another address', async () => {
  const access = madeAccess();
  const outcome = await enrolPerson(access.deps)({ ...enrolment, email: 'other@example.org' }, madeCaller());
  expect(outcome).toMatchObject({ kind: 'conflict', message: expect.stringContaining('e-mail') });
});

it('enrols nobody with the personnel system’s role', async () => {
  const access = madeAccess();
  const outcome = await enrolPerson(access.deps)({ ...enrolment, role: 'personnel-feed' }, madeCaller());
  expect(outcome).toMatchObject({ kind: 'invalid', faults: [{ field: 'role' }] });
  expect(access.records.size).toBe(0);
});

describe.each(['not-done', 'done-but-lost'] as const)('a crash (%s)', (fault) => {
  it.each(['add', 'person-changed enrolled', 'create-account', 'answered'])(
    'at %s is completed by the same enrolment again: one record, one event',
    async (step) => {
      const access = madeAccess();
      access.failAt(step, fault);
      await expect(enrol(access)).rejects.toThrow(Crash);
      expect(await enrol(access)).toMatchObject({ kind: 'changed', person: { username } });
      expect(access.events.filter(({ kind }) => kind === 'person-changed')).toMatchObject([
        { change: 'enrolled', role: 'officer' },
      ]);
      expect(access.journal).toContain('create-account');
    },
  );
});

function enrol(access: ReturnType<typeof madeAccess>) {
  return enrolPerson(access.deps)(enrolment, madeCaller());
}

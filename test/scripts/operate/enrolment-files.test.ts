import { personFile } from '../../../scripts/operate/enrolment-files';

const person = {
  username: 'made-up-officer',
  role: 'officer',
  agency: 'bloomington-pd',
  division: 'patrol',
  sworn: true,
  trainedUntil: '2027-06-30T00:00:00Z',
};

describe('the file of a person', () => {
  it('makes an account that is off duty and not suspended, trained until the date', () => {
    expect(personFile.parse(person)).toEqual({
      username: 'made-up-officer',
      role: 'officer',
      agency: 'bloomington-pd',
      division: 'patrol',
      sworn: true,
      suspended: false,
      trainedUntilMs: 1_814_313_600_000,
      onDuty: false,
    });
  });

  it.each([
    ['without a training date [Training]', { trainedUntil: undefined }],
    ['with a role that does not exist', { role: 'sheriff' }],
    ['with a field that nobody reads', { suspended: false }],
    ['with a name that is no id', { username: 'Made Up' }],
  ])('is refused %s', (_, change) => {
    expect(personFile.safeParse({ ...person, ...change }).success).toBe(false);
  });
});

import { z } from 'zod';
import { roles } from '../../core/access/roles';
import type { Person } from '../../core/people/person';

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens');

/** docs/formats/enrolment.md. A new account is not suspended and off duty. */
export const personFile = z
  .strictObject({
    username: id,
    role: z.enum(roles),
    agency: id,
    division: id,
    sworn: z.boolean(),
    trainedUntil: instant,
  })
  .transform(
    ({ trainedUntil, ...person }): Person => ({
      ...person,
      suspended: false,
      trainedUntilMs: trainedUntil,
      onDuty: false,
    }),
  );

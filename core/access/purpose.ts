import { z } from 'zod';

/** What plates may be searched or listed for (Policy-B). City ordinances, towing, immigration and minor traffic do not exist here. */
export const permittedPurposes = [
  'felony',
  'crime-against-person',
  'hit-and-run',
  'active-arrest-warrant',
  'missing-person',
] as const;

const words = (least: number, most: number) => z.string().trim().min(least).max(most);

/**
 * The purpose of a use. `exigent` opens any other law-enforcement purpose, named, with a written justification
 * (Policy-B); `administrative` is system testing and auditing (Access-C).
 */
export const purposeSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.enum(permittedPurposes) }),
    z.strictObject({
      kind: z.literal('exigent'),
      lawEnforcementPurpose: words(4, 200),
      justification: words(20, 1000),
    }),
    z.strictObject({ kind: z.literal('administrative') }),
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? `must be one of ${permittedPurposes.join(', ')}, exigent, administrative`
        : undefined,
  },
);

export type PermittedPurpose = (typeof permittedPurposes)[number];
export type Purpose =
  | { readonly kind: PermittedPurpose }
  | { readonly kind: 'exigent'; readonly lawEnforcementPurpose: string; readonly justification: string }
  | { readonly kind: 'administrative' };

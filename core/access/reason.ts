import { z } from 'zod';
import { prohibitedSubject } from './prohibited-subjects';
import type { Purpose } from './purpose';
import { namesActivity, tellsWhatHappened } from './telling';

/** Why one search is made (Access-E): a case number when there is one, else a CAD run number or a descriptive phrase. */
export const reasonSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('case-number'), caseNumber: z.string().trim().min(1).max(40) }),
    z.strictObject({ kind: z.literal('cad-number'), cadNumber: z.string().trim().min(1).max(40) }),
    z.strictObject({ kind: z.literal('phrase'), phrase: z.string().trim().min(1).max(200) }),
    z.strictObject({ kind: z.literal('administrative'), activity: z.string().trim().min(1).max(200) }),
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? 'must be one of case-number, cad-number, phrase, administrative'
        : undefined,
  },
);

export type Reason = z.output<typeof reasonSchema>;

/** What this department's reasons look like; part of the deployment file. */
export interface ReasonRules {
  readonly caseNumberPattern: string;
  readonly caseNumberExample: string;
  readonly cadNumberPattern: string;
  readonly cadNumberExample: string;
  readonly phrases: readonly string[];
}

export interface ReasonFault {
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Judges the words of a use: form of the numbers, phrases that say nothing (Access-E), and subjects that may not be
 * searched for (Policy-C, Access-A, Storage-E). `undefined`: nothing to object to. Texts are screened wherever they
 * stand, the justification of an exigency too.
 */
export function findReasonFault(
  use: { purpose: Purpose; reason: Reason },
  rules: ReasonRules,
): ReasonFault | undefined {
  for (const text of textsOf(use)) {
    const subject = prohibitedSubject(text);
    if (subject) return subject;
  }
  return exigencyFault(use.purpose) ?? formFault(use.reason, rules);
}

function textsOf({ purpose, reason }: { purpose: Purpose; reason: Reason }): string[] {
  const texts = purpose.kind === 'exigent' ? [purpose.lawEnforcementPurpose, purpose.justification] : [];
  if (reason.kind === 'phrase') texts.push(reason.phrase);
  if (reason.kind === 'administrative') texts.push(reason.activity);
  return texts;
}

function exigencyFault(purpose: Purpose): ReasonFault | undefined {
  if (purpose.kind !== 'exigent' || tellsWhatHappened(purpose.justification)) return undefined;
  return {
    clause: 'Policy-B',
    message: 'The justification does not describe what makes it exigent.',
    remedy: 'Say what happened and why it cannot wait; a supervisor reads it.',
  };
}

function formFault(reason: Reason, rules: ReasonRules): ReasonFault | undefined {
  switch (reason.kind) {
    case 'case-number':
      return numberFault('case number', reason.caseNumber, rules.caseNumberPattern, rules.caseNumberExample);
    case 'cad-number':
      return numberFault('CAD number', reason.cadNumber, rules.cadNumberPattern, rules.cadNumberExample);
    case 'phrase':
      return phraseFault(reason.phrase, rules.phrases);
    case 'administrative':
      return activityFault(reason.activity);
    default:
      return reason satisfies never;
  }
}

function numberFault(what: string, text: string, pattern: string, example: string): ReasonFault | undefined {
  if (new RegExp(pattern, 'u').test(text)) return undefined;
  return {
    clause: 'Access-E',
    message: `This is no ${what} of the Department.`,
    remedy: `Enter a ${what} such as ${example}, or a descriptive phrase when there is none yet.`,
  };
}

function phraseFault(phrase: string, known: readonly string[]): ReasonFault | undefined {
  if (known.some((each) => each.toLowerCase() === phrase.toLowerCase())) return undefined;
  if (tellsWhatHappened(phrase)) return undefined;
  return {
    clause: 'Access-E',
    message: 'The reason does not describe what the search is for.',
    remedy: `Say what happened, as in "${known.slice(0, 2).join('" or "')}", or enter the case or CAD number.`,
  };
}

function activityFault(activity: string): ReasonFault | undefined {
  if (namesActivity(activity)) return undefined;
  return {
    clause: 'Access-E',
    message: 'The activity does not say what is administered.',
    remedy: 'Name the work, as in "Monthly user audit" or "Test of a new camera".',
  };
}

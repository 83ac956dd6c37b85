/** How sure a match is, best first. Only the plate and the state are compared, never a person. */
export const matchGrades = [
  'exact',
  'exact-state-unknown',
  'look-alike',
  'candidate',
  'near',
  'state-differs',
] as const;
export type MatchGrade = (typeof matchGrades)[number];

/** What an officer is told of a grade, beside both pictures (Policy-G). */
export const gradeWords: Readonly<Record<MatchGrade, string>> = {
  exact: 'Plate and state are as listed.',
  'exact-state-unknown': 'The plate is as listed; the state is not known.',
  'look-alike': 'The plate looks like the listed one: characters that are easily confused differ.',
  candidate: 'The plate was read otherwise; the listed one is a further reading of the same picture.',
  near: 'One character differs from the listed plate, is missing or too many.',
  'state-differs': 'The plate is as listed or looks like it, but the state is another.',
};

/** 0 is the best; for sorting. */
export function rankOf(grade: MatchGrade): number {
  return ranks[grade];
}

const ranks: Readonly<Record<MatchGrade, number>> = {
  exact: 0,
  'exact-state-unknown': 1,
  'look-alike': 2,
  candidate: 3,
  near: 4,
  'state-differs': 5,
};

/** By which reading of the picture, and how closely, a plate on a list was found. */
export type Likeness = 'same' | 'look-alike' | 'candidate';

/** The grade of a likeness. A state that neither side contradicts leaves it as it is; only `same` asks for its proof. */
export function gradeOf(
  likeness: Likeness,
  states: { readonly areBothKnown: boolean; readonly areEqual: boolean },
): MatchGrade {
  if (states.areBothKnown && !states.areEqual) return 'state-differs';
  if (likeness !== 'same') return likeness;
  return states.areBothKnown ? 'exact' : 'exact-state-unknown';
}

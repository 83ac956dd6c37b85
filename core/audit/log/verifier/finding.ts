export type FindingCode =
  | 'note-malformed'
  | 'signature-missing'
  | 'signature-wrong'
  | 'checkpoint-malformed'
  | 'checkpoint-missing'
  | 'checkpoint-misplaced'
  | 'root-differs'
  | 'file-missing'
  | 'file-differs'
  | 'file-unexpected'
  | 'entry-malformed'
  | 'not-included'
  | 'not-consistent'
  | 'cosignature-wrong'
  | 'version-hidden'
  | 'delete-marker'
  | 'opening-differs'
  | 'opening-missing'
  | 'draw-differs'
  | 'fork'
  | 'input-malformed';

/** Something about a log that does not hold, in words for somebody who has never seen one. */
export interface Finding {
  readonly code: FindingCode;
  readonly message: string;
}

/** A proven yes, or what was found instead. Every path that is not a proof is a finding. */
export type Verdict<Proven> =
  | { readonly kind: 'proven'; readonly value: Proven }
  | { readonly kind: 'disproved'; readonly findings: readonly Finding[] };

export const proven = <Proven>(value: Proven): Verdict<Proven> => ({ kind: 'proven', value });

export const disproved = (code: FindingCode, message: string): Verdict<never> => ({
  kind: 'disproved',
  findings: [{ code, message }],
});

/** The numbers under which a use may be filed (Access-E). */
export type FiledNumber =
  | { readonly kind: 'case-number'; readonly text: string }
  | { readonly kind: 'cad-number'; readonly text: string };

/**
 * What the Department's case and dispatch systems know. `not-configured`: nothing was delivered that could be asked, so
 * no number is doubted, and the audit says so.
 */
export type CaseNumbers =
  | { readonly kind: 'not-configured' }
  | {
      readonly kind: 'delivered';
      /** When the list was delivered; a number given out later is in no list yet. */
      readonly deliveredAtMs: number;
      /** How many numbers it holds. */
      readonly count: number;
      has(number: FiledNumber): boolean;
    };

/** Where the list is found, as it stands now. */
export interface CaseNumberSource {
  read(): Promise<CaseNumbers>;
}

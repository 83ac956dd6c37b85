/** Outside law enforcement, those whom the law lets have a record (Access-F). Others cannot be named (Storage-D). */
export const recipientKinds = ['court', 'prosecutor', 'records-request'] as const;
export type RecipientKind = (typeof recipientKinds)[number];

/** What requires a release: the law in one of its forms, or a clause of the policy (Access-F). */
export const authorityKinds = ['court-order', 'subpoena', 'statute', 'policy-clause'] as const;
export type AuthorityKind = (typeof authorityKinds)[number];

export interface ReleaseTo {
  readonly recipient: { readonly kind: RecipientKind; readonly name: string };
  readonly authority: { readonly kind: AuthorityKind; readonly citation: string };
}

export interface ReleaseFault {
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
}

/** What a name says of a business; a word of its own, so that no street or surname is one by chance. */
const commercial =
  /(^|[^\p{L}])(inc|incorporated|llc|llp|ltd|limited|corp|corporation|company|gmbh|plc|insurance|insurer|repossession|repo|towing|collections?|lender|leasing|marketing|analytics|brokers?|vendor|contractor|security services)([^\p{L}]|$)/iu;

/** A law is named by its number, an order or subpoena by its own; a clause by its id. */
const numbered = /\d/;
const clauseId = /(^|[^\p{L}])(Policy|Access|Storage|Acct)-[A-I](\.[a-h0-9])?([^\p{L}\p{N}]|$)/u;

/** What forbids a release by the words of its request; `undefined`: nothing does. */
export function findReleaseFault({ recipient, authority }: ReleaseTo): ReleaseFault | undefined {
  if (commercial.test(recipient.name))
    return {
      clause: 'Storage-D',
      message: 'Nothing is released to commercial, contracted or private entities.',
      remedy: 'Where a court asks for it, name the court and its order.',
    };
  if (recipient.kind === 'records-request' && authority.kind !== 'statute')
    return {
      clause: 'Access-F',
      message: 'A request of records is answered where a statute requires it.',
      remedy: 'Name the statute that requires this release.',
    };
  const isNamed =
    authority.kind === 'policy-clause'
      ? clauseId.test(authority.citation)
      : numbered.test(authority.citation);
  if (isNamed) return undefined;
  return {
    clause: 'Access-F',
    message: 'The authority does not say which law, order or clause it is.',
    remedy: 'Give its number, as in "5 ILCS 140/7", "Subpoena 2026-CF-123" or "Access-F".',
  };
}

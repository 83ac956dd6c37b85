/** The attribute into which the identity provider's claim is mapped at each federated sign-in. */
const mfaAttribute = 'custom:mfa';

/**
 * Whether a sign-in is known to have had a second factor. The pool asks everybody of its own for one. Of whoever has an
 * identity at the department's provider the claim decides, and a linked account that signs in by its password shows it
 * as well: two ways in, one rule, so that none is the weaker. The provider may send a list (`amr`), which Cognito hands
 * on in brackets.
 */
export function showsSecondFactor(
  attributes: Readonly<Record<string, string | undefined>>,
  mfaValue: string | undefined,
): boolean {
  const isFederated =
    attributes.identities !== undefined || attributes['cognito:user_status'] === 'EXTERNAL_PROVIDER';
  if (!isFederated) return true;
  const claim = attributes[mfaAttribute];
  if (claim === undefined || mfaValue === undefined) return false;
  return claim === mfaValue || listed(claim).includes(mfaValue);
}

function listed(claim: string): readonly string[] {
  const [, inside] = /^\[(.*)\]$/s.exec(claim.trim()) ?? [];
  return (inside ?? '').split(',').map((item) => item.trim().replace(/^"(.*)"$/, '$1'));
}

import { AwsError } from '../aws/errors';

/** How S3 spells what the shared parts call otherwise. */
const spelling: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
  IncompleteSignature: { code: 'AuthorizationHeaderMalformed', status: 400 },
  InternalFailure: { code: 'InternalError', status: 500 },
  MissingAuthenticationToken: { code: 'AccessDenied', status: 403 },
  RequestEntityTooLargeException: { code: 'EntityTooLarge', status: 400 },
  UnrecognizedClientException: { code: 'InvalidAccessKeyId', status: 403 },
};

export function s3Error(error: AwsError): AwsError {
  const known = Object.hasOwn(spelling, error.code) ? spelling[error.code] : undefined;
  return known === undefined ? error : new AwsError(known.code, error.message, known.status);
}

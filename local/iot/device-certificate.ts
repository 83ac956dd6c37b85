import { AwsError } from '../aws/errors';
import type { Certificate } from './certificate-authority';

export const certificateStatuses = ['ACTIVE', 'INACTIVE', 'REVOKED'] as const;
export type CertificateStatus = (typeof certificateStatuses)[number];

export interface DeviceCertificate extends Certificate {
  readonly arn: string;
  readonly createdAtMs: number;
  status: CertificateStatus;
  readonly policies: Set<string>;
  readonly things: Set<string>;
}

export function notFound(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', `The requested ${what} does not exist.`, 404);
}

import { AwsError } from '../aws/errors';
import type { EncryptionContext } from './ciphertext';

export type Input = Readonly<Record<string, unknown>>;

/** KMS takes an encryption context of at most 8,192 characters. */
const contextCharsMax = 8192;

export function requiredText(input: Input, name: string): string {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw invalid(`${name} must be a non-empty string`);
  return value;
}

export function optionalText(input: Input, name: string): string | undefined {
  return input[name] === undefined || input[name] === null ? undefined : requiredText(input, name);
}

export function optionalInteger(
  input: Input,
  name: string,
  { from, to }: { readonly from: number; readonly to: number },
): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < from || value > to) {
    throw invalid(`${name} must be a whole number from ${from} to ${to}`);
  }
  return value;
}

/** A blob, base64 in awsJson. Empty ones are refused, as KMS does. */
export function blob(input: Input, name: string, bytesMax: number): Buffer {
  const bytes = Buffer.from(requiredText(input, name), 'base64');
  if (bytes.length === 0 || bytes.length > bytesMax)
    throw invalid(`${name} must be 1 to ${bytesMax} bytes long`);
  return bytes;
}

export function encryptionContext(input: Input, name = 'EncryptionContext'): EncryptionContext {
  const value = input[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`${name} must be a map of strings`);
  const entries = Object.entries(value).map(([key, text]: [string, unknown]) => {
    if (typeof text !== 'string') throw invalid(`${name} must be a map of strings`);
    return [key, text] as const;
  });
  if (JSON.stringify(entries).length > contextCharsMax) throw invalid(`${name} is too long`);
  return Object.fromEntries(entries);
}

export const invalid = (message: string) => new AwsError('ValidationException', message);

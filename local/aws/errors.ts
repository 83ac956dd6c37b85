/** An error as an AWS service answers it: a code that SDKs turn into an exception name, a message, a status. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly statusCode = 400,
  ) {
    super(message);
    this.name = 'AwsError';
  }
}

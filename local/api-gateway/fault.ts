/** The reasons for which API Gateway answers by itself, with the status and words it has for each. */
const faults = {
  ACCESS_DENIED: [403, 'AccessDeniedException', 'User is not authorized to access this resource'],
  API_CONFIGURATION_ERROR: [500, 'InternalServerErrorException', 'Internal server error'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'AuthorizerConfigurationException', 'Internal server error'],
  BAD_REQUEST_BODY: [400, 'BadRequestException', 'Invalid request body'],
  BAD_REQUEST_PARAMETERS: [400, 'BadRequestException', 'Missing required request parameters'],
  INTEGRATION_FAILURE: [504, 'InternalServerErrorException', 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'InternalServerErrorException', 'Endpoint request timed out'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'RequestTooLargeException', 'Request Too Long'],
  UNAUTHORIZED: [401, 'UnauthorizedException', 'Unauthorized'],
} as const;

export type FaultType = keyof typeof faults;

/** A request that never got an answer from the function behind it. */
export class GatewayFault extends Error {
  readonly statusCode: number;
  /** The `x-amzn-ErrorType` header. */
  readonly errorType: string;
  /** What the body broke, for `$context.error.validationErrorString`. */
  readonly validationError: string | undefined;

  constructor(
    readonly type: FaultType,
    details: {
      readonly message?: string;
      readonly statusCode?: number;
      readonly validationError?: string;
    } = {},
  ) {
    const [statusCode, errorType, message] = faults[type];
    super(details.message ?? message);
    this.name = 'GatewayFault';
    this.statusCode = details.statusCode ?? statusCode;
    this.errorType = errorType;
    this.validationError = details.validationError;
  }
}

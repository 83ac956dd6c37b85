/** Credentials as a client uses them. */
export interface ClientCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** By the service's name in `AWS_ENDPOINT_URL_<name>`. */
export type ServiceUrls = Readonly<Record<string, string>>;

/** Nothing listens there: a call to a service that is not modelled fails at once and never leaves the machine. */
const closedPort = 'http://127.0.0.1:9';

/** The environment in which AWS clients talk to the local services as the holder of these credentials. */
export function endpointEnvironment(
  { accessKeyId, secretAccessKey, sessionToken }: ClientCredentials,
  { urls, region }: { urls: ServiceUrls; region: string },
): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(urls).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url])),
    AWS_ENDPOINT_URL: closedPort,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    // A client may not have both an endpoint of its own and FIPS endpoints, which a deployment may ask for.
    AWS_USE_FIPS_ENDPOINT: 'false',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

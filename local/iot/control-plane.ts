import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { z } from 'zod';
import type { Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { readBody, stampDate } from '../aws/http';
import { asAwsError } from '../aws/json-protocol';
import { authenticate } from '../aws/sigv4';
import { certificateStatuses, type DeviceCertificate, notFound } from './device-certificate';
import type { Iot } from './iot';

interface Call {
  readonly iot: Iot;
  /** The last part of the path that names something: a thing, a policy, a certificate. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
  /** Asks IAM; throws `AwsError`. */
  readonly require: (action: string, resource: string) => void;
}

const bodyBytesMax = 64 * 1024;

/** AWS IoT's control plane (REST, JSON): the operations that enrolling a device takes. */
export function controlPlane(iot: Iot): RequestListener {
  return (req, res) => {
    const reply = (statusCode: number, body: unknown, headers: Record<string, string> = {}) => {
      stampDate(res, iot.options.clock);
      res.writeHead(statusCode, {
        'content-type': 'application/json',
        'x-amzn-requestid': randomUUID(),
        ...headers,
      });
      res.end(JSON.stringify(body));
    };
    answer(req, iot).then(
      (body) => reply(200, body),
      (error: unknown) => {
        const { code, message, statusCode } = asAwsError(error);
        const status = code === 'AccessDeniedException' ? 403 : statusCode;
        reply(status, { message }, { 'x-amzn-errortype': code });
      },
    );
  };
}

async function answer(req: IncomingMessage, iot: Iot): Promise<unknown> {
  const body = await readBody(req, bodyBytesMax);
  const { method = 'GET', url = '/', headers } = req;
  const { credentials, clock } = iot.options;
  const caller = authenticate({ method, url, headers, body }, credentials, clock);
  const { pathname, searchParams } = new URL(url, 'http://local');
  for (const { form, run } of operations) {
    const match = form.exec(`${method} ${pathname}`);
    if (match === null) continue;
    return run({
      iot,
      name: decodeURIComponent(match[1] ?? ''),
      query: searchParams,
      headers,
      body: parseBody(body),
      require: (action, resource) => authorize(iot, caller, `iot:${action}`, resource),
    });
  }
  throw new AwsError(
    'UnknownOperationException',
    `the local iot does not model ${method} ${pathname.replace(/[0-9a-f]{64}/, '<id>')}; it models ${operations.map(({ name }) => name).join(', ')}`,
  );
}

function authorize(iot: Iot, caller: Caller, action: string, resource: string): void {
  iot.options.authorize({ caller, action, resource });
}

/**
 * Where IAM knows no resource for an action, a policy must name `*`:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiot.html
 */
const operations: readonly {
  readonly name: string;
  /** Method and path. */
  readonly form: RegExp;
  readonly run: (call: Call) => unknown;
}[] = [
  { name: 'CreateThing', form: /^POST \/things\/([^/]+)$/, run: createThing },
  { name: 'CreateCertificateFromCsr', form: /^POST \/certificates$/, run: createCertificateFromCsr },
  { name: 'CreateKeysAndCertificate', form: /^POST \/keys-and-certificate$/, run: createKeysAndCertificate },
  { name: 'DescribeCertificate', form: /^GET \/certificates\/([^/]+)$/, run: describeCertificate },
  { name: 'UpdateCertificate', form: /^PUT \/certificates\/([^/]+)$/, run: updateCertificate },
  { name: 'AttachPolicy', form: /^PUT \/target-policies\/([^/]+)$/, run: attachPolicy },
  { name: 'AttachThingPrincipal', form: /^PUT \/things\/([^/]+)\/principals$/, run: attachThingPrincipal },
  { name: 'DescribeEndpoint', form: /^GET \/endpoint$/, run: describeEndpoint },
];

function createThing({ iot, name, body, require }: Call) {
  require('CreateThing', iot.arn(`thing/${name}`));
  if (!/^[a-zA-Z0-9:_-]{1,128}$/.test(name)) throw invalid('thingName');
  const { attributePayload } = parsed(
    z.strictObject({
      attributePayload: z.strictObject({ attributes: z.record(z.string(), z.string()) }).optional(),
    }),
    body,
  );
  const attributes = attributePayload?.attributes ?? {};
  const there = iot.things.get(name);
  if (there !== undefined && !isSame(there.attributes, attributes)) {
    throw new AwsError(
      'ResourceAlreadyExistsException',
      'Thing already exists in account with different attributes',
      409,
    );
  }
  iot.things.set(name, { attributes });
  return { thingName: name, thingArn: iot.arn(`thing/${name}`), thingId: randomUUID() };
}

function createCertificateFromCsr({ iot, query, body, require }: Call) {
  require('CreateCertificateFromCsr', '*');
  const { certificateSigningRequest } = parsed(
    z.strictObject({ certificateSigningRequest: z.string() }),
    body,
  );
  return described(iot.addCertificate(certificateSigningRequest, isTrue(query.get('setAsActive'))));
}

function createKeysAndCertificate({ iot, query, require }: Call) {
  require('CreateKeysAndCertificate', '*');
  const made = iot.addKeysAndCertificate(isTrue(query.get('setAsActive')));
  const keyPair = { PublicKey: made.publicKeyPem, PrivateKey: made.privateKeyPem };
  return { ...described(made.certificate), keyPair };
}

function describeCertificate({ iot, name, require }: Call) {
  require('DescribeCertificate', iot.arn(`cert/${name}`));
  const certificate = iot.certificate(name);
  return {
    certificateDescription: {
      ...described(certificate),
      status: certificate.status,
      creationDate: certificate.createdAtMs / 1000,
    },
  };
}

function updateCertificate({ iot, name, query, require }: Call) {
  require('UpdateCertificate', iot.arn(`cert/${name}`));
  const certificate = iot.certificate(name);
  certificate.status = parsed(z.enum(certificateStatuses), query.get('newStatus'));
  return {};
}

function attachPolicy({ iot, name, body, require }: Call) {
  const { target } = parsed(z.strictObject({ target: z.string() }), body);
  require('AttachPolicy', target);
  iot.requirePolicy(name);
  iot.certificate(target).policies.add(name);
  return {};
}

function attachThingPrincipal({ iot, name, query, headers, require }: Call) {
  require('AttachThingPrincipal', '*');
  if (query.has('thingPrincipalType')) throw invalid('thingPrincipalType (it is not modelled)');
  if (!iot.things.has(name)) throw notFound('thing');
  iot.certificate(parsed(z.string(), headers['x-amzn-principal'])).things.add(name);
  return {};
}

function describeEndpoint({ iot, query, require }: Call) {
  require('DescribeEndpoint', '*');
  if (query.get('endpointType') !== 'iot:CredentialProvider')
    throw invalid('endpointType (only iot:CredentialProvider is modelled)');
  return { endpointAddress: iot.credentialEndpoint };
}

function described({ arn, id, pem }: DeviceCertificate) {
  return { certificateArn: arn, certificateId: id, certificatePem: pem };
}

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw invalid('the body');
  }
}

function parsed<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalid(z.prettifyError(result.error));
}

const invalid = (what: string) => new AwsError('InvalidRequestException', `not valid: ${what}`);
const isTrue = (text: string | null) => text === 'true';

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

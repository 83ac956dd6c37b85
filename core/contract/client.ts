import { z } from 'zod';
import { proofHeader } from './devices';
import { type Operation, type OperationId, operations } from './operations';
import { type Problem, problemSchema } from './problem';

type Sent<Id extends OperationId> = {
  readonly [Key in keyof (typeof operations)[Id]['request']]: (typeof operations)[Id]['request'][Key] extends z.ZodType
    ? z.input<(typeof operations)[Id]['request'][Key]>
    : never;
};

type Answer<Id extends OperationId> = (typeof operations)[Id]['response']['body'] extends infer Body
  ? Body extends z.ZodType
    ? z.output<Body>
    : Uint8Array
  : never;

export type Outcome<Id extends OperationId> =
  | { readonly kind: 'answered'; readonly status: number; readonly body: Answer<Id> }
  | { readonly kind: 'refused'; readonly status: number; readonly problem: Problem };

/** Calls the API. Throws `UnexpectedAnswer` for what is neither the promised answer nor a problem. */
export type Client = <Id extends OperationId>(operation: Id, request: Sent<Id>) => Promise<Outcome<Id>>;

export class UnexpectedAnswer extends Error {
  constructor(
    readonly code: 'status' | 'content',
    readonly status: number,
    options?: { cause?: unknown },
  ) {
    super(`the API answered ${status} in a form that the contract does not know`, options);
    this.name = 'UnexpectedAnswer';
  }
}

export interface ClientOptions {
  /** Where the API answers, with its stage, without a slash at the end. */
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  /** A valid access token; asked for on each call. */
  readonly accessToken: () => Promise<string>;
  /** Of a registered device: its proof for one call, a new one each time; see docs/formats/device-proof.md. */
  readonly proof?: (call: {
    readonly method: string;
    readonly url: string;
    readonly accessToken: string;
  }) => Promise<string>;
}

export function createClient(options: ClientOptions): Client {
  return async (id, request) => {
    const operation: Operation = operations[id];
    const sent: { path?: object; query?: object; body?: unknown } = request;
    const { method } = operation;
    const url = options.baseUrl + pathOf(operation, sent.path);
    const accessToken = await options.accessToken();
    const proof = await options.proof?.({ method, url, accessToken });
    const response = await options.fetch(url + queryOf(sent.query), {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(proof === undefined ? {} : { [proofHeader]: proof }),
        accept: operation.response.body === 'image/jpeg' ? 'image/jpeg' : 'application/json',
        ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
    });
    if (response.status >= 400)
      return { kind: 'refused', status: response.status, problem: await problemOf(response) };
    if (response.status !== operation.response.status) throw new UnexpectedAnswer('status', response.status);
    const body = await bodyOf(operation, response);
    return { kind: 'answered', status: response.status, body: body as Answer<typeof id> };
  };
}

function pathOf(operation: Operation, values: object = {}): string {
  const known = new Map<string, unknown>(Object.entries(values));
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(known.get(name))),
  );
}

function queryOf(values: object = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? '' : `?${given}`;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    // Where the gateway refuses by itself, only the HTTP status says which.
    return problemSchema.parse({ status: response.status, ...z.looseObject({}).parse(body) });
  } catch (cause) {
    throw new UnexpectedAnswer('content', response.status, { cause });
  }
}

async function bodyOf(operation: Operation, response: Response): Promise<unknown> {
  const { body } = operation.response;
  if (body === 'image/jpeg') return new Uint8Array(await response.arrayBuffer());
  if (body === undefined) return undefined;
  try {
    return body.parse(await response.json());
  } catch (cause) {
    throw new UnexpectedAnswer('content', response.status, { cause });
  }
}

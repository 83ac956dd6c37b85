import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import http from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { AwsError } from '../aws/errors';

export interface EngineReply {
  readonly statusCode: number;
  readonly contentType: string;
  readonly body: Buffer;
}

const startsMax = 5;
const startTimeoutMs = 5_000;

/** A DynamoDB-compatible store that checks no signature and no rights; only the service in front of it talks to it. */
export class Engine {
  readonly #endpoint: URL;
  readonly #child: ChildProcess | undefined;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

  private constructor(endpoint: URL, child?: ChildProcess) {
    this.#endpoint = endpoint;
    this.#child = child;
  }

  /**
   * Uses the store at `endpoint`, or starts Dynoxide's binary, in memory. Throws when there is neither.
   * Dynoxide cannot choose its own port, so one that was free a moment ago may be taken: hence some attempts.
   */
  static async start(endpoint: string | undefined = process.env.DYNAMODB_ENDPOINT): Promise<Engine> {
    if (endpoint !== undefined) return new Engine(new URL(endpoint));
    const binary = dynoxideBinary();
    for (let attempt = 1; attempt <= startsMax; attempt++) {
      const port = await freePort();
      const child = spawn(binary, ['serve', '--port', String(port)], { stdio: 'ignore', env: {} });
      const killAtExit = () => child.kill('SIGKILL');
      process.once('exit', killAtExit);
      child.once('exit', () => process.removeListener('exit', killAtExit));
      if (await answers(port, child)) return new Engine(new URL(`http://127.0.0.1:${port}`), child);
      child.kill('SIGKILL');
    }
    throw new Error(`the DynamoDB engine ${binary} did not start in ${startsMax} attempts`);
  }

  /** Sends one request as it is, and gives the answer as it is. */
  forward(operation: string, body: Uint8Array): Promise<EngineReply> {
    return new Promise((resolve, reject) => {
      const req = http.request(
        this.#endpoint,
        {
          method: 'POST',
          agent: this.#agent,
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'content-length': body.length,
            'x-amz-target': `DynamoDB_20120810.${operation}`,
            ...signatureOutline,
          },
        },
        (res) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('error', reject);
          res.on('end', () =>
            resolve({
              statusCode: res.statusCode ?? 500,
              contentType: res.headers['content-type'] ?? 'application/x-amz-json-1.0',
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      req.on('error', reject);
      req.end(body);
    });
  }

  /** One call of the service's own. Throws the engine's error as `AwsError`. */
  async call(operation: string, input: unknown): Promise<Record<string, unknown>> {
    const reply = await this.forward(operation, Buffer.from(JSON.stringify(input)));
    const output: unknown = JSON.parse(reply.body.toString('utf8'));
    const fields = Object.fromEntries(Object.entries(Object(output)));
    if (reply.statusCode === 200) return fields;
    const code = String(fields.__type ?? 'InternalFailure').replace(/^.*#/, '');
    throw new AwsError(code, String(fields.message ?? fields.Message ?? ''), reply.statusCode);
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }
}

/** The engine wants the outline of a signature, whatever it says. */
const signatureOutline = {
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-2/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

function dynoxideBinary(): string {
  const packageFile = resolvedPackage();
  const binary = packageFile === undefined ? undefined : path.join(path.dirname(packageFile), 'dynoxide');
  if (binary !== undefined && existsSync(binary)) return binary;
  throw new Error(
    'no DynamoDB engine: @dynoxide/linux-x64 is not installed (it is for Linux on x64). ' +
      'Start any DynamoDB-compatible store and set DYNAMODB_ENDPOINT=http://127.0.0.1:<port>.',
  );
}

function resolvedPackage(): string | undefined {
  try {
    return require.resolve('@dynoxide/linux-x64/package.json');
  } catch {
    return undefined;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address === null || typeof address === 'string'
          ? reject(new Error('no free port'))
          : resolve(address.port),
      );
    });
  });
}

async function answers(port: number, child: ChildProcess): Promise<boolean> {
  const deadlineMs = performance.now() + startTimeoutMs;
  while (performance.now() < deadlineMs && child.exitCode === null) {
    const isUp = await fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      () => false,
    );
    if (isUp) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

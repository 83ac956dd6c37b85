import middy from '@middy/core';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { AuditDeps, Caller } from '../../core/audit/audited-use';
import { type Input, parseInput } from '../../core/contract/input';
import { type Operation, type OperationId, operations } from '../../core/contract/operations';
import { type FieldFault, problem } from '../../core/contract/problem';
import { type AdmitCallerDeps, admitCaller } from './admit-caller';
import { problemOfFailure } from './failure';
import { type GatewayCall, parseProxyEvent } from './proxy-event';
import { type Refused, refusal } from './refusal';
import { jpegResult, jsonResult, problemResult, type Reply } from './reply';

/** What the chain needs for each call: the live facts, the audit log, and where it tells what is amiss. */
export interface ApiDeps extends AuditDeps, AdmitCallerDeps {}

/** `call.accept`: the `Accept` header, where there was one. */
export type Handle<Id extends OperationId> = (
  input: Input<Id>,
  caller: Caller,
  call: Pick<GatewayCall, 'accept'>,
) => Promise<Reply<Id>>;

/** One Lambda handler of one operation behind the gateway. */
export type ApiHandler = (event: unknown, context: Context) => Promise<APIGatewayProxyResult>;

/** Before the function's own limit, so that a slow store becomes a problem with an id and not a bare 504. */
const answerEarlyMs = 1000;

class TimeRanOut extends Error {
  override readonly name = 'TimeRanOut';
}

/**
 * The chain of every operation: who calls (live facts, read now) → request form → `handle` → reply. Each refusal carries
 * its clause and is durable in the audit log before it is told; where that cannot be, the answer is 503. Whatever throws
 * is answered as a problem without details and logged under its id.
 */
export function apiHandler<Id extends OperationId>(options: {
  readonly operation: Id;
  readonly deps: ApiDeps;
  readonly handle: Handle<Id>;
}): ApiHandler {
  const { operation, deps, handle } = options;
  const requestIds = new WeakMap<Context, string>();
  const answer = async (event: unknown, context: Context): Promise<APIGatewayProxyResult> => {
    const requestId = deps.events.newId();
    requestIds.set(context, requestId);
    return answerCall({ operation, deps, handle, requestId, call: parseProxyEvent(event) });
  };
  const chain = middy<unknown, APIGatewayProxyResult>({
    timeoutEarlyInMillis: answerEarlyMs,
    timeoutEarlyResponse: () => {
      throw new TimeRanOut();
    },
  });
  chain.handler(answer).onError((request) => {
    const requestId = requestIds.get(request.context) ?? deps.events.newId();
    deps.report({ error: request.error, requestId, operation });
    request.response = problemResult(problemOfFailure(request.error, requestId));
  });
  return async (event, context) => chain(event, context);
}

async function answerCall<Id extends OperationId>(request: {
  readonly operation: Id;
  readonly deps: ApiDeps;
  readonly handle: Handle<Id>;
  readonly requestId: string;
  readonly call: GatewayCall;
}): Promise<APIGatewayProxyResult> {
  const { operation, deps, handle, requestId, call } = request;
  const refuse = refusal({ deps, operation, requestId });
  const admission = await admitCaller(deps, call, { operation, requestId, nowMs: deps.events.now() });
  if (admission.kind === 'refused') return refuse(admission.who, admission.refused, admission.device);
  const { person, device } = admission;

  if (call.body.kind === 'not-json')
    return problemResult(problem('request-invalid', { detail: 'The body is not JSON.' }, requestId));
  const parsed = parseInput(operation, { path: call.path, query: call.query, body: call.body.value });
  if (parsed.kind === 'invalid') {
    const refused = refusedForm(parsed);
    if (refused !== undefined) return refuse(person, refused, device);
    const { fields } = parsed;
    return problemResult(problem('request-invalid', { detail: putRight(fields), fields }, requestId));
  }

  const reply = await handle(parsed.input, { person, device, requestId }, call);
  switch (reply.kind) {
    case 'answer':
      return resultOf(operation, reply.body);
    case 'refused':
      return refuse(person, reply, device);
    case 'problem':
      return problemResult(problem(reply.problem, reply.facts, requestId));
    default:
      return reply satisfies never;
  }
}

/** A form that leaves out what a clause demands is a refused use; any other bad form is just a bad request. */
function refusedForm(form: {
  readonly fields: readonly FieldFault[];
  readonly clause?: string;
}): Refused | undefined {
  const { fields, clause } = form;
  if (clause === undefined) return undefined;
  const denial = {
    clause,
    message: putRight(fields),
    remedy: 'Each field says what is needed.',
    rules: ['request-form'],
  };
  return { denial, as: 'request-invalid', fields };
}

function putRight(fields: readonly FieldFault[]): string {
  return `Put right: ${fields.map((each) => each.field).join(', ')}.`;
}

function resultOf(id: OperationId, body: unknown): APIGatewayProxyResult {
  const { response }: Operation = operations[id];
  return body instanceof Uint8Array ? jpegResult(response.status, body) : jsonResult(response.status, body);
}

import type { z } from 'zod';
import { type Operation, type OperationId, operations } from './operations';
import type { FieldFault } from './problem';

type Part<
  Id extends OperationId,
  Name extends 'path' | 'query' | 'body',
> = (typeof operations)[Id]['request'] extends {
  readonly [Key in Name]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

/** A request of an operation, parsed. */
export interface Input<Id extends OperationId> {
  readonly path: Part<Id, 'path'>;
  readonly query: Part<Id, 'query'>;
  readonly body: Part<Id, 'body'>;
}

export type ParsedInput<Id extends OperationId> =
  | { readonly kind: 'valid'; readonly input: Input<Id> }
  /** `clause`: that of the first fault which an SOP clause stands behind. */
  | { readonly kind: 'invalid'; readonly fields: readonly FieldFault[]; readonly clause?: string };

const parts = ['path', 'query', 'body'] as const;

/** Parses what came from outside. Lists every fault, and for each field what to do; never repeats a value. */
export function parseInput<Id extends OperationId>(
  id: Id,
  raw: { readonly path: unknown; readonly query: unknown; readonly body: unknown },
): ParsedInput<Id> {
  const operation: Operation = operations[id];
  const fields: FieldFault[] = [];
  const input: Partial<Record<(typeof parts)[number], unknown>> = {};
  for (const part of parts) {
    const schema = operation.request[part];
    if (!schema) continue;
    const parsed = schema.safeParse(raw[part], { error: messageOf });
    if (parsed.success) input[part] = parsed.data;
    else fields.push(...parsed.error.issues.flatMap((issue) => faultsOf(issue, operation)));
  }
  if (fields.length === 0) return { kind: 'valid', input: input as Input<Id> };
  const clause = fields.find((each) => each.clause !== undefined)?.clause;
  return { kind: 'invalid', fields, ...(clause === undefined ? {} : { clause }) };
}

function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be of type ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'must be one of the kinds that the API document lists';
    case 'too_small':
      return `must not be below ${issue.minimum}${sizeUnit(issue.origin)}`;
    case 'too_big':
      return `must not be above ${issue.maximum}${sizeUnit(issue.origin)}`;
    case 'unrecognized_keys':
      return 'is not a field of this request; leave it out';
    default:
      return undefined;
  }
}

function sizeUnit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' items' : '';
}

function faultsOf(issue: z.core.$ZodIssue, operation: Operation): FieldFault[] {
  const paths =
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => {
    const clause = clauseOf(operation, String(path[0]));
    return {
      field: path.length === 0 ? '(the body)' : path.map(String).join('.'),
      message: issue.message,
      ...(clause === undefined ? {} : { clause }),
    };
  });
}

/** A name from outside is looked up as an own field only: `constructor` names no clause. */
function clauseOf({ fieldClauses = {} }: Operation, field: string): string | undefined {
  return Object.hasOwn(fieldClauses, field) ? fieldClauses[field] : undefined;
}

import { z } from 'zod';
import { type AuditEvent, parseEvent } from '../../../core/audit/event';
import { problemSchema } from '../../../core/contract/problem';
import type { LocalSystem } from '../../../local/system';
import { textOf } from '../../../scripts/start/items';
import { physicalName } from '../../../scripts/start/resources';
import type { RawAnswer } from './raw-call';

/** What is left of a call: how it was answered, and what stands of it in the logs. */
export interface Trace {
  readonly status: number;
  readonly clause?: string;
  /** Of the access log. */
  readonly logged?: number;
  /** The clauses of its refusals in the audit log. */
  readonly audited: readonly string[];
}

/** The gateway's own problem documents say no more than they must; the product's name an id of the log. */
const anyProblem = z.union([problemSchema, problemSchema.partial({ status: true })]);

const logLine = z.looseObject({ requestId: z.string(), status: z.coerce.number() });

export async function auditEvents(system: LocalSystem): Promise<readonly AuditEvent[]> {
  const items = await system.services.dynamodb.dump(physicalName(system, 'AuditEvents'));
  return items.map((item) => parseEvent(JSON.parse(textOf(item, 'event') ?? '')));
}

/** The marks of calls that were permitted, whatever came of them then. */
export async function permittedMarks(system: LocalSystem): Promise<ReadonlySet<string>> {
  const requested = (await auditEvents(system)).flatMap((event) =>
    event.kind === 'requested' ? [event.device?.userAgent ?? ''] : [],
  );
  return new Set(requested);
}

/**
 * The traces of refused calls. Throws for an answer that is no problem document, and for an audited refusal that tells
 * another clause than the answer.
 */
export async function tracesOf(
  system: LocalSystem,
  answers: Readonly<Record<string, RawAnswer>>,
): Promise<Record<string, Trace>> {
  const clausesByMark = new Map<string, string[]>();
  for (const event of await auditEvents(system)) {
    if (event.kind !== 'refused') continue;
    const mark = event.device?.userAgent ?? '';
    clausesByMark.set(mark, [...(clausesByMark.get(mark) ?? []), event.decision.clause ?? '']);
  }
  const logged = accessLog(system);
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => {
      const status = logged.get(String(answer.headers['x-amzn-requestid']));
      return [
        name,
        {
          status: answer.status,
          ...clauseOf(name, answer),
          ...(status === undefined ? {} : { logged: status }),
          audited: clausesByMark.get(answer.mark) ?? [],
        },
      ];
    }),
  );
}

/** Status by request id. */
function accessLog(system: LocalSystem): ReadonlyMap<string, number> {
  const lines = system.sinks.logs.lines().filter(({ stream }) => stream === 'access');
  return new Map(
    lines.flatMap(({ line }) => {
      const parsed = logLine.safeParse(JSON.parse(line));
      return parsed.success ? [[parsed.data.requestId, parsed.data.status] as const] : [];
    }),
  );
}

function clauseOf(name: string, answer: RawAnswer): { clause?: string } {
  const { status, headers, text } = answer;
  if (status < 400) return {};
  if (headers['content-type'] !== 'application/problem+json')
    throw new Error(`${name}: ${status} as ${headers['content-type']}, which is no problem document`);
  if (text === '') return {};
  const { clause } = anyProblem.parse(JSON.parse(text));
  return clause === undefined ? {} : { clause };
}

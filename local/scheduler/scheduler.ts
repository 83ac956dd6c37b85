import type { Authorize } from '../aws/caller';
import type { Clock } from '../clock';
import type { Deliveries } from '../lambda/deliveries';
import type { IssueCredentials } from '../lambda/function-spec';
import type { Invocation } from '../lambda/invoke';
import { rememberingNext } from './remembered-next';
import type { ScheduleExpression } from './schedule-expression';

/** One schedule, or one target of a rule. */
export interface Schedule {
  readonly arn: string;
  readonly expression: ScheduleExpression;
  /** No time outside is due; `undefined`: open. */
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly target: ScheduleTarget;
}

export type ScheduleTarget =
  /** EventBridge Scheduler: takes on a role. */
  | {
      readonly kind: 'as-role';
      readonly functionArn: string;
      readonly roleArn: string;
      /** JSON text, with `<aws.scheduler.…>` where the run's own facts go. */
      readonly input: string;
      readonly deadLetterArn: string | undefined;
    }
  /** EventBridge rule: the function's resource policy lets it. */
  | { readonly kind: 'as-service'; readonly functionArn: string; readonly input: string };

export interface Due {
  readonly atMs: number;
  readonly schedule: Schedule;
}

/** An occasion that did not reach its function. */
export interface ScheduleFailure {
  readonly scheduleArn: string;
  readonly atMs: number;
  readonly reason: string;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly iam: { readonly authorize: Authorize; readonly issueCredentials: IssueCredentials };
  readonly functions: {
    /** Asynchronous, permission checked; resolves when the event has been dealt with, retries included. */
    completeAsync(functionArn: string, payload: unknown): Promise<void>;
    /** The same by a service, if the function's resource policy lets it. */
    completeAsyncFor(invocation: Invocation): Promise<void>;
    configuration(functionArn: string): unknown;
  };
  readonly deliveries: Deliveries;
}

/** More occasions than this in one step of the clock are a mistake in a schedule. */
const dueMax = 100_000;

const schedulerPrincipal = 'scheduler.amazonaws.com';

/** EventBridge Scheduler and scheduled rules: says what is due, and runs it when the system's clock is there. */
export class Scheduler {
  readonly failures: ScheduleFailure[] = [];
  readonly #options: SchedulerOptions;
  readonly #schedules: Schedule[] = [];

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  add(schedule: Schedule): void {
    this.#schedules.push({ ...schedule, expression: rememberingNext(schedule.expression) });
  }

  schedules(): readonly Schedule[] {
    return this.#schedules;
  }

  /**
   * Checks, once everything is made, that each schedule's role trusts the scheduler and may invoke its target. Throws
   * at the first that may not: in the cloud it would fail silently, each time.
   */
  start(): void {
    for (const { target, arn } of this.#schedules) {
      this.#options.functions.configuration(target.functionArn);
      if (target.kind === 'as-role') this.#requireRole(target, arn);
    }
  }

  /** What is due after `fromMs` and up to `toMs`, in order of time. */
  dueBetween(fromMs: number, toMs: number, options: { readonly thinnedToMs?: number } = {}): readonly Due[] {
    const { thinnedToMs } = options;
    const due: Due[] = [];
    for (const schedule of this.#schedules) {
      const endMs = Math.min(toMs, schedule.endMs ?? toMs);
      let atMs = schedule.expression.next(Math.max(fromMs, (schedule.startMs ?? 0) - 1));
      while (atMs !== undefined && atMs <= endMs) {
        const nextMs = schedule.expression.next(atMs);
        if (thinnedToMs === undefined || !isThinnedOut(atMs, nextMs, thinnedToMs))
          due.push({ atMs, schedule });
        if (due.length > dueMax) throw new Error(`more than ${dueMax} schedules are due in one step`);
        atMs = nextMs;
      }
    }
    return due.sort((one, other) => one.atMs - other.atMs);
  }

  /**
   * Runs one occasion and waits until its function is done, retries included. What is refused goes to the schedule's
   * dead-letter queue and to `failures`; it never throws.
   */
  async fire({ atMs, schedule }: Due): Promise<void> {
    try {
      await this.#invoke(schedule, atMs);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.failures.push({ scheduleArn: schedule.arn, atMs, reason });
      await this.#deadLetter(schedule, atMs, reason);
    }
  }

  async #invoke({ target, arn }: Schedule, atMs: number): Promise<void> {
    const payload: unknown = JSON.parse(withFacts(target.input, { arn, atMs }));
    const { functionArn } = target;
    if (target.kind === 'as-role') {
      this.#requireRole(target, arn);
      return this.#options.functions.completeAsync(functionArn, payload);
    }
    return this.#options.functions.completeAsyncFor({
      functionArn,
      payload,
      principal: 'events.amazonaws.com',
      sourceArn: arn,
    });
  }

  #requireRole({ roleArn, functionArn }: Extract<ScheduleTarget, { kind: 'as-role' }>, arn: string): void {
    const { accessKeyId } = this.#options.iam.issueCredentials(
      roleArn,
      sessionName(arn),
      schedulerPrincipal,
      groupArn(arn),
    );
    const caller = { accessKeyId, roleArn };
    this.#options.iam.authorize({ caller, action: 'lambda:InvokeFunction', resource: functionArn });
  }

  async #deadLetter({ target, arn }: Schedule, atMs: number, reason: string): Promise<void> {
    if (target.kind !== 'as-role' || target.deadLetterArn === undefined) return;
    try {
      await this.#options.deliveries({
        targetArn: target.deadLetterArn,
        roleArn: target.roleArn,
        principal: schedulerPrincipal,
        sourceArn: groupArn(arn),
        body: withFacts(target.input, { arn, atMs }),
        objectKey: '',
        attributes: {
          ERROR_CODE: 'AWS.Scheduler.InternalServerError',
          ERROR_MESSAGE: reason,
          SCHEDULE_ARN: arn,
        },
      });
    } catch (error) {
      const lost = error instanceof Error ? error.message : String(error);
      this.failures.push({ scheduleArn: arn, atMs, reason: `dead-letter queue: ${lost}` });
    }
  }
}

/** A schedule's role is taken on for its group: trust policies may ask for that as `aws:SourceArn`. */
const groupArn = (arn: string) => arn.replace(/:schedule\/([^/]+)\/.*$/, ':schedule-group/$1');

const sessionName = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1).slice(0, 64);

/** Source: "Adding context attributes in EventBridge Scheduler". */
function withFacts(input: string, { arn, atMs }: { arn: string; atMs: number }): string {
  const scheduledTime = new Date(atMs).toISOString().replace('.000Z', 'Z');
  return input
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
    .replaceAll('<aws.scheduler.execution-id>', `${sessionName(arn)}-${atMs}`)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
}

/** Of a schedule that runs more often than hourly, only the last occasion of each span of `spanMs` is kept. */
function isThinnedOut(atMs: number, nextMs: number | undefined, spanMs: number): boolean {
  if (nextMs === undefined || nextMs - atMs >= 3_600_000) return false;
  return Math.floor((atMs - 1) / spanMs) === Math.floor((nextMs - 1) / spanMs);
}

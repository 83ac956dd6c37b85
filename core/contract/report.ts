import { z } from 'zod';

/** Raised when a field changes its meaning; see docs/formats/report.md. */
export const reportFormat = 4;

const count = z.int().nonnegative();
/** `null`: withheld. */
const number = count.nullable();
const day = z.iso.date();
const time = z.iso.datetime();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

const line = z.strictObject({ groups: z.array(z.string()).min(1), counts: z.record(z.string(), count) });

const figure = z
  .strictObject({
    total: number,
    tables: z.record(z.string(), z.record(z.string(), number)),
    crossed: z
      .array(line)
      .optional()
      .describe(
        'How groups of one table divide by another one; groups too small by themselves are counted together. Absent: withheld, or nothing is crossed.',
      ),
  })
  .describe(
    'A total and how it divides, by table and group; null is withheld. Without a total there are no tables.',
  );

const proofs = z
  .strictObject({ count, withFaults: count, oldestReadHours: count })
  .describe(
    'How often it was looked whether anything older can be read, how often something was found, and the oldest read.',
  );

const hotList = z.strictObject({
  id: z.string(),
  name: z.string(),
  refreshHours: z.int().positive().optional().describe('Its source promised a new delivery so often.'),
  entries: count
    .nullable()
    .describe('Of the last delivery in force at the end of the month; null: there was none.'),
  deliveredAt: time.optional(),
  deliveries: z.strictObject({ switched: count, held: count, refused: count }),
});

const agency = z.strictObject({
  name: z.string(),
  kind: z.string(),
  state: z.string(),
  hasAgreement: z.boolean(),
  agreedUntil: z.string().optional(),
  isExigent: z
    .literal(true)
    .optional()
    .describe('Access in an exigency, for hours, and no agreement (Storage-F).'),
  searchesOurs: z.array(z.string()),
  opensToUs: z.array(z.string()),
});

/** A public report as data. What anybody may know: nobody can be singled out, and no agency with access is left out. */
export const publicReportSchema = z
  .strictObject({
    format: z.literal(reportFormat),
    month,
    version: z.int().min(1),
    correction: z
      .strictObject({ reason: z.string(), orderedBy: z.string(), approvedBy: z.string() })
      .optional()
      .describe('Why this version replaces the one before, and by which offices.'),
    department: z.string(),
    state: z.string(),
    timeZone: z.string(),
    madeAt: time,
    retention: z.strictObject({
      days: z.int().positive(),
      daysForgotten: count.describe('Days whose keys were destroyed in the month.'),
      keptSince: day.optional().describe('The first day after the last one that was destroyed.'),
      proofs,
    }),
    daysCounted: z.strictObject({ counted: count, ofMonth: count }),
    figures: z.record(z.string(), figure),
    uptime: z
      .array(
        z.strictObject({
          kind: z.string(),
          cameraDays: count,
          silentDays: count,
          share: z.number().nullable(),
        }),
      )
      .describe('Days on which a camera in service sent a read, by kind of camera.'),
    hotLists: z.array(hotList),
    exigent: z
      .strictObject({ searches: number, entries: number, grants: number })
      .describe('Exigent uses, each as it stands in its figure.'),
    training: z.strictObject({
      topics: z.array(z.string()),
      validMonths: z.int().positive(),
      activeUsers: number.describe('Users who did anything in the month; each was trained at each use.'),
      refusedForTraining: number,
    }),
    effectiveness: z.strictObject({
      readsPerAlert: z.number().nullable(),
      confirmedShare: z
        .number()
        .nullable()
        .describe('Of the alerts that were looked at, those that were confirmed.'),
      searchesWithResult: z
        .number()
        .nullable()
        .describe('Of the answered searches, those that found a read.'),
      actedOn: number.describe('Confirmed alerts with a stop, citation, arrest or recovered vehicle.'),
    }),
    faults: z.strictObject({
      daysUncounted: count,
      readsRefused: count,
      proofsWithFaults: count,
      eventsUnreadable: count,
      deliveriesUnusable: count,
    }),
    policyVersions: count.describe('Versions of the policy that decided on requests in the month.'),
    audits: z
      .array(
        z.strictObject({
          month,
          auditedOn: day.optional().describe('Absent: it was not audited by the end of the reported month.'),
          dueOn: day.optional().describe('By when it was to be attested.'),
          attestedOn: day.optional().describe('Absent: nobody attested it by then.'),
          daysLate: count.describe(
            'Days after it was due, until it was attested or the reported month ended.',
          ),
        }),
      )
      .describe('Monthly user audits of earlier months: whether each was attested, and how late.'),
    draws: z
      .array(
        z.strictObject({
          day: z.string(),
          size: count,
          seed: z.string(),
          opened: count,
          redacted: count,
          failed: count,
        }),
      )
      .describe('Draws of random leaves of the log: its size, the public seed, and what came of them.'),
    uncounted: z.array(z.string()).describe('Kinds of event in the log that no figure counts yet.'),
    neverSold: z.string(),
    agencies: z.array(agency),
    checkpoint: z.string().optional(),
  })
  .meta({ title: 'Monthly public report on license plate readers' });

export type PublicReport = z.output<typeof publicReportSchema>;

/** JSON Schema 2020-12 of `figures.json`, published beside it. */
export function reportJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(publicReportSchema, { io: 'output' });
}

/** A published report of this format; `undefined` for any other. */
export function parseReport(text: string): PublicReport | undefined {
  try {
    const parsed = publicReportSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

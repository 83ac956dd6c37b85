import { z } from 'zod';

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  /** One line may carry several values of a metric. */
  readonly values: readonly number[];
  readonly dimensions: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch: the line's own timestamp. */
  readonly atMs: number;
}

const envelope = z.looseObject({
  _aws: z.looseObject({
    Timestamp: z.number().optional(),
    CloudWatchMetrics: z.array(
      z.looseObject({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())).optional(),
        Metrics: z.array(z.looseObject({ Name: z.string(), Unit: z.string().optional() })),
      }),
    ),
  }),
});

const values = z.union([z.number().transform((value) => [value]), z.array(z.number())]);

/**
 * The metrics of a log line in CloudWatch's embedded metric format, one per metric and dimension set; none for any
 * other line. Source: "Specification: Embedded metric format", CloudWatch user guide.
 */
export function parseEmbeddedMetrics(line: string, atMs: number): Metric[] {
  if (!line.includes('"CloudWatchMetrics"')) return [];
  const parsed = envelope.safeParse(parseJson(line));
  if (!parsed.success) return [];
  const { _aws: header, ...fields } = parsed.data;
  return header.CloudWatchMetrics.flatMap((directive) =>
    directive.Metrics.flatMap(({ Name: name, Unit: unit }) => {
      const value = values.safeParse(fields[name]);
      if (!value.success) return [];
      return (directive.Dimensions ?? [[]]).map((dimensionNames) => ({
        namespace: directive.Namespace,
        name,
        unit: unit ?? 'None',
        values: value.data,
        dimensions: Object.fromEntries(dimensionNames.map((key) => [key, String(fields[key] ?? '')])),
        atMs: header.Timestamp ?? atMs,
      }));
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

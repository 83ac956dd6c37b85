import { App } from 'aws-cdk-lib';
import { z } from 'zod';
import cdk from '../../cdk.json';
import { loadConfiguration } from '../../lib/config';
import { addPlatekeeper } from '../../lib/platekeeper';

export interface Acknowledged {
  readonly resource: string;
  readonly rule: string;
  readonly reason: string;
}

const recorded = z
  .record(z.string(), z.string())
  .or(z.array(z.looseObject({ id: z.string(), reason: z.string() })));

/** Every finding of a rule pack that the app accepts, with the construct that accepts it and why. */
export function acknowledgements(app: App): readonly Acknowledged[] {
  return app.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter((each) => each.type === 'aws:cdk:acknowledged-rules')
      .flatMap((each) => entriesOf(each.data))
      .map(({ rule, reason }) => ({ resource: construct.node.path, rule, reason })),
  );
}

export function acknowledgementsPage(): string {
  const app = new App({ context: cdk.context });
  addPlatekeeper(app, loadConfiguration('config/bloomington.json'));
  const all = acknowledgements(app);
  const byReason = new Map<string, Acknowledged[]>();
  for (const each of all) {
    const key = `${each.rule}\n${each.reason}`;
    byReason.set(key, [...(byReason.get(key) ?? []), each]);
  }
  const lines = [
    '# Acknowledged findings of the rule packs',
    '',
    'AwsSolutions and NIST 800-53 rev. 5 (cdk-nag) report no error. These findings are accepted, each on one resource, none on a stack. Made by `npm run docs`.',
    '',
    `${all.length} acknowledgements on ${new Set(all.map((each) => each.resource)).size} resources, with ${byReason.size} different reasons.`,
    '',
    '| rule | reason | resources |',
    '| --- | --- | --- |',
  ];
  for (const group of [...byReason.values()].sort((a, b) =>
    (a[0]?.rule ?? '').localeCompare(b[0]?.rule ?? ''),
  ))
    lines.push(
      `| ${group[0]?.rule} | ${group[0]?.reason} | ${group
        .map((each) => each.resource)
        .sort()
        .join(', ')} |`,
    );
  return `${lines.join('\n')}\n`;
}

function entriesOf(data: unknown): { rule: string; reason: string }[] {
  const parsed = recorded.parse(data);
  return Array.isArray(parsed)
    ? parsed.map(({ id, reason }) => ({ rule: id, reason }))
    : Object.entries(parsed).map(([rule, reason]) => ({ rule, reason }));
}

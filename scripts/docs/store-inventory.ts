import { App, CfnResource } from 'aws-cdk-lib';
import cdk from '../../cdk.json';
import { loadConfiguration } from '../../lib/config';
import { addPlatekeeper } from '../../lib/platekeeper';
import { declarationKey, type Holding, type StoreDeclaration } from '../../lib/stores/declaration';
import { declarationOf } from '../../lib/stores/store-faults';

interface Declared {
  readonly path: string;
  readonly type: string;
  readonly declaration: StoreDeclaration;
}

/** Stores that are made while the system runs stand in no template. */
const madeAtRunTime: readonly Declared[] = [
  {
    path: 'A video stream for each fixed camera that streams (enrol-camera)',
    type: 'AWS::KinesisVideo::Stream',
    declaration: { holds: 'reads', ends: { by: 'age', hours: 24 } },
  },
  {
    path: 'A smart camera’s own spool, on the camera (edge agent)',
    type: 'files',
    declaration: { holds: 'reads', ends: { by: 'age', hours: 168 } },
  },
];

const titles: Readonly<Record<Holding, string>> = {
  reads: 'What cameras saw',
  derived: 'Made of what cameras saw',
  'day-keys': 'The keys of the days',
  evidence: 'Evidence',
  audit: 'What people did',
  'hot-list': 'Listed vehicles',
  'no-plate-data': 'No plate data',
};

/** Every store of the app, what it holds and how that ends, as a page. */
export function storeInventoryPage(): string {
  const app = new App({ context: cdk.context });
  addPlatekeeper(app, loadConfiguration('config/bloomington.json'));
  const all = [...app.node.findAll().flatMap(declared), ...madeAtRunTime];
  const lines = [
    '# Where plates may lie, and how that ends',
    '',
    'Every table, bucket, stream, queue, topic and log group of the templates, as declared beside it. Synth fails for a store without a declaration, for a kind of store that nobody has judged, and where recovery, versions, copies or expiry do not fit the declaration [Storage-A]. Made by `npm run docs`.',
    '',
    '*Day key*: each item is sealed under the key of its capture day and unreadable once that key is destroyed; expiry frees the space. *Age*: everything is gone after so many hours; these hours are part of the 30 days, because a read that is older than 30 days less them is refused.',
  ];
  for (const [holds, title] of Object.entries(titles)) {
    const stores = all.filter((each) => each.declaration.holds === holds);
    if (stores.length === 0) continue;
    lines.push('', `## ${title}`, '', '| store | kind | ends |', '| --- | --- | --- |');
    for (const { path, type, declaration } of [...stores].sort((a, b) => a.path.localeCompare(b.path)))
      lines.push(`| ${path} | ${type.replace(/^AWS::/, '')} | ${endOf(declaration)} |`);
  }
  return `${lines.join('\n')}\n`;
}

function declared(construct: unknown): readonly Declared[] {
  if (!(construct instanceof CfnResource)) return [];
  const metadata: unknown = construct.getMetadata(declarationKey);
  const type = construct.cfnResourceType;
  const declaration = declarationOf({ Type: type, Metadata: { [declarationKey]: metadata } });
  const path = construct.node.path.replace(/\/(Resource|Default)$/, '');
  return declaration === undefined ? [] : [{ path, type, declaration }];
}

function endOf({ ends }: StoreDeclaration): string {
  switch (ends.by) {
    case 'day-key':
      return 'day key';
    case 'age':
      return `age, ${ends.hours} hours`;
    case 'kept':
      return ends.rule;
    default:
      return ends satisfies never;
  }
}

import { join } from 'node:path';
import { actionGroups, speaksAbout } from '../../adapters/cedar/action-groups';
import { loadRules } from '../../adapters/cedar/cedar-rules';
import { readPolicyTexts } from '../../adapters/cedar/policy-texts';
import { parseRules, type Rule } from '../../adapters/cedar/rule';
import { makeDecideAccess } from '../../core/access/decide';
import type { AccessRequest, DecideAccess } from '../../core/access/decision';
import { type Role, roles } from '../../core/access/roles';
import { type OperationId, operationList } from '../../core/contract/operations';
import { asInTheFile } from '../../core/sharing/sharing-now';
import { loadConfiguration } from '../../lib/config';

const policyFolder = join(__dirname, '..', '..', 'policy');
const configuration = loadConfiguration('config/bloomington.json');
const nowMs = Date.parse('2026-11-24T12:00:00Z');
const department = configuration.department.agencyId;
const ownNetworks = configuration.networks.filter(({ agency }) => agency === department).map(({ id }) => id);

/** Who may do what, as the rules decide it for somebody in good standing, with the clauses. */
export function accessMatrixPage(): string {
  const texts = readPolicyTexts(policyFolder);
  const groups = actionGroups(texts.schema);
  const rules = texts.ruleFiles.flatMap(parseRules);
  const decide = makeDecideAccess({ rules: loadRules(policyFolder), configuration });
  const everywhere = rules.filter(({ effect, action }) => effect === 'forbid' && action.op === 'All');
  const rows = operationList.map(({ id, summary }) => {
    const speaking = rules.filter((rule) => speaksAbout(rule.action, groups.get(id) ?? new Set([id]), id));
    return { id, summary, speaking, cells: roles.map((role) => cellOf(decide, id, role)) };
  });
  return [
    '# Who may do what',
    '',
    `What the rules of \`policy/\` decide, operation by operation and role by role; made by \`npm run docs\`. The same decisions, and every other combination of standing, duty, device, network, agency, purpose and subject, are compared in the tests with a table written from the SOP.`,
    '',
    '## Everybody',
    '',
    'Refused whatever the operation:',
    '',
    ...everywhere.map(({ message, clause }) => `- ${message} [${clause}]`),
    '',
    '## At a glance',
    '',
    'For somebody in good standing, on duty, at a device of the Department. ● may, ◐ may under a condition that is named below, empty: may not.',
    '',
    `| operation | ${roles.join(' | ')} |`,
    `| --- |${' :-: |'.repeat(roles.length)}`,
    ...rows.map(({ id, cells }) => `| ${id} | ${cells.map(({ sign }) => sign).join(' | ')} |`),
    '',
    '## Operation by operation',
    ...rows.flatMap(({ id, summary, speaking, cells }) => [
      '',
      `### ${id}`,
      '',
      summary,
      '',
      ...whoMay(cells),
      ...refusals(speaking.filter((rule) => !everywhere.includes(rule))),
    ]),
    '',
  ].join('\n');
}

interface Cell {
  readonly role: Role;
  readonly sign: '●' | '◐' | '';
  readonly condition: string;
  readonly clauses: readonly string[];
}

const clauseOf = new Map(
  readPolicyTexts(policyFolder)
    .ruleFiles.flatMap(parseRules)
    .map(({ id, clause }) => [id, clause]),
);

interface Facts {
  readonly division: string;
  readonly sworn: boolean;
  readonly isAuthor: boolean;
}

/** Tries every division, rank and authorship, and says which of them it hangs on. */
function cellOf(decide: DecideAccess, operation: OperationId, role: Role): Cell {
  const tried = configuration.divisions.flatMap((division) =>
    [true, false].flatMap((sworn) =>
      authorships(operation).map((isAuthor) => {
        const facts = { division, sworn, isAuthor };
        return { facts, decision: decide(requestOf(operation, role, facts)) };
      }),
    ),
  );
  const allowed = tried.filter(({ decision }) => decision.kind === 'permit');
  const clauses = [
    ...new Set(allowed.flatMap(({ decision }) => decision.rules.map((id) => clauseOf.get(id) ?? ''))),
  ];
  if (allowed.length === 0) return { role, sign: '', condition: '', clauses };
  if (allowed.length === tried.length) return { role, sign: '●', condition: '', clauses };
  return { role, sign: '◐', condition: conditionOf(allowed.map(({ facts }) => facts)), clauses };
}

function authorships(operation: OperationId): readonly boolean[] {
  return /-hot-list-entry$|^decide-(site|release)$|^show-search$|^confirm-agency$|^approve-(agreement|exigent-grant)$/.test(
    operation,
  )
    ? [true, false]
    : [false];
}

function conditionOf(allowed: readonly Facts[]): string {
  const asAuthor = allowed.filter(({ isAuthor }) => isAuthor);
  const asAnother = allowed.filter(({ isAuthor }) => !isAuthor);
  const isForAuthorsToo = asAuthor.length > 0 && asAnother.length < asAuthor.length;
  const considered = asAnother.length > 0 ? asAnother : asAuthor;
  const parts: string[] = [];
  const divisions = new Set(considered.map(({ division }) => division));
  if (divisions.size < configuration.divisions.length) parts.push([...divisions].join(' or '));
  if (considered.every(({ sworn }) => sworn)) parts.push('sworn');
  if (asAnother.length === 0) return [...parts, 'what is one’s own'].join(', ');
  return parts.join(', ') + (isForAuthorsToo ? ', or what is one’s own' : '');
}

function requestOf(operation: OperationId, role: Role, { division, sworn, isAuthor }: Facts): AccessRequest {
  const username = 'made-up.person';
  const administers = ['chief', 'chief-designee', 'administrator', 'auditor'].includes(role);
  const isUse = /^(search-reads|continue-search|request-hot-list-entry)$/.test(operation);
  return {
    operation,
    person: {
      username,
      role,
      agency: role === 'partner-officer' ? partnerAgency() : department,
      division,
      sworn,
      suspended: false,
      disabled: false,
      trainedUntilMs: nowMs + 1,
      onDuty: true,
      sharing: asInTheFile,
      device: role === 'personnel-feed' ? 'machine' : 'department-console',
    },
    networks: ownNetworks,
    author: isAuthor ? username : 'made-up.author',
    subject: { username: 'made-up.subject', role: 'officer' },
    newRole: 'officer',
    party: {
      kind: /-exigent-grant$/.test(operation) ? 'federal' : 'county',
      state: configuration.department.state,
      exigency: false,
      declared: true,
    },
    ...(isUse ? (administers ? administrative : investigative) : {}),
    nowMs,
  };
}

const investigative = {
  purpose: { kind: 'felony' },
  reason: { kind: 'phrase', phrase: 'Shots Fired' },
} as const;
const administrative = {
  purpose: { kind: 'administrative' },
  reason: { kind: 'administrative', activity: 'Monthly user audit' },
} as const;

function partnerAgency(): string {
  return configuration.agencies.find(({ agreedUntil }) => agreedUntil !== undefined)?.id ?? 'another-agency';
}

function whoMay(cells: readonly Cell[]): string[] {
  return cells
    .filter(({ sign }) => sign !== '')
    .map(
      ({ role, condition, clauses }) =>
        `- **${role}**${condition === '' ? '' : ` (${condition})`} [${clauses.join(', ')}]`,
    );
}

function refusals(speaking: readonly Rule[]): string[] {
  const forbids = speaking.filter(({ effect }) => effect === 'forbid');
  if (forbids.length === 0) return [];
  return ['', 'Refused even so:', '', ...forbids.map(({ message, clause }) => `- ${message} [${clause}]`)];
}

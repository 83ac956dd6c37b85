import type { Context, EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { RuleQuestion } from '../../core/access/decide';

/**
 * What the engine is told of one question, in the form of `policy/schema.cedarschema`. A fact that the request does not
 * have is left out and never made up: a rule that needs it then cannot be evaluated, which is a denial.
 */
export function factsOf(question: RuleQuestion) {
  return {
    principal: userUid(question.request.person.username),
    action: { type: 'Action', id: question.request.operation },
    resource: recordsUid,
    context: contextOf(question),
    entities: [userOf(question), recordsOf(question)],
  };
}

const recordsUid = { type: 'Records', id: 'asked-for' };

function userUid(username: string) {
  return { type: 'User', id: username };
}

function userOf({ request, isTrained, agency, hasExigentGrant }: RuleQuestion): EntityJson {
  const { username, role, division, sworn, suspended, disabled, onDuty, device } = request.person;
  return {
    uid: userUid(username),
    attrs: {
      role,
      agency: request.person.agency,
      division,
      sworn,
      suspended,
      disabled,
      onDuty,
      device,
      trained: isTrained,
      exigentGrant: hasExigentGrant,
      ...(agency?.kind === undefined ? {} : { agencyKind: agency.kind }),
      ...(agency === undefined ? {} : { agencyState: agency.state }),
    },
    parents: [],
  };
}

function recordsOf({ request }: RuleQuestion): EntityJson {
  const { networks = [], agencies = [], jurisdiction, author, subject, newRole, party } = request;
  return {
    uid: recordsUid,
    attrs: {
      networks: [...networks],
      agencies: [...agencies],
      ...(jurisdiction === undefined ? {} : { jurisdiction }),
      ...(author === undefined ? {} : { author: userReference(author) }),
      ...(subject === undefined
        ? {}
        : { subject: { who: userReference(subject.username), role: subject.role } }),
      ...(newRole === undefined ? {} : { newRole }),
      ...(party === undefined ? {} : { party: { ...party } }),
    },
    parents: [],
  };
}

function userReference(username: string) {
  return { __entity: userUid(username) };
}

function contextOf({ request, department, state, scope, localNetworks }: RuleQuestion): Context {
  const { purpose, reason, nowMs } = request;
  const moment = { department, state, scope: [...scope], localNetworks: [...localNetworks], nowMs };
  if (purpose === undefined && reason === undefined) return moment;
  return {
    ...moment,
    hasReason: reason !== undefined,
    ...(reason === undefined ? {} : { reasonKind: reason.kind }),
    ...(purpose === undefined ? {} : { purpose: purpose.kind, exigent: purpose.kind === 'exigent' }),
  };
}

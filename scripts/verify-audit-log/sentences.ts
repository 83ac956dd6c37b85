import type { Statement } from '../../core/audit/log/verifier/check-files';

/** What a statement says, for somebody who has never seen a log. */
export function sentence(statement: Exclude<Statement, { kind: 'false' }>): string {
  switch (statement.kind) {
    case 'signed': {
      const { name, size, cosigned } = statement;
      const witnesses = cosigned.map(
        ({ witness, atS }) => `${witness} at ${new Date(atS * 1000).toISOString()}`,
      );
      const by = witnesses.length === 0 ? 'no witness that was named' : witnesses.join(', ');
      return `${name} is the log's signed checkpoint of ${size} events, cosigned by ${by}.`;
    }
    case 'continues':
      return `The first ${statement.older} of ${statement.newer} events stand as they did.`;
    case 'included':
      return `${statement.name}: the event is number ${statement.index} of the log of ${statement.size} events, word for word.`;
    case 'unlinked':
      return `No file says whether the log of ${statement.newer} events continues that of ${statement.older}: add the days between.`;
    default:
      return statement satisfies never;
  }
}

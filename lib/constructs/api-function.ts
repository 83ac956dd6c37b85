import type { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import type { DataStack } from '../stacks/data';
import { ProductFunction } from './product-function';

/** What every function behind the API is made with. */
export interface ApiSetting {
  readonly data: DataStack;
  readonly configuration: Configuration;
  /** Ids of the console's clients of the user pool, separated by commas. */
  readonly consoleClients: string;
}

export interface ApiFunctionProps {
  readonly name: string;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly data: DataStack;
  readonly configuration: Configuration;
  /** Opens what is sealed under the keys of capture days; never makes a key. */
  readonly opensDays?: boolean;
  readonly memoryMiB?: number;
}

/**
 * A function behind the REST API. Each reads the caller's facts on every call and writes to the audit log, which it can
 * neither read nor change.
 */
export class ApiFunction extends ProductFunction {
  constructor(scope: Construct, id: string, props: ApiFunctionProps) {
    const { data, configuration, name, description, environment, opensDays = false } = props;
    super(scope, id, {
      name,
      description,
      environment,
      logsKey: data.logsKey.key,
      parts: { configuration, policy: true },
      memoryMiB: props.memoryMiB ?? 1024,
      isKeyholder: opensDays,
    });
    data.grantCalls(this);
    if (opensDays) data.grantDayKeys(this, 'open');
  }
}

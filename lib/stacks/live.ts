import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { LiveAlerts } from '../constructs/live-alerts';
import type { DataStack } from './data';
import type { IdentityStack } from './identity';

export interface LiveStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly identity: IdentityStack;
}

/** Live alerts over open connections. Stands before the intake, which announces alerts to it. */
export class LiveStack extends Stack {
  readonly alerts: LiveAlerts;

  constructor(scope: Construct, id: string, props: LiveStackProps) {
    super(scope, id, props);
    this.alerts = new LiveAlerts(this, 'LiveAlerts', {
      ...props,
      consoleClients: props.identity.consoleClients,
    });
    new CfnOutput(this, 'LiveUrl', { value: this.alerts.stage.url });
  }
}

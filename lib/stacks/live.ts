import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { LiveAlerts } from '../constructs/live-alerts';
import type { DataStack } from './data';

export interface LiveStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
}

/** Live alerts over open connections. Stands before the intake, which announces alerts to it. */
export class LiveStack extends Stack {
  readonly alerts: LiveAlerts;

  constructor(scope: Construct, id: string, props: LiveStackProps) {
    super(scope, id, props);
    this.alerts = new LiveAlerts(this, 'LiveAlerts', props);
    new CfnOutput(this, 'LiveUrl', { value: this.alerts.stage.url });
  }
}

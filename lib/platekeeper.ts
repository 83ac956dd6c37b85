import { type App, Aspects, Tags } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Configuration } from '../core/contract/configuration';
import { HouseRules } from './rules/house-rules';
import { ApiStack } from './stacks/api';
import { DataStack } from './stacks/data';
import { IdentityStack } from './stacks/identity';
import { IngestStack } from './stacks/ingest';
import { LiveStack } from './stacks/live';
import { OversightStack } from './stacks/oversight';
import { PortalStack } from './stacks/portal';

/** Builds every stack of one deployment. Adds nothing that the configuration does not ask for. */
export function addPlatekeeper(app: App, configuration: Configuration): void {
  const common = { env: { region: configuration.stage.region }, configuration };
  const data = new DataStack(app, 'PlatekeeperData', {
    ...common,
    description: 'Platekeeper: stores and keys',
  });
  const identity = new IdentityStack(app, 'PlatekeeperIdentity', {
    ...common,
    data,
    description: 'Platekeeper: accounts and sign-in',
  });
  const live = new LiveStack(app, 'PlatekeeperLive', {
    ...common,
    data,
    identity,
    description: 'Platekeeper: live alerts',
  });
  const ingest = new IngestStack(app, 'PlatekeeperIngest', {
    ...common,
    data,
    live: live.alerts,
    description: 'Platekeeper: from a camera to a read and an alert',
  });
  const api = new ApiStack(app, 'PlatekeeperApi', {
    ...common,
    data,
    identity,
    ingest,
    live,
    description: 'Platekeeper: the REST API',
  });
  new OversightStack(app, 'PlatekeeperOversight', {
    ...common,
    data,
    identity,
    live,
    ingest,
    api,
    description: 'Platekeeper: forgetting and alarms',
  });
  // CloudFront does not exist in GovCloud; such a department deploys the portal from a commercial account.
  if (!configuration.stage.govCloud)
    new PortalStack(app, 'PlatekeeperPortal', {
      ...common,
      description: 'Platekeeper: transparency portal',
    });

  Tags.of(app).add('platekeeper:stage', configuration.stage.name);
  Aspects.of(app).add(new HouseRules());
  if (configuration.stage.fips) Aspects.of(app).add({ visit: useFipsEndpoints });
}

function useFipsEndpoints(node: unknown): void {
  if (node instanceof CfnFunction)
    node.addPropertyOverride('Environment.Variables.AWS_USE_FIPS_ENDPOINT', 'true');
}

import { KMSClient } from '@aws-sdk/client-kms';
import { Kms } from '../../../local/kms/kms';
import { kmsModels } from '../../../local/kms/models';
import { clientConfig, fixedClock, recordingAuthorizer, testCredentials } from '../support';
import { provision } from './provision';

/** A KMS that was never told of a resource, its client, and what it asked of IAM. */
export async function startKms() {
  const clock = fixedClock();
  const iam = recordingAuthorizer();
  const policies = new Map<string, unknown>();
  const kms = new Kms({
    clock,
    authorize: iam.authorize,
    credentials: testCredentials.source,
    setResourcePolicy: (arn, document) => void policies.set(arn, document),
  });
  const { url, close } = await kms.listen();
  const client = new KMSClient(clientConfig(url));
  return {
    kms,
    client,
    clock,
    iam,
    policies,
    /** Makes the resource of a template; gives its physical id. */
    make: (logicalId: string, type: string, properties: Record<string, unknown> = {}) =>
      provision(kmsModels(kms), { logicalId, type, properties }),
    stop: async () => {
      client.destroy();
      await close();
    },
  };
}

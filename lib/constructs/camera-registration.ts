import { Aws } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy, CfnRoleAlias } from 'aws-cdk-lib/aws-iot';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { env as enrolCameraEnv } from '../../lambdas/enrol-camera/env';
import { env as listCamerasEnv } from '../../lambdas/list-cameras/env';
import { env as manageSitesEnv } from '../../lambdas/manage-sites/env';
import { acknowledge } from '../acknowledge';
import { environmentOf } from '../environment';
import { reportedArn } from '../reported-arn';
import { ApiFunction, type ApiSetting } from './api-function';
import type { ProductFunction } from './product-function';
import type { VideoStreams } from './video-streams';

export interface CameraRegistrationProps extends ApiSetting {
  /** What a camera may do; it trusts `credentials.iot.amazonaws.com`. */
  readonly cameraRole: IRole;
  /** What a feed of a partner may do; it trusts the same. */
  readonly partnerRole: IRole;
  readonly video: VideoStreams;
  /** Where frames of video are sampled into. */
  readonly framesBucket: IBucket;
}

interface DeviceAccess {
  readonly roleAlias: CfnRoleAlias;
  readonly policy: CfnPolicy;
}

/** The least that AWS allows: what a revoked certificate was given before runs out within this time. */
const credentialSeconds = 900;

/**
 * Camera sites, the cameras themselves, and how they get their credentials: one role alias for the Department's cameras
 * and one for feeds of partners; a certificate may take on one of them, by one policy. Things and certificates are made
 * while the system runs.
 */
export class CameraRegistration extends Construct {
  readonly manageSites: ProductFunction;
  readonly enrolCamera: ProductFunction;
  readonly listCameras: ProductFunction;
  readonly cameraAccess: DeviceAccess;
  readonly partnerAccess: DeviceAccess;

  constructor(scope: Construct, id: string, props: CameraRegistrationProps) {
    super(scope, id);
    this.cameraAccess = this.makeAccess({ alias: 'RoleAlias', policy: 'DevicePolicy' }, props.cameraRole);
    this.partnerAccess = this.makeAccess(
      { alias: 'PartnerRoleAlias', policy: 'PartnerPolicy' },
      props.partnerRole,
    );
    this.manageSites = this.makeManageSites(props);
    this.enrolCamera = this.makeEnrolCamera(props);
    this.listCameras = this.makeListCameras(props);
  }

  /** What lets a certificate take on one role; nothing else lets it do anything. */
  private makeAccess(ids: { readonly alias: string; readonly policy: string }, role: IRole): DeviceAccess {
    const roleAlias = new CfnRoleAlias(this, ids.alias, {
      roleArn: role.roleArn,
      credentialDurationSeconds: credentialSeconds,
    });
    const policy = new CfnPolicy(this, ids.policy, {
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'iot:AssumeRoleWithCertificate',
            Resource: roleAlias.attrRoleAliasArn,
          },
        ],
      },
    });
    return { roleAlias, policy };
  }

  private makeManageSites(props: CameraRegistrationProps): ProductFunction {
    const made = new ApiFunction(this, 'ManageSites', {
      name: 'manage-sites',
      description: 'Proposals, decisions and installations of camera sites',
      environment: environmentOf(manageSitesEnv, tablesOf(props)),
      data: props.data,
      configuration: props.configuration,
    });
    props.data.cameras.grant(made, ['BatchGetItem', 'UpdateItem']);
    props.data.sites.grant(made, ['GetItem', 'Query', 'PutItem']);
    return made;
  }

  private makeEnrolCamera(props: CameraRegistrationProps): ProductFunction {
    const made = new ApiFunction(this, 'EnrolCamera', {
      name: 'enrol-camera',
      description: 'Takes cameras in by the signing request of their own key, and retires them',
      environment: environmentOf(enrolCameraEnv, {
        ...tablesOf(props),
        devicePolicy: this.cameraAccess.policy.ref,
        roleAlias: this.cameraAccess.roleAlias.ref,
        partnerPolicy: this.partnerAccess.policy.ref,
        partnerRoleAlias: this.partnerAccess.roleAlias.ref,
        framesBucket: props.framesBucket.bucketName,
        videoKey: props.video.key.keyArn,
      }),
      data: props.data,
      configuration: props.configuration,
    });
    props.data.cameras.grant(made, ['BatchGetItem', 'PutItem', 'UpdateItem']);
    props.data.sites.grant(made, ['GetItem', 'PutItem', 'UpdateItem']);
    this.allowIdentities(made);
    props.video.grantEnrolment(made);
    return made;
  }

  /** Things and certificates are named at run time; for three actions IAM knows no resource at all. */
  private allowIdentities(to: ProductFunction): void {
    const things = iotArn('thing/*');
    const certificates = iotArn('cert/*');
    to.allow('iot:CreateThing', things);
    to.allow(['iot:AttachPolicy', 'iot:DescribeCertificate', 'iot:UpdateCertificate'], certificates);
    to.allow(['iot:CreateCertificateFromCsr', 'iot:AttachThingPrincipal', 'iot:DescribeEndpoint'], '*');
    const named = 'Cameras are enrolled while the system runs, so things and certificates are named then.';
    acknowledge(to.role, {
      [`AwsSolutions-IAM5[Resource::${reportedArn(things)}]`]: named,
      [`AwsSolutions-IAM5[Resource::${reportedArn(certificates)}]`]: named,
      'AwsSolutions-IAM5[Resource::*]':
        'IAM knows no resource for these actions of AWS IoT; what they make is good for nothing until enrolled.',
    });
  }

  private makeListCameras(props: CameraRegistrationProps): ProductFunction {
    const made = new ApiFunction(this, 'ListCameras', {
      name: 'list-cameras',
      description: 'The cameras in use, their clocks, and which were not heard of for a day',
      environment: environmentOf(listCamerasEnv, tablesOf(props)),
      data: props.data,
      configuration: props.configuration,
    });
    props.data.sites.grant(made, ['Query']);
    return made;
  }
}

function tablesOf({ data, consoleClients }: CameraRegistrationProps) {
  return {
    ...data.apiNames(consoleClients),
    camerasTable: data.cameras.table.tableName,
    sitesTable: data.sites.table.tableName,
  };
}

function iotArn(path: string): string {
  return `arn:${Aws.PARTITION}:iot:${Aws.REGION}:${Aws.ACCOUNT_ID}:${path}`;
}

import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env } from '../../lambdas/publish-portal/env';
import { acknowledge, acknowledgeObjects } from '../acknowledge';
import { AccessLogBucket } from '../constructs/access-log-bucket';
import { CustomerKey } from '../constructs/customer-key';
import { ProductFunction } from '../constructs/product-function';
import { Timetable } from '../constructs/timetable';
import { environmentOf } from '../environment';
import { declareStore, withoutPlates } from '../stores/declaration';

export interface PortalStackProps extends StackProps {
  readonly configuration: Configuration;
}

/** The transparency portal: public data only, in a stack that refers to no other, so that it can live elsewhere. */
export class PortalStack extends Stack {
  constructor(scope: Construct, id: string, props: PortalStackProps) {
    super(scope, id, props);
    const key = new CustomerKey(this, 'Key', { description: 'Log groups and the queue of the portal' });
    key.allowLogs();
    const accessLogs = new AccessLogBucket(this, 'AccessLogs', { allowsAcls: true });
    const pages = this.makePages(accessLogs);
    const distribution = this.makeDistribution(pages, accessLogs);
    const timetable = new Timetable(this, 'Timetable', { key: key.key });
    const publish = new ProductFunction(this, 'PublishPortal', {
      name: 'publish-portal',
      description: 'Writes the public page about the policy in force',
      environment: environmentOf(env, { portalBucket: pages.bucketName }),
      logsKey: key.key,
      parts: {
        configuration: props.configuration,
        scripts: [['web/portal/verify/page-script.ts', 'verify.js']],
      },
      timeout: Duration.minutes(1),
      deadLetters: timetable.missed,
    });
    publish.allow('s3:PutObject', pages.arnForObjects('*'));
    acknowledgeObjects(publish.role, pages, 'The pages of the portal, in a bucket that holds nothing else.');
    timetable.grantMissed(publish);
    timetable.run('PublishPortal', publish, 'rate(1 day)');
    new CfnOutput(this, 'PortalBucket', { value: pages.bucketName });
    new CfnOutput(this, 'PortalUrl', { value: `https://${distribution.distributionDomainName}` });
  }

  private makePages(accessLogs: AccessLogBucket): Bucket {
    const pages = new Bucket(this, 'Pages', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      serverAccessLogsBucket: accessLogs.bucket,
      serverAccessLogsPrefix: 'Pages/',
      lifecycleRules: [{ id: 'tidy', abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    declareStore(pages, withoutPlates('Public pages.'));
    acknowledge(pages, {
      'NIST.800.53.R5-S3BucketReplicationEnabled':
        'Public pages, made again from the configuration each day.',
      'NIST.800.53.R5-S3BucketDefaultLockEnabled':
        'Public pages, made again from the configuration each day.',
      'NIST.800.53.R5-S3DefaultEncryptionKMS': 'Public pages: there is nothing to keep from a reader.',
    });
    return pages;
  }

  private makeDistribution(pages: Bucket, accessLogs: AccessLogBucket): Distribution {
    const headers = this.makeHeaders('Headers', '');
    // The one page with a script checks files that never leave the browser: it may connect to nothing.
    const verifyHeaders = this.makeHeaders('VerifyHeaders', " script-src 'self';");
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'Platekeeper transparency portal',
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(pages),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: headers,
      },
      additionalBehaviors: {
        'verif*': {
          origin: S3BucketOrigin.withOriginAccessControl(pages),
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          responseHeadersPolicy: verifyHeaders,
        },
      },
      enableLogging: true,
      logBucket: accessLogs.bucket,
      logFilePrefix: 'Distribution/',
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      priceClass: PriceClass.PRICE_CLASS_100,
    });
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'A public page of a public body: readers may be anywhere.',
      'AwsSolutions-CFR2': 'Static public pages, no input: there is nothing a firewall could keep off.',
      'AwsSolutions-CFR4':
        'The default certificate sets the protocol floor itself; a department adds its own domain by configuration.',
    });
    return distribution;
  }

  private makeHeaders(id: string, scripts: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, id, {
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: `default-src 'none';${scripts} style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          override: true,
        },
      },
    });
  }
}

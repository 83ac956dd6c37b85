import { Sns } from '../../../local/sns/sns';
import { snsModels } from '../../../local/sns/models';
import { sqsModels } from '../../../local/sqs/models';
import { Sqs } from '../../../local/sqs/sqs';
import { Iam } from '../../../local/iam/iam';
import { parseTemplate } from '../../../local/template/assembly';
import { deploy } from '../../../local/template/deployment';
import { accountId, fixedClock, region } from '../support';

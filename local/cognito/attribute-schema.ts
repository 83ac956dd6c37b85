import { AwsError } from '../aws/errors';
import type { UserPoolProperties } from './settings';

type Attribute = NonNullable<UserPoolProperties['Schema']>[number];

const standard = [
  'address',
  'birthdate',
  'email',
  'email_verified',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'phone_number_verified',
  'picture',
  'preferred_username',
  'profile',
  'updated_at',
  'website',
  'zoneinfo',
];

/** Which attributes a pool's users may and must have: the standard ones and the template's. */
export class AttributeSchema {
  private readonly byName = new Map<string, Attribute>();

  constructor(attributes: readonly Attribute[]) {
    for (const name of standard) this.byName.set(name, { Name: name });
    for (const attribute of attributes) {
      const isStandard = standard.includes(attribute.Name);
      this.byName.set(isStandard ? attribute.Name : `custom:${attribute.Name}`, attribute);
    }
  }

  /** Throws `InvalidParameterException` unless a new user may be made with these. */
  requireComplete(values: ReadonlyMap<string, string>): void {
    for (const [name, value] of values) this.requireValid(name, value);
    for (const [name, attribute] of this.byName) {
      if (attribute.Required && !values.has(name)) throw invalid(`${name}: The attribute is required`);
    }
  }

  /** Throws `InvalidParameterException` for an attribute that is unknown, fixed after creation, or of a bad value. */
  requireChangeable(name: string, value: string): void {
    this.requireValid(name, value);
    const attribute = this.byName.get(name);
    const isMutable = attribute?.Mutable ?? standard.includes(name);
    if (!isMutable) throw invalid(`${name}: Attribute cannot be updated.`);
  }

  private requireValid(name: string, value: string): void {
    const attribute = this.byName.get(name);
    if (attribute === undefined) throw invalid(`Type for attribute {${name}} could not be determined`);
    const { MinLength, MaxLength } = attribute.StringAttributeConstraints ?? {};
    if (MinLength !== undefined && value.length < MinLength) {
      throw invalid(`${name}: String must be longer than ${MinLength} characters`);
    }
    if (MaxLength !== undefined && value.length > MaxLength) {
      throw invalid(`${name}: String must be no longer than ${MaxLength} characters`);
    }
    if (attribute.AttributeDataType === 'Number') this.requireNumber(attribute, name, value);
    if (attribute.AttributeDataType === 'Boolean' && !/^(true|false)$/.test(value)) {
      throw invalid(`${name}: must be true or false`);
    }
  }

  private requireNumber(attribute: Attribute, name: string, value: string): void {
    const number = Number(value);
    const { MinValue = -Infinity, MaxValue = Infinity } = attribute.NumberAttributeConstraints ?? {};
    if (!/^-?\d+$/.test(value) || number < MinValue || number > MaxValue) {
      throw invalid(`${name}: Number is out of range`);
    }
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', `Attributes did not conform to the schema: ${message}`);
}

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts that Fn::Sub takes
import {
  evaluateCondition,
  noValue,
  references,
  resolve,
  type Scope,
} from '../../../local/template/intrinsics';

const refs: Record<string, unknown> = {
  Table: 'Data-Table',
  Count: 3,
  'AWS::Region': 'us-east-2',
  None: noValue,
};
const scope: Scope = {
  region: 'us-east-2',
  ref: (name) => {
    if (!(name in refs)) throw new Error(`no ${name}`);
    return refs[name];
  },
  attribute: (id, name) => `<${id}|${name}>`,
  condition: (name) => name === 'IsTrue',
  mapping: (map, first, second) => `${map}/${first}/${second}`,
  imported: (name) => `imported ${name}`,
};
const ref = (name: string) => ({ Ref: name });

describe('intrinsic functions', () => {
  it.each([
    ['a plain value', { a: [1, true, 'x', null] }, { a: [1, true, 'x', null] }],
    ['Ref', ref('Table'), 'Data-Table'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, '<Table|Arn>'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Table.Endpoint.Address' }, '<Table|Endpoint.Address>'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', ref('Table'), ref('Count')]] }, 'a-Data-Table-3'],
    [
      'Fn::Sub',
      { 'Fn::Sub': '${Table}/${Table.Arn}/${AWS::Region}/${!Literal}' },
      'Data-Table/<Table|Arn>/us-east-2/${Literal}',
    ],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${x}-${Table}', { x: ref('Count') }] }, '3-Data-Table'],
    ['Fn::Select and Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['-', ref('Table')] }] }, 'Table'],
    ['Fn::Select with a text index', { 'Fn::Select': ['0', ['a', 'b']] }, 'a'],
    ['Fn::If, true', { 'Fn::If': ['IsTrue', 'yes', ref('Missing')] }, 'yes'],
    ['Fn::If, false', { 'Fn::If': ['IsFalse', ref('Missing'), 'no'] }, 'no'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', ref('AWS::Region'), 'k'] }, 'M/us-east-2/k'],
    ['Fn::Base64', { 'Fn::Base64': ref('Table') }, 'RGF0YS1UYWJsZQ=='],
    ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['us-east-2a', 'us-east-2b', 'us-east-2c']],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Join': [':', ['Data', 'x']] } }, 'imported Data:x'],
    ['AWS::NoValue in lists and objects', { a: [1, ref('None')], b: ref('None') }, { a: [1] }],
    [
      'a policy condition, which is no intrinsic',
      { Condition: { Bool: { a: 'b' } } },
      { Condition: { Bool: { a: 'b' } } },
    ],
  ])('resolve %s', (_title, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it.each(['Fn::Transform', 'Fn::Cidr', 'Fn::ToJsonString', 'Fn::Length', 'Fn::ForEach'])(
    'stop at %s, which is not known',
    (name) => {
      expect(() => resolve({ deep: [{ [name]: 'x' }] }, scope)).toThrow(
        expect.objectContaining({
          code: 'unknown-intrinsic',
          message: `${name} is not known to the local system`,
        }),
      );
    },
  );

  it.each([
    ['Fn::Join of something that is no text', { 'Fn::Join': ['', [{ a: 1 }]] }],
    ['Fn::Select beyond the end', { 'Fn::Select': [5, ['a']] }],
    ['Fn::Split of a list', { 'Fn::Split': [',', ['a']] }],
  ])('stop at %s', (_title, value) => {
    expect(() => resolve(value, scope)).toThrow(expect.objectContaining({ code: 'unresolved-reference' }));
  });
});

describe('conditions', () => {
  const yes = { Condition: 'IsTrue' };
  const no = { 'Fn::Equals': [ref('Table'), 'x'] };
  it.each([
    [{ 'Fn::Equals': [ref('Table'), 'Data-Table'] }, true],
    [no, false],
    [{ 'Fn::And': [yes, no] }, false],
    [{ 'Fn::Or': [yes, no] }, true],
    [{ 'Fn::Not': [no] }, true],
    [{ Condition: 'IsFalse' }, false],
  ])('%j is %s', (value, expected) => {
    expect(evaluateCondition(value, scope)).toBe(expected);
  });

  it('stop at a function that is not known', () => {
    expect(() => evaluateCondition({ 'Fn::Contains': [['a'], 'a'] }, scope)).toThrow(
      expect.objectContaining({ code: 'unknown-intrinsic' }),
    );
  });
});

describe('references', () => {
  it('are found in every place that can hold one', () => {
    const value = {
      a: [ref('A'), { 'Fn::GetAtt': ['B', 'Arn'] }, { 'Fn::GetAtt': 'C.Arn' }],
      b: { 'Fn::Sub': 'x${D}-${E.Arn}-${!NotMe}' },
      c: { 'Fn::Sub': ['${v}', { v: ref('F') }] },
      d: { 'Fn::If': ['IsTrue', ref('G'), { 'Fn::Join': ['', [ref('H')]] }] },
    };
    expect([...references(value)].sort()).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'v']);
  });
});

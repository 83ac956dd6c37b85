import { XMLParser } from 'fast-xml-parser';
import { AwsError } from '../aws/errors';

/** Element names to values; a list repeats the element, `undefined` leaves it out. */
export interface XmlContent {
  readonly [name: string]: XmlValue | readonly XmlValue[];
}
export type XmlValue = string | number | boolean | undefined | XmlContent;

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function xmlDocument(root: string, content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${children(content)}</${root}>`;
}

/** An error is the one document without a namespace. */
export function xmlError(content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${children(content)}</Error>`;
}

export interface XmlElement {
  text(name: string): string | undefined;
  child(name: string): XmlElement | undefined;
  children(name: string): readonly XmlElement[];
}

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  htmlEntities: true,
});

/** The root element. Throws `MalformedXML`, also when it has another name. */
export function parseXml(body: Buffer, root: string): XmlElement {
  let parsed: unknown;
  try {
    parsed = parser.parse(body.toString('utf8'), true);
  } catch {
    throw malformed();
  }
  if (!isRecord(parsed) || !Object.hasOwn(parsed, root)) throw malformed();
  return element(parsed[root]);
}

export const malformed = () =>
  new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

function element(value: unknown): XmlElement {
  const all = (name: string): unknown[] => {
    const found = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return found === undefined ? [] : Array.isArray(found) ? found : [found];
  };
  return {
    text: (name) => {
      const [first] = all(name);
      if (first === undefined || typeof first === 'string') return first;
      throw malformed();
    },
    child: (name) => all(name).map(element)[0],
    children: (name) => all(name).map(element),
  };
}

function children(content: XmlContent): string {
  return Object.entries(content)
    .flatMap(([name, value]) => (isList(value) ? value : [value]).map((one) => node(name, one)))
    .join('');
}

function node(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  return `<${name}>${typeof value === 'object' ? children(value) : escapeText(String(value))}</${name}>`;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeText = (text: string) =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold any character, XML text may not
    /[&<>"\u0000-\u001f\u007f-\u0085\u2028]/g,
    (character) => escapes[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
const isList = (value: XmlValue | readonly XmlValue[]): value is readonly XmlValue[] => Array.isArray(value);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export type XmlValue =
  | string
  | number
  | boolean
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

/** A document whose lists become `<member>` elements, as the Query protocol writes them. */
export function xml(name: string, value: XmlValue, namespace: string): string {
  return `<${name} xmlns="${namespace}">${content(value)}</${name}>`;
}

function content(value: XmlValue): string {
  if (typeof value !== 'object') return escaped(String(value));
  const entries = isList(value) ? value.map((item) => ['member', item] as const) : Object.entries(value);
  return entries.map(([name, item]) => `<${name}>${content(item)}</${name}>`).join('');
}

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};
const escaped = (text: string) => text.replace(/[&<>"\r]/g, (character) => entities[character] ?? character);

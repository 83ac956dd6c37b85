/** A photo whose labelled plate was not read exactly. */
export interface Miss {
  readonly name: string;
  /** The label. */
  readonly plate: string;
  /** What was read, and how sure; `undefined`: no plate was found there. */
  readonly read?: { readonly plate: string; readonly confidence: number; readonly outcome: string };
  /** JPEG of the labelled box and its surroundings. */
  readonly crop: Uint8Array;
}

/** A page with each miss beside its crop, the accepted ones first: they are the ones that would have alerted. */
export function missesPage(misses: readonly Miss[]): string {
  const rank = ({ read }: Miss) => (read?.outcome === 'accepted' ? 0 : 1);
  const rows = [...misses].sort((a, b) => rank(a) - rank(b)).map(row);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Misses</title>
<style>body{font:16px sans-serif}td,th{padding:4px 12px;text-align:left}code{font-size:20px}img{width:320px}</style>
<h1>${misses.length} misses</h1>
<table>
<tr><th>crop</th><th>label</th><th>read</th><th>sure</th><th>outcome</th><th>photo</th></tr>
${rows.join('\n')}
</table>
</html>
`;
}

function row({ name, plate, read, crop }: Miss): string {
  const image = `data:image/jpeg;base64,${Buffer.from(crop).toString('base64')}`;
  const said =
    read === undefined
      ? '<td colspan="2">no plate found</td><td>missed</td>'
      : `<td><code>${escaped(read.plate)}</code></td><td>${read.confidence.toFixed(2)}</td><td>${escaped(read.outcome)}</td>`;
  return `<tr><td><img alt="" src="${image}"></td><td><code>${escaped(plate)}</code></td>${said}<td>${escaped(name)}</td></tr>`;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

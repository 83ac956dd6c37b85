/** Of every public page. Text and background differ by 7:1 or more; targets are 24 px or more. */
export const stylesheet = `:root { color-scheme: light dark; }
body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color: #1b1b1b; background: #fff; }
h1 { line-height: 1.2; }
a { color: #003f8a; display: inline-block; min-height: 24px; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid #003f8a; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem; border-bottom: 1px solid #767676; }
.languages ul { list-style: none; display: flex; gap: 1.5rem; margin: 0; padding: 0; }
.languages [aria-current] { font-weight: bold; text-decoration: none; }
.notice { border: 3px solid #8a2b00; padding: 0 1rem; }
.count { text-align: right; white-space: nowrap; }
.bars { table-layout: fixed; }
.bars .count { width: 7rem; }
.bar { width: 45%; }
.bar svg { display: block; width: 100%; height: 1rem; }
.bar rect, .chart rect { fill: #003f8a; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; }
.charts figure { margin: 0; }
.chart { display: block; width: 100%; height: 8rem; }
.chart path { stroke: #767676; fill: none; }
th { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
@media print {
  .skip, .languages { display: none; }
  body { max-width: none; font-size: 11pt; }
  section, tr, figure { break-inside: avoid; }
  .bar rect, .chart rect { fill: #000; }
}
@media screen and (prefers-color-scheme: dark) {
  .bar rect, .chart rect { fill: #a9cbff; }
  .notice { border-color: #ffb38a; }
  body { color: #f2f2f2; background: #161616; }
  a { color: #a9cbff; }
  a:focus-visible, .scroll:focus-visible { outline-color: #a9cbff; }
}
`;

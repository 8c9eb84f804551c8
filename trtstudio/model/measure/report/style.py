"""The style sheet of a report: light and dark as the reader's system is, and fit for paper."""

SHEET = """
:root {
  --window: #f4f6f8; --surface: #ffffff; --border: #d3dae3; --text: #1a212c; --muted: #566273;
  --good: #0b6e66; --bad: #a8480d;
  --s0: #0b6e66; --s1: #a8480d; --s2: #1d5fa8; --s3: #8a2f78; --s4: #7a5c00; --s5: #3d6b1f;
  --s6: #5a5f69;
}
@media (prefers-color-scheme: dark) {
  @media screen {
    :root {
      --window: #14181e; --surface: #1b2028; --border: #363f4c; --text: #e7ebf0;
      --muted: #9ba7b6; --good: #3fc4b4; --bad: #f0985a;
      --s0: #3fc4b4; --s1: #f0985a; --s2: #7db4f0; --s3: #dd91cb; --s4: #e3c65b; --s5: #9ccc6a;
      --s6: #a9b2be;
    }
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px; max-width: 1120px; background: var(--window); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "Microsoft YaHei UI", "Noto Sans CJK SC",
    sans-serif;
}
h1 { font-size: 26px; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 32px 0 8px; }
h3 { font-size: 15px; margin: 20px 0 4px; }
p { margin: 4px 0 8px; }
.muted { color: var(--muted); }
section, .card {
  background: var(--surface); border: 1px solid var(--border); border-radius: 8px;
  padding: 16px; margin: 12px 0;
}
section > h2:first-child { margin-top: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; }
th, td { padding: 4px 12px 4px 0; text-align: left; vertical-align: top; }
thead th { border-bottom: 1px solid var(--border); white-space: nowrap; }
tbody th { font-weight: normal; color: var(--muted); white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.facts td { overflow-wrap: anywhere; }
.better { color: var(--good); }
.worse { color: var(--bad); }
.ratio { display: inline-block; min-width: 56px; margin-left: 8px; font-size: 0.85em; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 12px; }
svg { width: 100%; height: auto; display: block; font-size: 12px; }
svg text { fill: var(--text); }
svg .chart-title { font-weight: 600; font-size: 13px; }
svg .tick, svg .label { fill: var(--muted); font-size: 11px; }
svg .middle { text-anchor: middle; }
svg .end { text-anchor: end; }
svg .grid { stroke: var(--border); stroke-width: 1; opacity: 0.6; }
svg .axis { stroke: var(--muted); stroke-width: 1; }
svg .curve { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
.legend span { display: inline-block; margin-right: 16px; }
.legend i {
  display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px;
  vertical-align: -1px; print-color-adjust: exact; -webkit-print-color-adjust: exact;
}
footer { margin-top: 24px; font-size: 13px; color: var(--muted); }
@media print {
  @page { margin: 14mm; }
  body { padding: 0; max-width: none; background: none; font-size: 11px; }
  section, .card { border: none; padding: 0; }
  .charts { grid-template-columns: 1fr 1fr; }
  .charts > *, tr, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  table { font-size: 10px; }
}
"""

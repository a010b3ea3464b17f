"""The style sheet of the HTML report: a page on paper and one at night, wide and narrow; no fonts, no scripts."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fffefb; --ink: #22252b; --quiet: #666c78; --rule: #e3e1da; --tint: #f6f4ee; --link: #1c5ea8;
  --proved: #1b7f3b; --supported: #0b7285; --refuted: #b3261e; --undecided: #8a5c00; --vacuous: #8b2fa0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181d; --ink: #e4e4df; --quiet: #9aa1ad; --rule: #32363e; --tint: #1e2127; --link: #7fb4f0;
    --proved: #5cc97f; --supported: #5bc2d3; --refuted: #ff8078; --undecided: #e0b04c; --vacuous: #d492e4;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 "Iowan Old Style", "Palatino Linotype", Palatino, "TeX Gyre Pagella", Georgia, serif;
  overflow-wrap: break-word;
}
math {
  font-family: "STIX Two Math", "TeX Gyre Pagella Math", "Latin Modern Math", "Cambria Math", "Noto Sans Math", math;
  font-size: 1.06em;
}
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; font-weight: 600; }
h2 { margin: 2.8rem 0 .8rem; padding-bottom: .3rem; border-bottom: 1px solid var(--rule); font-size: 1.35rem; }
h3 { margin: 0 0 .1rem; font-size: 1.15rem; line-height: 1.3; }
p { margin: .5rem 0; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
code { font: .82em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.quiet, .about { color: var(--quiet); }
.about { font-size: .88rem; }
.nowrap { white-space: nowrap; }
sup, sub { line-height: 0; }
.proved, .good { --tone: var(--proved); }
.supported { --tone: var(--supported); }
.refuted, .conflict, .off, .alarm { --tone: var(--refuted); }
.undecided, .mended, .open, .refuted.cancels, .proved.carried { --tone: var(--undecided); }
.vacuous { --tone: var(--vacuous); }
.toned { color: var(--tone); }

.bar { display: flex; gap: 2px; height: .5rem; margin: .9rem 0 .7rem; border-radius: .25rem; overflow: hidden; }
.bar span { background: var(--tone); min-width: 4px; }
.counts { font-size: 1.02rem; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; margin: .8rem 0; font-size: .85rem; color: var(--quiet); }
.legend b { color: var(--tone, inherit); font-weight: 600; }

.tasks { list-style: none; margin: .4rem 0 1.2rem; padding: 0; }
.tasks li { padding: .2rem 0 .2rem .9rem; border-left: 3px solid var(--refuted); margin: .9rem 0; }
.tasks.known li { border-color: var(--undecided); }
.tasks p { margin: .1rem 0; }
.tasks .where { font-size: .9rem; }

.overview { width: 100%; border-collapse: collapse; font-size: .94rem; }
.overview td { padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--rule); vertical-align: baseline; }
.marks a { color: var(--tone); padding: 0 .12rem; font-family: "DejaVu Sans", "Segoe UI Symbol", sans-serif; }
.marks { letter-spacing: .02em; }

section { margin: 3rem 0; }
.headline { margin: .2rem 0 .5rem; font-style: italic; color: var(--tone); }
.steps { margin: 1rem 0; border-top: 1px solid var(--rule); }
.row {
  display: grid; grid-template-columns: 1.3rem 3.6rem minmax(0, 1fr) minmax(7rem, 14rem); gap: 0 .6rem;
  align-items: baseline; padding: .5rem .4rem; border-bottom: 1px solid var(--rule);
}
details > .row { cursor: pointer; list-style: none; }
details > .row::-webkit-details-marker { display: none; }
details > .row:hover { background: var(--tint); }
.mark { color: var(--tone); font-weight: 700; font-family: "DejaVu Sans", "Segoe UI Symbol", sans-serif; }
.tag { font-size: .9rem; color: var(--quiet); overflow-wrap: anywhere; }
.line { overflow-x: auto; overflow-y: hidden; padding: .15rem 0 .3rem 1.6em; text-indent: -1.6em; line-height: 2; }
.line > * { text-indent: 0; }
.line math { padding-block: .3em; }
.reason { display: block; margin-top: .2rem; color: var(--quiet); font-size: .88rem; line-height: 1.4; }
.verdict { font-size: .85rem; line-height: 1.35; color: var(--quiet); }
.verdict b { color: var(--tone); letter-spacing: .03em; font-weight: 600; }
.more::after { content: "\\00a0▸"; font-size: .75em; }
details[open] > .row .more::after { content: "\\00a0▾"; }
.failed { background: color-mix(in srgb, var(--tone) 7%, transparent); box-shadow: inset 3px 0 var(--tone); }
.failed > .row { border-bottom: 0; }
.wrong { color: var(--refuted); border-bottom: 2px solid var(--refuted); padding-bottom: 1px; }
.underlined { border-bottom: 1px solid; }
.boxed { border: 1px solid; padding: .2em; }
.cancel { background: linear-gradient(to top right, transparent 47%, currentColor 48% 52%, transparent 53%); }
mo.vec { font-size: .75em; }
mtext.bold { font-weight: bold; } mtext.italic { font-style: italic; } mtext.mono { font-family: monospace; }
mtd.left { text-align: left; } mtd.right { text-align: right; }

.box { padding: 0 .9rem .7rem 6.1rem; border-bottom: 1px solid var(--rule); }
.box p { margin: .4rem 0; }
.box .diagnosis { font-size: 1.05rem; }
.repair { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .7rem; }
.repair .line { min-width: 0; max-width: 100%; padding-bottom: 0; }
.label { color: var(--quiet); font-size: .85rem; }
.repair .label { color: var(--proved); }
.kind { color: var(--quiet); white-space: nowrap; font-size: .78em; }
.box .alarm, .box .stale { color: var(--tone); font-weight: 600; }

.evidence { font-size: .86rem; color: var(--quiet); }
details > .evidence { padding: .3rem .8rem .8rem 6.1rem; background: var(--tint); }
details > .evidence { border-bottom: 1px solid var(--rule); }
.box summary { cursor: pointer; font-size: .85rem; color: var(--quiet); }
.box details > .evidence { padding: .3rem 0 0; background: none; border: 0; }
.evidence ul { list-style: none; margin: .2rem 0; padding: 0; }
.evidence li { margin: .25rem 0; padding-left: 1.2rem; text-indent: -1.2rem; }
.evidence code { overflow-wrap: anywhere; }
footer { margin-top: 3rem; padding-top: .8rem; border-top: 1px solid var(--rule); font-size: .85rem; }

@media (max-width: 44rem) {
  body { padding: 1.2rem .9rem 3rem; }
  .row { grid-template-columns: 1.1rem minmax(2.6rem, max-content) minmax(0, 1fr); gap: 0 .4rem; }
  .row .line { grid-column: 2 / 4; grid-row: 2; }
  .row:not(:has(.verdict)) .line { grid-column: 3; grid-row: 1; }
  details > .evidence, .box { padding-left: 1.9rem; }
  .overview, .overview tbody, .overview tr, .overview td { display: block; }
  .overview tr { padding: .5rem 0; border-bottom: 1px solid var(--rule); }
  .overview td { border: 0; padding: .05rem 0; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .row, .box, .failed, .tasks li { break-inside: avoid; }
  h2, h3, .headline { break-after: avoid; }
  .more::after { content: ""; }
}
"""

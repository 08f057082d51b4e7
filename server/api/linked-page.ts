/** The frame of a page behind a link out of a mail: HTML that needs no script, readable on a phone and in the dark. */
import { escapeHtml } from '../mail/mail-page.ts'

/** Its own policy: nothing of the web application, no script, and forms to this server alone. */
export const LINKED_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const STYLE = `:root{color-scheme:light dark;--ink:#1c1c1a;--soft:#5c5c55;--line:#cfcfc7;--paper:#fbfaf7;--card:#fff;--deed:#005c43;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#ecebe6;--soft:#b1b0a8;--line:#4a4a45;--paper:#191917;--card:#232321;--deed:#5cd3ab;--on:#10241d}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif;overflow-wrap:anywhere}
main{max-width:36rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}h1{font:600 1.75rem/1.25 Georgia,'Times New Roman',serif;margin:0 0 .75rem}
h2{font:600 1.15rem/1.3 Georgia,'Times New Roman',serif;margin:2.25rem 0 .5rem}p{margin:0 0 .9rem}.soft{color:var(--soft);font-size:.9rem}
.note{border-left:3px solid var(--deed);padding:.1rem 0 .1rem .8rem;margin:0 0 1.25rem}
.choices{display:flex;flex-wrap:wrap;gap:.6rem;margin:0 0 .75rem;padding:0;border:0}button{font:inherit;min-height:44px;padding:.45rem 1.1rem;border:1px solid var(--soft);border-radius:6px;background:var(--card);color:var(--ink);cursor:pointer}
.solved button{flex:1 1 6rem;font-size:1.1rem;min-height:56px}button[aria-pressed=true],button.deed{background:var(--deed);border-color:var(--deed);color:var(--on)}
button:focus-visible,textarea:focus-visible,input:focus-visible,summary:focus-visible{outline:3px solid var(--deed);outline-offset:2px}
label{display:block;margin:0 0 .25rem}fieldset{border:0;margin:1rem 0;padding:0}legend{padding:0;margin:0 0 .35rem}.choice{display:flex;gap:.6rem;align-items:flex-start;padding:.3rem 0;min-height:32px}
.choice input{accent-color:var(--deed);margin:.3rem 0 0;width:1.1rem;height:1.1rem;flex:none}textarea,input[type=text]{font:inherit;width:100%;padding:.5rem .65rem;border:1px solid var(--soft);border-radius:6px;background:var(--card);color:var(--ink)}
.fields{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.9rem;margin:0 0 1rem}dl{margin:0 0 1rem;border-top:1px solid var(--line)}dl div{padding:.55rem 0;border-bottom:1px solid var(--line)}
dt{color:var(--soft);font-size:.9rem}dd{margin:0;white-space:pre-line}.ways{display:flex;flex-wrap:wrap;gap:.6rem;margin-top:1rem}a{color:inherit}`

export const paragraph = (text: string, kind = ''): string => `<p${kind === '' ? '' : ` class="${kind}"`}>${escapeHtml(text)}</p>`

/** A whole page; `body` is HTML already. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>
${body}
</main></body></html>
`

/** A page that says one thing. */
export const sayPage = (title: string, sentences: readonly string[], more = ''): string =>
  page(title, [`<h1>${escapeHtml(title)}</h1>`, ...sentences.map((one) => paragraph(one)), more].join('\n'))

export const form = (action: string, body: string, kind = ''): string =>
  `<form method="post" action="${escapeHtml(action)}"${kind === '' ? '' : ` class="${kind}"`}>${body}</form>`

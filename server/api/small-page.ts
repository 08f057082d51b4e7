/** A page of one sentence and a button or two at most, without a script, for links that open outside the dashboard. */
import type { FastifyReply } from 'fastify'
import { escapeHtml } from '../mail/mail-page.ts'
import { UNLISTED_HEADERS } from './shared-reports-routes.ts'

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
type Button = { label: string; field: string }
export type SmallPage = { title: string; text: string; button?: Button; other?: Button }

const form = (button: Button | undefined): string =>
  button === undefined
    ? ''
    : `<form method="post"><input type="hidden" name="${button.field}" value="yes"><button>${escapeHtml(button.label)}</button></form>`

const render = ({ title, text, button, other }: SmallPage): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>:root{color-scheme:light dark}body{font:18px/1.5 Georgia,serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}form{margin:0 0 1rem}button{font:inherit;padding:.5rem 1.5rem;cursor:pointer}</style></head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>
${form(button)}${form(other)}</main></body></html>
`

export const saySmallPage = (reply: FastifyReply, status: number, page: SmallPage) =>
  reply
    .status(status)
    .type('text/html; charset=utf-8')
    .headers({ ...UNLISTED_HEADERS, 'content-security-policy': POLICY })
    .send(render(page))

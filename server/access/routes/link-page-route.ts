/**
 * The page behind a mailed sign-in link: one button. Chats and mail scanners fetch the links they see; a link that signed in
 * on being fetched would be used up before a person clicks it.
 */
import type { FastifyInstance } from 'fastify'
import { escapeHtml } from '../../mail/mail-page.ts'
import { AUTH_BASE_PATH, CONFIRM_PATH } from '../one-time-link.ts'

// by its own policy, so that the page needs nothing of the web application and may only post to this server
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const page = (token: string, landing: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>Sign in to Barnraise</title>
<style>:root{color-scheme:light dark}body{font:18px/1.5 Georgia,serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem}
button{font:inherit;padding:.5rem 1.5rem;cursor:pointer}</style></head>
<body><main><h1>Sign in to Barnraise</h1><p>This link works once.</p>
<form method="get" action="${AUTH_BASE_PATH}/magic-link/verify">
<input type="hidden" name="token" value="${escapeHtml(token)}"><input type="hidden" name="callbackURL" value="${escapeHtml(landing)}">
<input type="hidden" name="errorCallbackURL" value="/sign-in"><button autofocus>Sign in</button></form></main></body></html>
`

export const linkPageRoute = async (app: FastifyInstance): Promise<void> => {
  app.get(CONFIRM_PATH, { schema: { hide: true } as object, config: { access: 'public' } }, async (request, reply) => {
    const query = request.query as Record<string, unknown>
    const text = (name: string, otherwise: string) => (typeof query[name] === 'string' ? query[name] : otherwise)
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', POLICY)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .send(page(text('token', ''), text('to', '/')))
  })
}

import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { UNLISTED_HEADERS } from './shared-reports-routes.ts'

/** Files with a hash in their name never change; the page that names them must be asked for each time. */
const FOREVER = { maxAge: '365d', immutable: true }
const FRESH = { maxAge: 0, immutable: false, cacheControl: true }

/** What opens by a link in a mail or a chat is for whoever got it. */
const ROBOTS = ['User-agent: *', 'Disallow: /r/', 'Disallow: /v/', 'Disallow: /unsubscribe/', ''].join('\n')

/** The built dashboard. Every address that is no file shows the page itself, whose router reads the address. */
export const webPages =
  ({ root }: { root: string }) =>
  async (app: FastifyInstance): Promise<void> => {
    const config = { access: 'public' as const }
    app.get('/robots.txt', { config, schema: { hide: true } }, async (_request, reply) => reply.type('text/plain').send(ROBOTS))
    if (!existsSync(`${root}/index.html`)) {
      app.get('/', { config, schema: { hide: true } }, async (_request, reply) =>
        reply.type('text/plain').send('The dashboard has not been built. Run `npm run build` and start again.\n'),
      )
      return
    }
    await app.register(fastifyStatic, { root, serve: false })
    app.get<{ Params: { '*': string } }>('/assets/*', { config, schema: { hide: true } }, (request, reply) =>
      reply.sendFile(`assets/${request.params['*']}`, root, FOREVER),
    )
    app.get<{ Params: { '*': string } }>('/*', { config, schema: { hide: true } }, (request, reply) => {
      const path = request.params['*']
      // no secret lies here, but only files of the build are served by name: anything else is an address of the page
      const isFile = /^[\w-]+\.(svg|png|ico|txt|webmanifest)$/.test(path) && existsSync(`${root}/${path}`)
      if (!isFile && /^(api|docs|assets)(\/|$)/.test(path)) return reply.callNotFound()
      if (!isFile && path.startsWith('r/')) return reply.headers(UNLISTED_HEADERS).sendFile('index.html', root, { cacheControl: false })
      return reply.sendFile(isFile ? path : 'index.html', root, FRESH)
    })
  }

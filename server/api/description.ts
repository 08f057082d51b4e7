import swagger from '@fastify/swagger'
import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

/** OpenAPI made from the very schemas that check requests and answers. Register before the routes it describes. */
export const describeApi = (version: string) =>
  fp(async (app: FastifyInstance): Promise<void> => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Barnraise',
          version,
          description:
            'Send what members of a community do; read whether it is a community, with the evidence. Errors are RFC 9457 problem documents.',
        },
        components: {
          securitySchemes: {
            key: { type: 'http', scheme: 'bearer', description: 'An API key of one community, with scope ingest or read' },
            session: { type: 'apiKey', in: 'cookie', name: 'barnraise.session_token', description: 'A signed-in person' },
          },
        },
        security: [{ key: [] }, { session: [] }],
      },
      transform: jsonSchemaTransform,
      transformObject: jsonSchemaTransformObject,
    })
    app.get('/api/v1/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger())
  })

/** A page to read the description on and try it. */
export const apiReference = fp(async (app: FastifyInstance): Promise<void> => {
  await app.register(scalar, {
    routePrefix: '/docs',
    configuration: { title: 'Barnraise API', url: '/api/v1/openapi.json', telemetry: false, withDefaultFonts: false } as never,
  })
})

import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { problemSchema } from '../../shared/contract/problem.ts'
import { ProblemError, problemHandler, sendProblem } from './problem.ts'

const answerTo = async (error: unknown) => {
  const app = Fastify()
  app.setErrorHandler(problemHandler)
  app.get('/', async () => {
    throw error
  })
  const response = await app.inject('/')
  expect(response.headers['content-type']).toBe('application/problem+json')
  return { status: response.statusCode, retryAfter: response.headers['retry-after'], body: problemSchema.parse(response.json()) }
}

describe('an error', () => {
  it('that is a problem leaves as it is', async () => {
    const problem = { status: 413, type: 'too-large', title: 'Too large', detail: 'Send less.', limit: 7 }
    expect(await answerTo(new ProblemError(problem))).toMatchObject({ status: 413, body: { ...problem, type: '/problems/too-large' } })
  })

  it.each([
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED', syscall: 'connect' }),
    Object.assign(new Error('the database system is shutting down'), { code: '57P03' }),
    Object.assign(new Error('terminating connection'), { code: '57P01' }),
    Object.assign(new Error('sorry, too many clients already'), { code: '53300' }),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED', syscall: 'connect' })]),
  ])('of a database that is away says when to come again: %s', async (error) => {
    expect(await answerTo(error)).toMatchObject({ status: 503, retryAfter: '5', body: { type: '/problems/database-away' } })
  })

  it('nobody foresaw says nothing of the inside', async () => {
    for (const error of [
      new Error('secret path /etc'),
      Object.assign(new Error('secret'), { code: '23514' }),
      Object.assign(new Error('secret'), { code: 'ENOENT', path: '/x', syscall: 'open' }),
    ]) {
      const { status, body } = await answerTo(error)
      expect(status).toBe(500)
      expect(JSON.stringify(body)).not.toContain('secret')
    }
  })

  it('of a limit always says when to come again', async () => {
    expect(await answerTo(Object.assign(new Error('Rate limit exceeded, retry in 42 seconds'), { statusCode: 429 }))).toMatchObject({
      status: 429,
      retryAfter: '42',
    })
    expect(await answerTo(Object.assign(new Error('busy'), { statusCode: 503 }))).toMatchObject({ status: 503, retryAfter: '5' })
  })

  it('of a request that does not fit its schema names the places', async () => {
    const app = Fastify()
    app.setErrorHandler(problemHandler)
    app.post('/', { schema: { body: { type: 'object', required: ['name'] } } }, async () => 'ok')
    const response = await app.inject({ method: 'POST', url: '/', payload: {} })
    expect(response.statusCode).toBe(400)
    expect(problemSchema.parse(response.json())).toMatchObject({
      type: '/problems/invalid-request',
      errors: [{ pointer: '', message: expect.stringContaining('name') }],
    })
  })
})

describe('sendProblem', () => {
  it('is not cut down by the schema of the route', async () => {
    const app = Fastify()
    app.get('/', { schema: { response: { '4xx': { type: 'object', properties: { title: { type: 'string' } } } } } }, async (_, reply) =>
      sendProblem(reply, { status: 409, type: 'conflict', title: 'T', detail: 'D', extra: 1 }),
    )
    expect((await app.inject('/')).json()).toEqual({ status: 409, type: '/problems/conflict', title: 'T', detail: 'D', extra: 1 })
  })
})

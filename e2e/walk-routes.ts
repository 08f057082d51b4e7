/** Walks every route of an app as every caller and compares who is let in with a table that says who may. */
import type { FastifyInstance, InjectOptions } from 'fastify'

export type Walk = {
  /** Built with `onLetIn: endTheWalk`, so that no route really runs. */
  app: FastifyInstance
  /** The headers of each caller. */
  callers: Record<string, Record<string, string>>
  /** `METHOD /path/of/:the/route` to what each caller meets, in the order of `callers`, separated by blanks: `in`, or the status of the refusal. */
  table: Record<string, string>
  /** What stands for each `:parameter`; others become `x`. */
  params: Record<string, string>
}

const LET_IN_STATUS = 299

/** For `onLetIn` of the policy: answers in place of the route. */
export const endTheWalk = (_request: unknown, reply: { status: (code: number) => { send: (payload: string) => unknown } }): unknown =>
  reply.status(LET_IN_STATUS).send('let in')

/**
 * What is wrong, one sentence each; empty when every registered route stands in the table, every row is a route, and every
 * caller meets at every route what the table says. HEAD follows GET and is walked by the row of GET.
 */
export const walkRoutes = async ({ app, callers, table, params }: Walk): Promise<string[]> => {
  await app.ready()
  const faults: string[] = []
  const names = Object.keys(callers)
  const rowOf = ({ method, url }: { method: string; url: string }) => `${method === 'HEAD' ? 'GET' : method} ${url}`
  const routes = app.declaredRoutes
  const known = new Set(routes.map(rowOf))
  for (const row of Object.keys(table)) if (!known.has(row)) faults.push(`${row} stands in the table and is no route`)
  for (const row of known) if (!(row in table)) faults.push(`${row} is a route and does not stand in the table`)
  for (const route of routes) {
    const expected = table[rowOf(route)]?.trim().split(/\s+/)
    if (expected === undefined) continue
    if (expected.length !== names.length) {
      faults.push(`${rowOf(route)} has ${expected.length} answers for ${names.length} callers`)
      continue
    }
    const url = route.url.replace(/:(\w+)/g, (_all, name: string) => params[name] ?? 'x').replace('*', 'x')
    for (const [index, name] of names.entries()) {
      const answer = await app.inject({ method: route.method as InjectOptions['method'] & string, url, headers: callers[name]! })
      const met = answer.statusCode === LET_IN_STATUS ? 'in' : String(answer.statusCode)
      if (met !== expected[index]) faults.push(`${route.method} ${route.url} as ${name}: ${met} instead of ${expected[index]}`)
      if (met === '401' && answer.headers['www-authenticate'] === undefined)
        faults.push(`${route.method} ${route.url} as ${name}: a 401 without WWW-Authenticate`)
      if (met !== 'in' && route.method !== 'HEAD' && !String(answer.headers['content-type']).startsWith('application/problem+json'))
        faults.push(`${route.method} ${route.url} as ${name}: a refusal that is no problem document`)
    }
  }
  return faults
}

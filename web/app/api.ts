/** The only place where pages speak HTTP. */
import type { Problem } from '../../shared/contract/problem.ts'

/** A request that failed: `status` 0 when no answer came at all. `message` says what happened and what to do. */
export class ApiProblem extends Error {
  readonly status: number
  /** The problem document, with what else it says. */
  readonly problem: Partial<Problem>
  constructor(status: number, message: string, problem: Partial<Problem> = {}) {
    super(message)
    this.name = 'ApiProblem'
    this.status = status
    this.problem = problem
  }
}

const problemOf = async (response: Response): Promise<ApiProblem> => {
  let said: Partial<Problem> & { message?: string } = {}
  try {
    said = await response.json()
  } catch {
    // an answer that is not JSON, such as a proxy's page: the status has to do
  }
  const message = said.detail ?? said.message ?? said.title ?? `The server answered with status ${response.status}.`
  return new ApiProblem(response.status, message, said)
}

/** Sends a request and reads its JSON answer; `undefined` for an empty one. Throws ApiProblem. */
export const request = async <T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> => {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      signal: signal ?? null,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiProblem(0, 'The server cannot be reached. Check that it is running and that you are online.')
  }
  if (!response.ok) throw await problemOf(response)
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** Fetches a file under the name that the server gives it. Throws ApiProblem. */
export const getFile = async (path: string): Promise<{ name: string; blob: Blob }> => {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin' })
    if (!response.ok) throw await problemOf(response)
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'file'
    return { name, blob: await response.blob() }
  } catch (error) {
    if (error instanceof ApiProblem) throw error
    throw new ApiProblem(0, 'The server cannot be reached. Check that it is running and that you are online.')
  }
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => request<T>('GET', path, undefined, signal)

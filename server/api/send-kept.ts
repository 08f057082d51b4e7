import type { FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import { readResultsVersion } from '../report/results-version.ts'
import { createAnswerCache, sendAnswer } from './answer-cache.ts'
import { communityOf, textOf } from './reading-request.ts'

export type SendKept = <T>(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: unknown[],
  build: () => Promise<T>,
) => Promise<T | FastifyReply>

/**
 * Sends an answer about the request's community and keeps it until the community's results change. `asked` must name all else that
 * it depends on, who may see it included; the first word tells one kind of question from another.
 */
export const createSendKept = (pool: pg.Pool, answers = createAnswerCache()): SendKept => {
  return async (request, reply, asked, build) => {
    const community = communityOf(request)
    const readVersion = () => readResultsVersion(pool, community.community_id)
    const version = await readVersion()
    if (version === null) return build()
    const answer = await answers.find(JSON.stringify([asked, community, version]), async () => {
      const text = textOf(reply, await build())
      // results that came while it was built may be in it, in part
      return { text, isKept: (await readVersion()) === version }
    })
    return sendAnswer(request, reply, answer)
  }
}

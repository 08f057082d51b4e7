/** What requests that read have in common: how days and times are written, whose community it is, and how a bad question is answered. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { roleIn } from '../access/caller.ts'
import { BadRange } from '../report/bad-range.ts'
import { NoCases } from '../report/cases.ts'
import type { ReportedCommunity } from '../report/health-report.ts'
import { ProblemError } from './problem.ts'

export const asOfSchema = z.iso
  .datetime({ offset: true, error: 'write as_of as a time with an offset, such as 2025-12-31T23:59:59Z' })
  .optional()
export const daySchema = z.iso.date('write a day as 2025-12-31').optional()

export const communityOf = (request: FastifyRequest): ReportedCommunity => request.community as ReportedCommunity

/** A sponsor is shown nobody out of a small group. */
export const isSponsor = (request: FastifyRequest): boolean =>
  request.caller.kind === 'person' && roleIn(request.caller, communityOf(request).community_id) === 'sponsor'

/** A time that has not come knows no more than now does. */
export const toTime = (text: string | undefined, now: Date): Date | undefined => {
  if (text === undefined) return undefined
  const time = new Date(text)
  return time > now ? now : time
}

/** As the schema of the route's answer lets it out. */
export const textOf = (reply: FastifyReply, payload: unknown): string => reply.serialize(payload) as string

export const explainBadRange = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer
  } catch (error) {
    if (error instanceof BadRange)
      throw new ProblemError({ status: 400, type: 'bad-range', title: 'This range cannot be answered', detail: error.message })
    if (error instanceof NoCases)
      throw new ProblemError({ status: 404, type: 'no-cases', title: 'There is no such list of cases', detail: error.message })
    throw error
  }
}

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  type ReportDraft,
  type ReportSettings,
  reportDraftInputSchema,
  reportDraftSchema,
  reportSettingsInputSchema,
  reportSettingsSchema,
} from '../../shared/contract/report-settings.ts'
import { monthSchema } from '../../shared/contract/value-report.ts'
import { formatInstant, formatPeriod } from '../../shared/format.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { userOf } from '../access/caller.ts'
import { checkMonthOver } from '../report/value/list-reports.ts'
import { nextOfSchedule } from '../report/value/next-report.ts'
import { choosableStories } from '../report/value/choosable-stories.ts'
import { changeDraft, readDraft, type StoredDraft } from '../store/report-drafts.ts'
import { changeReportSettings, readReportSettings, type StoredReportSettings } from '../store/report-settings.ts'
import { readLastRevisionNo } from '../store/reports.ts'
import { ProblemError } from './problem.ts'
import { communityOf } from './reading-request.ts'
import { explainMonth } from './report-for-reader.ts'
import { goneProblem, REPORTS_PATH, type ReportsParts } from './reports-routes.ts'

/** How the report is made, and what managers write for a month before it is. */
export const reportSettingsRoutes =
  ({ db, now }: Pick<ReportsParts, 'db' | 'now'>) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['reports']
    const params = z.object({ slug: z.string() })
    const monthParams = params.extend({ month: monthSchema })
    const settingsPath = '/api/v1/communities/:slug/report-settings'
    const draftPath = `${REPORTS_PATH}/:month/draft`

    const settingsToContract = async (request: FastifyRequest, stored: StoredReportSettings): Promise<ReportSettings> => {
      const { is_made, draft_days, version } = stored
      return { is_made, draft_days, version, next: await nextOfSchedule(db.pool, communityOf(request), now()) }
    }
    const draftToContract = async (request: FastifyRequest, month: string, stored: StoredDraft): Promise<ReportDraft> => {
      const community = communityOf(request)
      return {
        ...stored,
        month,
        updated_at: stored.updated_at?.toISOString() ?? null,
        stories: await choosableStories(db.pool, community, month),
        is_frozen: (await readLastRevisionNo(db.pool, community.community_id, month)) !== null,
      }
    }

    app.get(
      settingsPath,
      {
        config: { access: MANAGERS },
        schema: { summary: 'How the monthly report is made', tags, params, response: { 200: reportSettingsSchema } },
      },
      async (request) => settingsToContract(request, await readReportSettings(db.pool, communityOf(request).community_id)),
    )

    app.put(
      settingsPath,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Change how the monthly report is made, of the version that was seen',
          tags,
          params,
          body: reportSettingsInputSchema,
          response: { 200: reportSettingsSchema },
        },
      },
      async (request) => {
        const { community_id: communityId } = communityOf(request)
        const result = await changeReportSettings(db.pool, { communityId, input: request.body, userId: userOf(request), now: now() })
        if (result === 'gone') throw goneProblem()
        if ('other' in result)
          throw new ProblemError({
            status: 409,
            type: 'report-settings-changed',
            title: 'Changed meanwhile',
            detail: 'Somebody else, or another window of yours, has changed these settings since they were opened. Nothing was saved.',
            current: await settingsToContract(request, result.other),
          })
        return settingsToContract(request, result.changed)
      },
    )

    app.get(
      draftPath,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'What managers add to the report of a month before it is made, and the stories to choose from',
          tags,
          params: monthParams,
          response: { 200: reportDraftSchema },
        },
      },
      async (request) => {
        const { month } = request.params
        const community = communityOf(request)
        await explainMonth(checkMonthOver(db.pool, community, month, now(), { isRunningToo: true }))
        return draftToContract(request, month, await readDraft(db.pool, community.community_id, month))
      },
    )

    app.put(
      draftPath,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Write what is asked of the sponsor and choose stories, of the version that was seen',
          tags,
          params: monthParams,
          body: reportDraftInputSchema,
          response: { 200: reportDraftSchema },
        },
      },
      async (request) => {
        const { month } = request.params
        const community = communityOf(request)
        await explainMonth(checkMonthOver(db.pool, community, month, now(), { isRunningToo: true }))
        const { ask, story_keys: storyKeys, version } = request.body
        if (storyKeys !== null) {
          const known = new Set((await choosableStories(db.pool, community, month)).map(({ key }) => key))
          if (storyKeys.some((key) => !known.has(key)))
            throw new ProblemError({
              status: 422,
              type: 'unknown-story',
              title: 'A story cannot be chosen',
              detail: 'A chosen story may not be shown any more, or was not told for this report. Choose among those that are offered now.',
            })
        }
        const change = { communityId: community.community_id, month, ask, storyKeys, version, userId: userOf(request), now: now() }
        const result = await changeDraft(db.pool, change)
        if (result === 'gone') throw goneProblem()
        if (result === 'made')
          throw new ProblemError({
            status: 409,
            type: 'report-made',
            title: 'The report is made',
            detail: `The report of ${formatPeriod(month)} is made and does not change any more. What you want to say goes into a correction of it.`,
          })
        if ('other' in result) {
          const { updated_by, updated_at } = result.other
          const when = updated_at === null ? '' : ` on ${formatInstant(updated_at.toISOString(), community.time_zone)}`
          throw new ProblemError({
            status: 409,
            type: 'draft-changed',
            title: 'Changed meanwhile',
            detail: `${updated_by ?? 'Somebody'} changed this draft${when}, after you had opened it. Nothing was saved.`,
            current: await draftToContract(request, month, result.other),
          })
        }
        return draftToContract(request, month, result.changed)
      },
    )
  }

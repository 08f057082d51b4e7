import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  type AccountName,
  dismissAnswerSchema,
  dismissedSchema,
  dismissInputSchema,
  mergeAnswerSchema,
  mergedSchema,
  mergeInputSchema,
  splitAnswerSchema,
  splitInputSchema,
  suggestionsSchema,
} from '../../shared/contract/identity.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { identityKey } from '../ingest/keys.ts'
import { describeAccount, describePerson, describeSuggestion } from '../report/describe-people.ts'
import type { Database } from '../store/connection.ts'
import { dismissIdentities, listDismissedPairs, takeBackDismissal } from '../store/dismiss-identities.ts'
import { listMergedPeople, suggestIdentities } from '../store/identity-suggestions.ts'
import { mergeIdentities, RefreshRunsError, splitIdentity } from '../store/merge-identities.ts'
import { ProblemError } from './problem.ts'

type Parts = {
  db: Database
  now: () => Date
  requestRefresh: (communityId: string) => void
  /** Milliseconds a request waits for a refresh that runs. */
  patience?: number
}

const PATH = '/api/v1/communities/:slug/identities'
/** As many as a person looks through at a sitting; our judgement. `total` says how many there are. */
const MOST_SHOWN = 200
/** Milliseconds a request waits for a refresh, and seconds after which it is to be sent again; our judgement. */
const PATIENCE = 10_000
const RETRY_SECONDS = 5

const keysOf = (accounts: readonly AccountName[]): string[] => accounts.map(({ source, actor_id }) => identityKey(source, actor_id))

const unknownAccount = (accounts: readonly AccountName[]) =>
  new ProblemError({
    status: 404,
    type: 'unknown-account',
    title: 'No such account',
    detail: `Not every one of ${accounts.map(({ source, actor_id }) => `${source}: ${actor_id}`).join(', ')} is known here${accounts.length > 1 ? ', or they are not as they were when the page was opened' : ''}. Give the source and the id that stands in actor.id of its events.`,
  })

/** Runs what waits for a refresh, and says when to come again where that takes too long. */
const whenRefreshed = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof RefreshRunsError)) throw error
    throw new ProblemError({
      status: 503,
      type: 'refresh-runs',
      title: 'The numbers are being worked out',
      detail: `Until that is done nobody can be merged or separated, and nothing was changed. Send it again in ${RETRY_SECONDS} seconds.`,
      retryAfter: RETRY_SECONDS,
    })
  }
}

/** One person, several accounts: suggestions, merge, split, and what was said to be different. The numbers follow some seconds later. */
export const identitiesRoutes =
  ({ db, now, requestRefresh, patience = PATIENCE }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['communities']
    const params = z.object({ slug: z.string() })
    const config = { access: MANAGERS }
    const communityOf = (request: { community: { community_id: string } | null }) =>
      (request.community as { community_id: string }).community_id

    app.get(
      `${PATH}/suggestions`,
      {
        config,
        schema: { summary: 'Accounts that may be one person’s, and why', tags, params, response: { 200: suggestionsSchema } },
      },
      async (request) => {
        const { suggestions, total } = await suggestIdentities(db, communityOf(request), MOST_SHOWN)
        return { suggestions: suggestions.map(describeSuggestion), total }
      },
    )

    app.get(
      `${PATH}/merged`,
      { config, schema: { summary: 'People with several accounts', tags, params, response: { 200: mergedSchema } } },
      async (request) => {
        const { people, total } = await listMergedPeople(db.pool, communityOf(request), MOST_SHOWN)
        return { people: people.map(describePerson), total }
      },
    )

    app.get(
      `${PATH}/dismissed`,
      { config, schema: { summary: 'Accounts said to be different people’s', tags, params, response: { 200: dismissedSchema } } },
      async (request) => {
        const { pairs, total } = await listDismissedPairs(db.pool, communityOf(request), MOST_SHOWN)
        return {
          pairs: pairs.map(({ accounts, dismissed_at }) => ({
            accounts: accounts.map(describeAccount),
            dismissed_at: dismissed_at.toISOString(),
          })),
          total,
        }
      },
    )

    app.post(
      `${PATH}/merge`,
      {
        config,
        schema: {
          summary: 'Count these accounts, and all that are said to be of the same people, as one person',
          tags,
          params,
          body: mergeInputSchema,
          response: { 200: mergeAnswerSchema },
        },
      },
      async (request) => {
        const { accounts } = request.body
        const communityId = communityOf(request)
        const merged = await whenRefreshed(mergeIdentities(db, { communityId, identityKeys: keysOf(accounts), patience }))
        if (merged === null) throw unknownAccount(accounts)
        requestRefresh(communityId)
        return { accounts: merged.identities.map(describeAccount), before: merged.before.map((of) => of.map(describeAccount)) }
      },
    )

    app.post(
      `${PATH}/split`,
      {
        config,
        schema: {
          summary: 'Count accounts of a person as a person of their own again',
          tags,
          params,
          body: splitInputSchema,
          response: { 200: splitAnswerSchema },
        },
      },
      async (request) => {
        const { accounts, is_remembered } = request.body
        const communityId = communityOf(request)
        const split = await whenRefreshed(
          splitIdentity(db, {
            communityId,
            identityKeys: keysOf(accounts),
            dismissedAt: is_remembered ? now() : null,
            patience,
          }),
        )
        if (split === null) throw unknownAccount(accounts)
        requestRefresh(communityId)
        return { accounts: split.identities.map(describeAccount) }
      },
    )

    app.post(
      `${PATH}/dismiss`,
      {
        config,
        schema: {
          summary: 'Say that accounts are different people’s, so that they are not suggested again, or take it back',
          tags,
          params,
          body: dismissInputSchema,
          response: { 200: dismissAnswerSchema },
        },
      },
      async (request) => {
        const { accounts, is_different } = request.body
        const said = { communityId: communityOf(request), identityKeys: keysOf(accounts) }
        const pairs = is_different ? await dismissIdentities(db, { ...said, now: now() }) : await takeBackDismissal(db.pool, said)
        if (pairs === null) throw unknownAccount(accounts)
        return { pairs }
      },
    )
  }

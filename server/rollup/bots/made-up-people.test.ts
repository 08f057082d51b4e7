import { expect, it } from 'vitest'
import { readBotName } from '../../ingest/classify/read-bot-name.ts'
import { ARCHETYPE_NAMES } from '../../ingest/sources/synthetic/archetypes.ts'
import { generateEvents } from '../../ingest/sources/synthetic/synthetic.ts'
import { measureBehaviour } from './measure-behaviour.ts'
import { obviousPosts } from './obvious-posts.ts'

const END = new Date('2026-03-18T10:00:00Z')
const PLACES = ['Europe/Amsterdam', 'America/Sao_Paulo', 'Asia/Kolkata']
const SEEDS = Number(process.env.RUNS ?? 1)

it.each(ARCHETYPE_NAMES)(
  'nobody in "%s" is taken for a program, nor suspected, besides the feed in it',
  { timeout: 600_000 },
  (archetype) => {
    for (let seed = 1; seed <= SEEDS; seed++)
      for (const feed of [undefined, { name: 'Plant news', isFlagged: false, perWeek: 28 }]) {
        const events = [...generateEvents({ archetype, seed, endAt: END, timeZone: PLACES[seed % 3] as string, ...(feed && { feed }) })]
        const suspects = [...obviousPosts(events)].flatMap(([id, posts]) => {
          const reason = measureBehaviour(posts)
          return reason ? [{ id, is_sure: reason.is_sure }] : []
        })
        expect(suspects).toEqual(feed ? [{ id: 'feed', is_sure: true }] : [])
        for (const { actor } of events) if (actor && actor.id !== 'feed') expect(readBotName(actor.name ?? null, actor.id)).toBeNull()
      }
  },
)

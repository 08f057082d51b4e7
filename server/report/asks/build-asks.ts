import type { Pool } from 'pg'
import type { Asks, MadeAsk } from '../../../shared/contract/ask.ts'
import { CLAIM_BANDS } from '../../../shared/contract/value-claim.ts'
import { addDays } from '../../../shared/period.ts'
import { countContacts } from '../../store/member-contacts.ts'
import { countOptOuts, listAsks, type MadeAsk as StoredMade, readAskSetting } from '../../store/value-asks.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { readClaims, readConfirmations } from '../value/read-claims.ts'
import { readStories, type Story } from '../value/stories.ts'
import { askAddress, askToken } from './ask-link.ts'
import { ASK_RULES } from './ask-rules.ts'
import { askMailWords, askPost } from './ask-words.ts'
import { type Asker, countNotYet, findAskers } from './find-askers.ts'

type Parts = { secretKey: string; baseUrl: string; now: Date; canMail: boolean }

const MOST_ASKS = 100
const ALL_DAYS = { from_on: '0001-01-01', to_on: '9999-12-31' }
const MOST_STORIES = 20

const bearerOf = ({ name, role }: Story): string => [name, role].filter((part) => part !== null).join(', ') || 'A member'

const stateOf = (ask: StoredMade): MadeAsk['state'] => {
  if (ask.how === 'link') return ask.asked_at === null ? 'made' : 'posted'
  if (ask.mail_state === 'refused' || ask.mail_state === 'cancelled') return 'not_sent'
  return ask.mail_state === null || ask.mail_state === 'sent' || ask.mail_state === 'uncertain' ? 'sent' : 'waiting'
}

/** A question whose asker may be asked, as the contract has it. */
const toEntry = (asker: Asker): Asks['askers'][number] => ({
  key: asker.question_key,
  id: asker.source_event_id,
  source: asker.source,
  channel: asker.channel,
  url: asker.url,
  asker: asker.display_name ?? asker.source_actor_id,
  asked_at: asker.asked_at.toISOString(),
  answered_at: asker.first_answered_at.toISOString(),
  has_address: asker.address !== null,
  is_inferred: asker.is_inferred,
})

export const toMadeAsk = (ask: StoredMade, community: ReportedCommunity, { secretKey, baseUrl }: Parts): MadeAsk => {
  const state = stateOf(ask)
  const link = state === 'made' ? askAddress(baseUrl, askToken(secretKey, community.community_id, ask.ask_id)) : null
  const question = {
    asked_at: ask.asked_question_at ?? ask.made_at,
    channel: ask.channel,
    display_name: ask.display_name,
    community_name: community.name,
    time_zone: community.time_zone,
  }
  return {
    ask_id: ask.ask_id,
    source: ask.source,
    channel: ask.channel,
    url: ask.url,
    asker: ask.display_name ?? ask.source_actor_id,
    question_at: ask.asked_question_at?.toISOString() ?? null,
    how: ask.how,
    state,
    made_at: ask.made_at.toISOString(),
    expires_at: ask.expires_at.toISOString(),
    is_expired: ask.is_expired,
    link,
    text: link === null ? null : askPost(question, link),
  }
}

/** Everything of the page on which managers ask. What was replied stands in sums and stories, never beside a name. */
export const buildAsks = async (pool: Pool, community: ReportedCommunity, parts: Parts): Promise<Asks> => {
  const { community_id: communityId } = community
  const { now } = parts
  const [askers, not_yet, asks, confirmations, { claims }, stories, opt_out_count, contact_count, setting] = await Promise.all([
    findAskers(pool, communityId, { now }),
    countNotYet(pool, communityId, now),
    listAsks(pool, communityId, { now, limit: MOST_ASKS }),
    readConfirmations(pool, community, ALL_DAYS),
    readClaims(pool, community, ALL_DAYS),
    readStories(pool, community, ALL_DAYS),
    countOptOuts(pool, communityId),
    countContacts(pool, communityId),
    readAskSetting(pool, communityId),
  ])
  const words = askMailWords(
    {
      asked_at: new Date(`${addDays(now.toISOString().slice(0, 10), -5)}T12:00:00Z`),
      channel: askers[0]?.channel ?? null,
      display_name: 'Ana',
      community_name: community.name,
      time_zone: community.time_zone,
    },
    `${parts.baseUrl}/v/…`,
    `${parts.baseUrl}/v/…/stop`,
  )
  return {
    rules: [...ASK_RULES],
    askers: askers.map(toEntry),
    not_yet,
    asks: asks.map((ask) => toMadeAsk(ask, community, parts)),
    replies: {
      asked_count: confirmations.asked_count,
      replied_count: confirmations.replied_count,
      solved_count: confirmations.solved_count,
      partly_count: confirmations.partly_count,
      not_solved_count: confirmations.not_solved_count,
      bands: CLAIM_BANDS.map(({ id, label }) => ({
        id,
        label,
        count: claims.filter((claim) => claim.is_asked && claim.band === id).length,
      })),
    },
    stories: stories.slice(0, MOST_STORIES).map((story) => ({ text: story.text, by: bearerOf(story), on: story.on })),
    opt_out_count,
    contact_count,
    can_mail: parts.canMail,
    setting,
    mail: { subject: words.subject, text: [...words.paragraphs, `${words.link.text}: ${words.link.address}`, words.closing].join('\n\n') },
  }
}

/** Keeps what was decided of alerts, and tells it: the rows, the mails and the hooks of a notice in one transaction. */
import type { ClientBase } from 'pg'
import type { AlertContent } from '../../shared/contract/alert.ts'
import type { Rule } from '../alerts/alert-rule.ts'
import type { Action } from '../alerts/reconcile.ts'
import {
  addAlert,
  addNotice,
  bringIntoPresent,
  changeAlertState,
  countNotice,
  dropHeldNotices,
  forgetAlert,
  releaseNotice,
} from '../store/alerts.ts'
import type { StoredCommunity } from '../store/communities.ts'
import { addAlertHooks } from './alert-hooks.ts'
import { addAlertMails } from './alert-mails.ts'

export type TellParts = {
  secretKey: string
  baseUrl: string
  now: Date
  /** Put a notice into the outbox in the transaction that tells it; by default for its recipients, and for its hooks. */
  addMails?: typeof addAlertMails
  addHooks?: typeof addAlertHooks
}

/** A notice that was told, or would be. */
export type Telling = { alert_id: string | null; content: AlertContent; sent: 'told' | 'held' | 'history'; count: number }

export type TellContext = {
  parts: TellParts
  community: StoredCommunity
  rule: Rule
  isSnoozed: boolean
  /** Words alone; nothing is written. */
  isDry: boolean
  words: (action: Action) => Promise<AlertContent | null>
}

/** Does what was decided, in order. */
export const keepActions = async (
  client: ClientBase,
  context: TellContext,
  actions: readonly Action[],
): Promise<{ telling: Telling[]; mail_count: number }> => {
  const telling: Telling[] = []
  for (const action of actions) {
    const content = await context.words(action)
    const told = context.isDry ? say(context, action, content) : await keep(client, context, action, content)
    if (told !== null) telling.push(told)
  }
  return { telling, mail_count: telling.reduce((sum, { count }) => sum + count, 0) }
}

const say = ({ isSnoozed }: TellContext, action: Action, content: AlertContent | null): Telling | null =>
  content && { alert_id: null, content, sent: action.do === 'keep' ? 'history' : isSnoozed ? 'held' : 'told', count: 0 }

const keep = async (client: ClientBase, context: TellContext, action: Action, content: AlertContent | null): Promise<Telling | null> => {
  const { now } = context.parts
  const communityId = context.community.community_id
  const isNew = action.do === 'open' || action.do === 'keep'
  if (isNew) {
    const { episode } = action
    const alert_id = await addAlert(client, {
      communityId,
      rule: context.rule.id,
      began_on: episode.began_on,
      state: action.do === 'open' ? 'open' : action.state,
      ended_on: episode.ended_on,
      is_history: action.do === 'keep',
      now,
    })
    const of = { communityId, alert_id }
    if (action.do === 'open') return tell(client, context, of, content as AlertContent)
    await addNotice(client, of, { content: content as AlertContent, noticed_on: action.on, sent: 'history', now })
    return { alert_id, content: content as AlertContent, sent: 'history', count: 0 }
  }
  const of = { communityId, alert_id: action.alert_id }
  switch (action.do) {
    case 'revise':
      await changeAlertState(client, of, { state: action.state, ended_on: action.ended_on, now })
      return null
    case 'forget':
      await forgetAlert(client, of)
      return null
    case 'resume':
      await changeAlertState(client, of, { state: 'open', ended_on: null, now })
      return null
    case 'worsen':
      await bringIntoPresent(client, of)
      if (action.is_reopened) await changeAlertState(client, of, { state: 'open', ended_on: null, now })
      if (!context.isSnoozed) await dropHeldNotices(client, of)
      return tell(client, context, of, content as AlertContent)
    case 'release':
      await releaseNotice(client, of, { content: content as AlertContent, of: action.of, noticed_on: action.on, now })
      await dropHeldNotices(client, of)
      return send(client, context, of, content as AlertContent)
    case 'close':
    case 'withdraw':
      await changeAlertState(client, of, { state: action.do === 'close' ? action.state : 'withdrawn', ended_on: action.ended_on, now })
      // that it began, or got worse, is nothing to be told any more
      await dropHeldNotices(client, of)
      return content && tell(client, context, of, content)
    case 'tell_end':
      await releaseNotice(client, of, { content: content as AlertContent, of: action.of, noticed_on: action.of, now })
      return send(client, context, of, content as AlertContent)
  }
}

type Of = { communityId: string; alert_id: string }

const tell = async (client: ClientBase, context: TellContext, of: Of, content: AlertContent): Promise<Telling> => {
  const { isSnoozed, parts } = context
  const sent = isSnoozed ? 'held' : 'nobody'
  await addNotice(client, of, { content, noticed_on: content.on, sent, now: parts.now })
  return isSnoozed ? { alert_id: of.alert_id, content, sent: 'held', count: 0 } : send(client, context, of, content)
}

const send = async (client: ClientBase, context: TellContext, of: Of, content: AlertContent): Promise<Telling> => {
  const { community, rule, parts } = context
  const { addMails = addAlertMails, addHooks = addAlertHooks, ...rest } = parts
  const told = { alert_id: of.alert_id, content, audience: rule.audience }
  const count = (await addMails(client, community, told, rest)) + (await addHooks(client, community, told, rest))
  await countNotice(client, of, { notice: content.notice, noticed_on: content.on, count })
  return { alert_id: of.alert_id, content, sent: 'told', count }
}
